/** What can be said of sign-in with the accounts of another service, and the settings behind it. Knows no resources. */
import { z } from "zod";
import { field } from "../../engine/schema.ts";

const flag = z.boolean().optional();
const httpUrl = z.url({ protocol: /^https?$/ });

export const oauthInputs = z.strictObject({
  /** The client id that the service gave for this workspace. */
  clientId: z.string().min(1),
  /** The client secret that goes with it. */
  clientSecret: field(z.string().min(1), { secret: true }),
  /** Address of the server, for "gitlab" (default: the server's, gitlab.com) and "githubEnterprise" (required). */
  url: httpUrl.optional(),
  /** "gitlab" only: where a person's profile is read. Default: the server's, "/api/v4/user". */
  identityPath: z.string().regex(/^\//, "must be a path that begins with /").optional(),
  /** "gitlab" only: takes over existing accounts with the same e-mail address. Default: the server's, false. */
  mergeUsers: flag,
});

export type OAuthInputs = z.infer<typeof oauthInputs>;

/** A service that Rocket.Chat knows by itself. */
interface BuiltIn {
  /** The switch; other settings begin with it. */
  readonly switchId: string;
  /** Below the workspace's address. */
  readonly callbackPath: string;
  /** Ids of the arguments that not every service has. */
  readonly more: Readonly<Partial<Record<keyof OAuthInputs, string>>>;
  readonly required?: readonly (keyof OAuthInputs)[];
}

export const BUILT_IN = {
  google: { switchId: "Accounts_OAuth_Google", callbackPath: "_oauth/google", more: {} },
  github: { switchId: "Accounts_OAuth_Github", callbackPath: "_oauth/github", more: {} },
  githubEnterprise: {
    switchId: "Accounts_OAuth_GitHub_Enterprise",
    callbackPath: "_oauth/github_enterprise",
    more: { url: "API_GitHub_Enterprise_URL" },
    required: ["url"],
  },
  gitlab: {
    switchId: "Accounts_OAuth_Gitlab",
    callbackPath: "_oauth/gitlab",
    more: {
      url: "API_Gitlab_URL",
      identityPath: "Accounts_OAuth_Gitlab_identity_path",
      mergeUsers: "Accounts_OAuth_Gitlab_merge_users",
    },
  },
} as const satisfies Readonly<Record<string, BuiltIn>>;

export type BuiltInService = keyof typeof BUILT_IN;

/** By argument, those that the service has. */
export function oauthSettings(service: BuiltInService): Readonly<Partial<Record<keyof OAuthInputs, string>>> {
  const { switchId, more } = BUILT_IN[service];
  return { clientId: `${switchId}_id`, clientSecret: `${switchId}_secret`, ...more };
}

export const requiredBy = (service: BuiltInService): readonly (keyof OAuthInputs)[] => {
  const found: BuiltIn = BUILT_IN[service];
  return found.required ?? [];
};
