/** The class CustomOAuthService, for programs. What it does is in handler.ts. */
import type * as pulumi from "@pulumi/pulumi";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { customOAuthServiceHandler } from "./handler.ts";
import type { CustomOAuthServiceInputs } from "./schema.ts";

type Inputs = CustomOAuthServiceInputs;

export interface CustomOAuthServiceArgs extends Args<Inputs>, CommonArgs<"restore" | "delete" | "retain"> {}

/**
 * A sign-in service of the workspace's own: an OAuth 2 or OpenID Connect provider whose people sign in to Rocket.Chat. One resource for the
 * service and all its settings (`Accounts_OAuth_Custom-<Name>` and what begins so); do not declare those as `Setting` as well.
 *
 * @example The smallest one
 * ```ts
 * new rocketchat.CustomOAuthService("idp", {
 *   name: "idp",
 *   url: "https://id.example.com",
 *   clientId: "rocketchat",
 *   clientSecret: config.requireSecret("idpSecret"),
 * });
 * ```
 *
 * @example Keycloak, with roles and merged accounts
 * ```ts
 * const keycloak = new rocketchat.CustomOAuthService("keycloak", {
 *   name: "keycloak",
 *   url: "https://id.example.com/realms/acme/protocol/openid-connect",
 *   tokenPath: "/token",
 *   identityPath: "/userinfo",
 *   authorizePath: "/auth",
 *   scope: "openid profile email",
 *   clientId: "rocketchat",
 *   clientSecret: config.requireSecret("keycloakSecret"),
 *   usernameField: "preferred_username",
 *   emailField: "email",
 *   nameField: "name",
 *   mergeUsers: true,
 *   mergeRoles: true,
 *   rolesToSync: "admin,moderator",
 *   buttonLabelText: "Sign in with Acme",
 * });
 * export const redirectUri = keycloak.callbackUrl;
 * ```
 *
 * Permissions: `add-oauth-service`, `view-privileged-setting`, `edit-privileged-setting`. The server asks for a second factor: connect with a password
 * beside the token, or with a token that bypasses it. From Rocket.Chat 9.0 on the server wants a licence for it.
 *
 * Everything is written before the service is switched on, so that a half-made one is never live. When it is removed from the program, the settings go
 * back to what they were before, which for a new service is off. `onDestroy: "delete"` removes the service where the server can; where it can't
 * (8.6 and older), it is switched off and its settings are emptied.
 */
export class CustomOAuthService extends RocketChatResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly enabled: pulumi.Output<boolean | undefined>;
  declare readonly url: pulumi.Output<string | undefined>;
  declare readonly tokenPath: pulumi.Output<string | undefined>;
  declare readonly tokenSentVia: pulumi.Output<Inputs["tokenSentVia"]>;
  declare readonly identityPath: pulumi.Output<string | undefined>;
  declare readonly identityTokenSentVia: pulumi.Output<Inputs["identityTokenSentVia"]>;
  declare readonly authorizePath: pulumi.Output<string | undefined>;
  declare readonly scope: pulumi.Output<string | undefined>;
  declare readonly accessTokenParam: pulumi.Output<string | undefined>;
  declare readonly clientId: pulumi.Output<string | undefined>;
  /** Secret. */
  declare readonly clientSecret: pulumi.Output<string | undefined>;
  declare readonly loginStyle: pulumi.Output<Inputs["loginStyle"]>;
  declare readonly keyField: pulumi.Output<Inputs["keyField"]>;
  declare readonly usernameField: pulumi.Output<string | undefined>;
  declare readonly emailField: pulumi.Output<string | undefined>;
  declare readonly nameField: pulumi.Output<string | undefined>;
  declare readonly avatarField: pulumi.Output<string | undefined>;
  declare readonly rolesClaim: pulumi.Output<string | undefined>;
  declare readonly groupsClaim: pulumi.Output<string | undefined>;
  declare readonly rolesToSync: pulumi.Output<string | undefined>;
  declare readonly mergeUsers: pulumi.Output<boolean | undefined>;
  declare readonly mergeUsersDistinctServices: pulumi.Output<boolean | undefined>;
  declare readonly mergeRoles: pulumi.Output<boolean | undefined>;
  declare readonly mapChannels: pulumi.Output<boolean | undefined>;
  declare readonly groupsChannelMap: pulumi.Output<Inputs["groupsChannelMap"]>;
  declare readonly channelsAdmin: pulumi.Output<string | undefined>;
  declare readonly showButton: pulumi.Output<boolean | undefined>;
  declare readonly buttonLabelText: pulumi.Output<string | undefined>;
  declare readonly buttonLabelColor: pulumi.Output<string | undefined>;
  declare readonly buttonColor: pulumi.Output<string | undefined>;
  /** Address to be registered with the identity provider as the redirect URI. */
  declare readonly callbackUrl: pulumi.Output<string>;
  /** What the settings held before. Secret. */
  declare readonly previousValues: pulumi.Output<Record<string, unknown>>;

  constructor(name: string, args: CustomOAuthServiceArgs, opts?: pulumi.CustomResourceOptions) {
    super(customOAuthServiceHandler, name, args, opts);
  }

  /** An existing service by its name in lower case, to read from. It is not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): CustomOAuthService {
    return new CustomOAuthService(name, {} as CustomOAuthServiceArgs, { ...opts, id });
  }
}
