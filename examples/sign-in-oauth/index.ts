/**
 * Sign-in with accounts of GitHub, and of a GitLab of one's own.
 * Once: `pulumi config set --secret githubSecret …` and `pulumi config set --secret gitlabSecret …`
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

/** To be registered with each service as the redirect URI. */
export const redirectUris = [github, gitlab].map(({ callbackPath }) => `https://chat.example.com/${callbackPath}`);
