/** An explicit connection, for programs that manage several servers or keep credentials out of the stack's configuration. */
import * as pulumi from "@pulumi/pulumi";
import { NAMES } from "../../engine/connection.ts";
import { noSuchArgument } from "../../engine/issue.ts";
import { reportInvalid } from "../base/invalid.ts";

/** Like the stack's `rocketchat:*` configuration; what is left out comes from the environment, never from that configuration. */
export interface ProviderArgs {
  /** Address of the workspace's root, `https://chat.example.com`; a path prefix is kept. */
  url?: pulumi.Input<string>;
  /** User id that `authToken` belongs to. */
  userId?: pulumi.Input<string>;
  /** Personal access token or log-in token. Secret. */
  authToken?: pulumi.Input<string>;
  /** Log-in name, with `password` instead of a token. */
  username?: pulumi.Input<string>;
  /** Password; also answers the server's second-factor challenge. Secret. */
  password?: pulumi.Input<string>;
  /** Base32 secret of the account's TOTP second factor. Secret. */
  totpSecret?: pulumi.Input<string>;
  /** Allow plain http to a host that is not this machine. Default false. */
  insecure?: pulumi.Input<boolean>;
  /** Milliseconds that one call may take. Default 30,000. */
  requestTimeoutMs?: pulumi.Input<number>;
  /**
   * Milliseconds that a server which is still starting is waited for before the first call. With it, a refresh while the server
   * does not answer leaves the resources as they are, with a warning. Default 0: not waited, and not answering is an error.
   */
  startTimeoutMs?: pulumi.Input<number>;
  /** For all resources that do not say it themselves. Default "default": each kind's own way. */
  onDestroy?: pulumi.Input<"default" | "delete" | "retain">;
}

const SECRET: ReadonlySet<string> = new Set(["authToken", "password", "totpSecret"]);
const KNOWN = Object.keys(NAMES);

const settings = new WeakMap<pulumi.ProviderResource, pulumi.Output<Record<string, string | undefined>>>();

/** What a Provider was given, by the keys of the stack's configuration. Undefined for a provider of another make. */
export const settingsOf = (
  provider: pulumi.ProviderResource,
): pulumi.Output<Record<string, string | undefined>> | undefined => settings.get(provider);

/**
 * A connection to one workspace, given to resources as `provider`: for programs that manage several servers, or keep
 * credentials out of the stack's configuration.
 *
 * @example Two servers in one program
 * ```ts
 * const staging = new rocketchat.Provider("staging", { url: "https://staging.example.com", userId, authToken });
 * new rocketchat.Channel("general-info", { name: "general-info" }, { provider: staging });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    const props: pulumi.Inputs = {};
    for (const [key, value] of Object.entries(args)) {
      if (!KNOWN.includes(key)) {
        props.invalid = reportInvalid("Provider", name, [noSuchArgument(key, key, KNOWN)]);
        continue;
      }
      if (value === undefined) continue;
      // Provider configuration travels as text.
      const text = pulumi.output(value).apply((inner) => (inner === undefined ? undefined : String(inner)));
      props[`rocketchat:${key}`] = SECRET.has(key) ? pulumi.secret(text) : text;
    }
    // Dynamic resources belong to this package; an instance of its own starts a process with its own configuration.
    super("pulumi-nodejs", name, props, opts);
    settings.set(this, pulumi.output(props));
  }
}
