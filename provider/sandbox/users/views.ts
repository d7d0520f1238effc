/** What of a user's document goes into which answer. Knows no route. */

import type { State, UserDoc } from "../core/state.ts";
import { builtInSettings } from "../data/catalogue.ts";
import { settingValue } from "../settings/read.ts";

const PREFERENCE = "Accounts_Default_User_Preferences_";

/** The server's defaults, overlaid with what the user set. */
export function preferencesOf(state: State, user: UserDoc): Record<string, unknown> {
  const preferences: Record<string, unknown> = {};
  for (const id of Object.keys(builtInSettings(state.version)))
    if (id.startsWith(PREFERENCE)) preferences[id.slice(PREFERENCE.length)] = settingValue(state, id);
  return { ...preferences, ...user.settings?.preferences };
}

/** Members that are present, in one object. */
export function pick<T extends object, K extends keyof T>(source: T, keys: readonly K[]): Partial<Pick<T, K>> {
  const picked: Partial<Pick<T, K>> = {};
  for (const key of keys) if (source[key] !== undefined) picked[key] = source[key];
  return picked;
}

/** GET me: the caller itself, preferences filled in. */
export function selfView(state: State, user: UserDoc, siteUrl: string): object {
  const { email2fa, password } = user.services;
  const verified = user.emails?.find((email) => email.verified);
  return {
    ...pick(user, [
      ..."_id username name emails active roles status statusDefault statusText utcOffset bio nickname".split(" "),
      ..."avatarOrigin avatarETag requirePasswordChange customFields language _updatedAt".split(" "),
    ] as (keyof UserDoc)[]),
    services: {
      ...(email2fa && { email2fa: { enabled: email2fa.enabled } }),
      password: { exists: password !== undefined },
    },
    settings: { profile: {}, ...user.settings, preferences: preferencesOf(state, user) },
    ...(verified && { email: verified.address }),
    avatarUrl: `${siteUrl}/avatar/${user.username}`,
    isOAuthUser: false,
  };
}

/** The stored document without its secrets: what users.create and users.update answer. */
export function storedView(user: UserDoc): object {
  const { services: _, ...rest } = user;
  return { ...rest, settings: rest.settings ?? {} };
}
