/** The component that programs use for sign-in with the accounts of another service. Its settings are in oauth-args.ts. */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Failure } from "../../engine/check.ts";
import type { Args } from "../../kinds/base/resource.ts";
import { CustomOAuthService, type CustomOAuthServiceArgs } from "../../kinds/custom-oauth-service/resource.ts";
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
  /** Whose accounts people sign in with. "custom": those of any other OAuth 2 or OpenID Connect provider, see `custom`. */
  service: BuiltInService | "custom";
  /** With `service: "custom"`: the other arguments of CustomOAuthService, its name and paths among them. */
  custom?: Omit<
    CustomOAuthServiceArgs,
    "enabled" | "url" | "clientId" | "clientSecret" | "mergeUsers" | "onDestroy" | "adopt"
  >;
}

const CUSTOM = "custom";
const SERVICES = [...(Object.keys(BUILT_IN) as BuiltInService[]), CUSTOM] as const;

const schema = z.strictObject({
  ...oauthInputs.shape,
  service: z.enum(SERVICES),
  // Checked by the child, which knows its fields.
  custom: z.record(z.string(), z.unknown()).optional(),
  enabled: z.boolean().optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
  onDestroy: z.enum(settingSchema.destroy).optional(),
} satisfies Record<keyof OAuthSignInArgs, z.ZodType>);

function checkCustom(args: OAuthSignInArgs): Failure[] {
  const { failures } = checkMethod(schema, args, { prefixes: [""], own: new Map() });
  if (args.custom === undefined) failures.push(say("custom", "is required: the name and the paths of the service"));
  for (const argument of ["settings", "identityPath"] as const) {
    if (args[argument] !== undefined) failures.push(say(argument, "stands in `custom` for a service of one's own"));
  }
  if (args.onDestroy === "default") {
    failures.push(say("onDestroy", 'such a service has no factory defaults; allowed: "restore", "retain"'));
  }
  return failures;
}

/** What is wrong with the arguments, as far as they are known. */
export function checkOAuth(args: OAuthSignInArgs): Failure[] {
  const { service } = args;
  // What depends on the service can't be judged when there is no such service.
  if (!SERVICES.includes(service)) return checkMethod(schema, args, { prefixes: [""], own: new Map() }).failures;
  if (service === CUSTOM) return checkCustom(args);
  const { switchId } = BUILT_IN[service];
  const ids = oauthSettings(service);
  const own = new Map([...Object.entries(ids).map(([argument, id]) => [id, argument] as const), [switchId, "enabled"]]);
  const { known, failures } = checkMethod(schema, args, { prefixes: [`${switchId}_`], own });
  for (const argument of Object.keys(oauthInputs.shape) as (keyof OAuthInputs)[]) {
    if (known[argument] !== undefined && ids[argument] === undefined) {
      failures.push(say(argument, `Rocket.Chat has no such setting for "${service}"`));
    }
  }
  if (args.custom !== undefined) failures.push(say("custom", `goes with \`service: "${CUSTOM}"\` only`));
  for (const argument of requiredBy(service)) {
    if (known[argument] === undefined) failures.push(say(argument, `is required for "${service}"`));
  }
  return failures;
}

const piecesOf = (service: BuiltInService, args: OAuthSignInArgs): Piece[] =>
  Object.entries(oauthSettings(service)).map(([argument, settingId]) => ({
    argument,
    settingId,
    value: args[argument as keyof OAuthInputs],
    secret: argument === "clientSecret",
  }));

/**
 * Sign-in with the accounts of Google, GitHub, GitHub Enterprise or GitLab: one Setting per argument, and the service is switched on when
 * all of them are written. With `service: "custom"` those of any other provider, as one CustomOAuthService.
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
 * export const redirectUri = pulumi.interpolate`https://chat.example.com/${gitlab.callbackPath}`;
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
  readonly callbackPath: pulumi.Output<string>;

  constructor(name: string, args: OAuthSignInArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super(`rocketchat:components:${KIND}`, name, {}, opts);
    const failures = checkOAuth(args);
    if (failures.length > 0) {
      this.enabled = refuse(KIND, name, failures);
      this.callbackPath = this.enabled as pulumi.Output<never>;
      return;
    }
    const { service } = args;
    if (service === CUSTOM) {
      const child = this.custom(name, args);
      // An argument that is not declared is no output of the child.
      this.enabled = pulumi.all([args.enabled ?? true, child.urn]).apply(([enabled]) => enabled);
      this.callbackPath = child.name.apply((given) => `_oauth/${given.toLowerCase()}`);
    } else {
      this.enabled = declareMethod(this, name, piecesOf(service, args), BUILT_IN[service].switchId, args);
      this.callbackPath = pulumi.output(BUILT_IN[service].callbackPath);
    }
    this.registerOutputs({ enabled: this.enabled, callbackPath: this.callbackPath });
  }

  /** That kind keeps the order by itself. */
  private custom(name: string, args: OAuthSignInArgs): CustomOAuthService {
    const { enabled, url, clientId, clientSecret, mergeUsers, onDestroy, custom } = args;
    const given = { enabled, url, clientId, clientSecret, mergeUsers, onDestroy, ...custom };
    const declared = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    return new CustomOAuthService(`${name}-service`, declared as unknown as CustomOAuthServiceArgs, { parent: this });
  }
}
