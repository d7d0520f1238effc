/** The class OAuthApp, for programs. What it does is in handler.ts. */
import type * as pulumi from "@pulumi/pulumi";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { oauthAppHandler } from "./handler.ts";
import type { OAuthAppInputs } from "./schema.ts";

export interface OAuthAppArgs extends Args<OAuthAppInputs>, CommonArgs<"delete" | "retain"> {}

/**
 * Another service that lets people sign in with their Rocket.Chat accounts. Found again by name.
 *
 * @example The smallest one
 * ```ts
 * new rocketchat.OAuthApp("wiki", { name: "Wiki", redirectUri: ["https://wiki.example.com/oauth/callback"] });
 * ```
 *
 * @example Its credentials handed to the service
 * ```ts
 * const grafana = new rocketchat.OAuthApp("grafana", {
 *   name: "Grafana",
 *   redirectUri: ["https://grafana.example.com/login/generic_oauth", "http://localhost:3000/login/generic_oauth"],
 * });
 * new kubernetes.core.v1.Secret("grafana-oauth", {
 *   stringData: { clientId: grafana.clientId, clientSecret: grafana.clientSecret },
 * });
 * ```
 *
 * Permissions: `manage-oauth-apps`.
 *
 * When it is removed from the program, the app is deleted: nobody can sign in through it any more, and a new one has other credentials.
 */
export class OAuthApp extends RocketChatResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly redirectUri: pulumi.Output<string[]>;
  declare readonly active: pulumi.Output<boolean | undefined>;
  /** The OAuth client id. */
  declare readonly clientId: pulumi.Output<string>;
  /** The OAuth client secret. Secret. */
  declare readonly clientSecret: pulumi.Output<string>;

  constructor(name: string, args: OAuthAppArgs, opts?: pulumi.CustomResourceOptions) {
    super(oauthAppHandler, name, args, opts);
  }

  /** An existing app by id, to read from. It is not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): OAuthApp {
    return new OAuthApp(name, {} as OAuthAppArgs, { ...opts, id });
  }
}
