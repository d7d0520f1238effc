/**
 * Sign-in with accounts of GitHub, of a GitLab of one's own, and of any other provider.
 * Once: `pulumi config set --secret githubSecret …`, and the same for gitlabSecret and oauthSecret.
 */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

const config = new pulumi.Config();

const github = new rocketchat.OAuthSignIn("github", {
  service: "github",
  clientId: "Iv1.0123456789abcdef",
  clientSecret: config.requireSecret("githubSecret"),
});

const gitlab = new rocketchat.OAuthSignIn("gitlab", {
  service: "gitlab",
  url: "https://gitlab.example.com",
  clientId: "rocketchat",
  clientSecret: config.requireSecret("gitlabSecret"),
  mergeUsers: true,
});

const keycloak = new rocketchat.OAuthSignIn("keycloak", {
  service: "custom",
  url: "https://id.example.com/realms/corp/protocol/openid-connect",
  clientId: "rocketchat",
  clientSecret: config.requireSecret("oauthSecret"),
  custom: {
    name: "keycloak",
    tokenPath: "/token",
    identityPath: "/userinfo",
    authorizePath: "/auth",
    usernameField: "preferred_username",
    emailField: "email",
  },
});

/** To be registered with each service as the redirect URI. */
export const redirectUris = [github, gitlab, keycloak].map(
  ({ callbackPath }) => pulumi.interpolate`https://chat.example.com/${callbackPath}`,
);
