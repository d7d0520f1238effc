/**
 * People sign in with their accounts at an OpenID Connect provider.
 * Once: `pulumi config set --secret oauthSecret …`
 */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

const config = new pulumi.Config();

const keycloak = new rocketchat.CustomOAuthService("keycloak", {
  name: "keycloak",
  url: "https://id.example.com/realms/acme/protocol/openid-connect",
  tokenPath: "/token",
  identityPath: "/userinfo",
  authorizePath: "/auth",
  scope: "openid profile email",
  clientId: "rocketchat",
  clientSecret: config.requireSecret("oauthSecret"),
  usernameField: "preferred_username",
  emailField: "email",
  nameField: "name",
  mergeUsers: true,
  groupsClaim: "groups",
  mapChannels: true,
  groupsChannelMap: { engineering: ["builds", "incidents"], staff: "general" },
  buttonLabelText: "Sign in with Acme",
});

/** To be registered with the identity provider. */
export const redirectUri = keycloak.callbackUrl;
