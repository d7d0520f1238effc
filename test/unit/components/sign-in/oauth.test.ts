/** Every argument reaches the setting that recorded servers have for it; the service goes on last. */
import { describe, expect, it } from "vitest";
import { checkOAuth, OAuthSignIn, type OAuthSignInArgs } from "../../../../provider/components/sign-in/oauth.ts";
import { BUILT_IN } from "../../../../provider/components/sign-in/oauth-args.ts";
import { builtInSettings } from "../../../../provider/sandbox/data/catalogue.ts";
import { declare } from "../../../support/mocks.ts";
import { settingsOf, strangers } from "./declared.ts";

const credentials = { clientId: "id", clientSecret: "hunter2" };

describe("OAuthSignIn", () => {
  it.each<[OAuthSignInArgs, string, string[]]>([
    [{ service: "google", ...credentials }, "Accounts_OAuth_Google", []],
    [{ service: "github", ...credentials }, "Accounts_OAuth_Github", []],
    [
      { service: "githubEnterprise", ...credentials, url: "https://github.example.com" },
      "Accounts_OAuth_GitHub_Enterprise",
      ["API_GitHub_Enterprise_URL"],
    ],
    [
      {
        service: "gitlab",
        ...credentials,
        url: "https://gitlab.example.com",
        identityPath: "/api/v4/user",
        mergeUsers: true,
      },
      "Accounts_OAuth_Gitlab",
      ["API_Gitlab_URL", "Accounts_OAuth_Gitlab_identity_path", "Accounts_OAuth_Gitlab_merge_users"],
    ],
  ])("%o", async (args, switchId, more) => {
    const settings = await settingsOf(() => new OAuthSignIn("it", args));
    expect([...settings.keys()].sort()).toEqual([switchId, `${switchId}_id`, `${switchId}_secret`, ...more].sort());
    expect(strangers(settings, "7.7.1")).toEqual([]);
    expect(strangers(settings, "8.6.1")).toEqual([]);
    expect([...settings].filter(([, { isSecret }]) => isSecret).map(([id]) => id)).toEqual([`${switchId}_secret`]);
    expect(settings.get(switchId)).toMatchObject({ value: true });
    expect(settings.get(switchId)?.dependencies).toHaveLength(settings.size - 1);
    const { callbackPath } = BUILT_IN[args.service as keyof typeof BUILT_IN];
    expect(callbackPath).toBe(builtInSettings("8.6.1")[`${switchId}_callback_url`]?.value);
  });

  it.each<[string, object, string[]]>([
    [
      "an unknown service",
      { service: "facebook" },
      ['service: must be one of "google", "github", "githubEnterprise", "gitlab", "custom", but is "facebook"'],
    ],
    [
      "no credentials",
      { clientId: "", clientSecret: undefined },
      ["clientId: must not be empty", "clientSecret: is required and must be a string"],
    ],
    [
      "an argument of another service",
      { mergeUsers: true },
      ['mergeUsers: Rocket.Chat has no such setting for "google"'],
    ],
    ["no address", { service: "githubEnterprise" }, ['url: is required for "githubEnterprise"']],
    ["a bad address", { service: "gitlab", url: "gitlab" }, ['url: must be a valid url, but is "gitlab"']],
    [
      "a setting of another service",
      { settings: { Accounts_OAuth_Github_id: "x" } },
      [
        "settings.Accounts_OAuth_Github_id: belongs to another method; allowed: ids that begin with Accounts_OAuth_Google_",
      ],
    ],
  ])("refuses %s", (_what, change, expected) => {
    const args = { service: "google", ...credentials, ...change } as OAuthSignInArgs;
    expect(checkOAuth(args).map(({ reason }) => reason)).toEqual(expected);
  });

  it("hands any other provider to one CustomOAuthService", async () => {
    const { resources, outputs } = await declare(() => {
      const custom = { name: "Keycloak", tokenPath: "/token" };
      const { callbackPath } = new OAuthSignIn("it", {
        service: "custom",
        ...credentials,
        url: "https://id.example.com",
        custom,
      });
      return { callbackPath };
    });
    expect(outputs).toEqual({ callbackPath: "_oauth/keycloak" });
    expect(resources.get("it-service")).toMatchObject({
      type: "pulumi-nodejs:dynamic/rocketchat:CustomOAuthService",
      parent: "it",
      inputs: { name: "Keycloak", tokenPath: "/token", url: "https://id.example.com", ...credentials },
      secrets: ["clientSecret"],
    });
  });

  it.each([
    [{}, "custom: is required: the name and the paths of the service"],
    [
      { custom: { name: "x" }, onDestroy: "default" },
      'onDestroy: such a service has no factory defaults; allowed: "restore", "retain"',
    ],
  ])("refuses a custom one with %o", (change, expected) => {
    const args = { service: "custom", ...credentials, ...change } as OAuthSignInArgs;
    expect(checkOAuth(args).map(({ reason }) => reason)).toEqual([expected]);
  });
});
