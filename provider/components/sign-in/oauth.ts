/** The component that programs use for sign-in with the accounts of another service. Its settings are in oauth-args.ts. */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Failure } from "../../engine/check.ts";
import type { Args } from "../../kinds/base/resource.ts";
import { settingSchema } from "../../kinds/setting/schema.ts";
import { type CommonSignInArgs, checkMethod, declareMethod, type Piece, refuse, say } from "./method.ts";
import {
  BUILT_IN,
  type BuiltInService,
  type OAuthInputs,
  oauthInputs,
  oauthSettings,
  requiredBy,
} from "./oauth-args.ts";

const KIND = "OAuthSignIn";

export interface OAuthSignInArgs extends Args<OAuthInputs>, CommonSignInArgs {
  /** Whose accounts people sign in with. */
  service: BuiltInService;
}

const schema = z.strictObject({
  ...oauthInputs.shape,
  service: z.enum(Object.keys(BUILT_IN) as [BuiltInService, ...BuiltInService[]]),
  enabled: z.boolean().optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
  onDestroy: z.enum(settingSchema.destroy).optional(),
} satisfies Record<keyof OAuthSignInArgs, z.ZodType>);

/** What is wrong with the arguments, as far as they are known. */
export function checkOAuth(args: OAuthSignInArgs): Failure[] {
  const { service } = args;
  // What depends on the service can't be judged when there is no such service.
  if (!(service in BUILT_IN)) return checkMethod(schema, args, { prefixes: [""], own: new Map() }).failures;
  const { switchId } = BUILT_IN[service];
  const ids = oauthSettings(service);
  const own = new Map([...Object.entries(ids).map(([argument, id]) => [id, argument] as const), [switchId, "enabled"]]);
  const { known, failures } = checkMethod(schema, args, { prefixes: [`${switchId}_`], own });
  for (const argument of Object.keys(oauthInputs.shape) as (keyof OAuthInputs)[]) {
    if (known[argument] !== undefined && ids[argument] === undefined) {
      failures.push(say(argument, `Rocket.Chat has no such setting for "${service}"`));
    }
  }
  for (const argument of requiredBy(service)) {
    if (known[argument] === undefined) failures.push(say(argument, `is required for "${service}"`));
  }
  return failures;
}

const piecesOf = (args: OAuthSignInArgs): Piece[] =>
  Object.entries(oauthSettings(args.service)).map(([argument, settingId]) => ({
    argument,
    settingId,
    value: args[argument as keyof OAuthInputs],
    secret: argument === "clientSecret",
  }));

/**
 * Sign-in with the accounts of Google, GitHub, GitHub Enterprise or GitLab: one Setting per argument, and the service is switched on when
 * all of them are written. For every other service there is `CustomOAuthService`.
 *
 * @example Smallest
 * ```ts
 * new rocketchat.OAuthSignIn("google", {
 *   service: "google",
 *   clientId: config.require("googleId"),
 *   clientSecret: config.requireSecret("googleSecret"),
 * });
 * ```
 *
 * @example A GitLab of one's own
 * ```ts
 * const gitlab = new rocketchat.OAuthSignIn("gitlab", {
 *   service: "gitlab",
 *   url: "https://gitlab.example.com",
 *   clientId: config.require("gitlabId"),
 *   clientSecret: config.requireSecret("gitlabSecret"),
 *   mergeUsers: true,
 * });
 * export const redirectUri = `https://chat.example.com/${gitlab.callbackPath}`;
 * ```
 *
 * Needs the permissions of Setting.
 *
 * When it is removed from the program, the service is switched off first; then its settings become what they were before.
 */
export class OAuthSignIn extends pulumi.ComponentResource {
  /** Whether people can sign in with it. */
  readonly enabled: pulumi.Output<boolean>;
  /** Path below the workspace's address that the service sends people back to: register the whole address there. */
  readonly callbackPath: string;

  constructor(name: string, args: OAuthSignInArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super(`rocketchat:components:${KIND}`, name, {}, opts);
    const failures = checkOAuth(args);
    this.callbackPath = args.service in BUILT_IN ? BUILT_IN[args.service].callbackPath : "";
    if (failures.length > 0) {
      this.enabled = refuse(KIND, name, failures);
      return;
    }
    this.enabled = declareMethod(this, name, piecesOf(args), BUILT_IN[args.service].switchId, args);
    this.registerOutputs({ enabled: this.enabled, callbackPath: this.callbackPath });
  }
}
