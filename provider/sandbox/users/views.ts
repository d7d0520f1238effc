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
  const calendar = state.version === "8.6.1" && { calendar: {} };
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
    settings: { profile: {}, ...calendar, ...user.settings, preferences: preferencesOf(state, user) },
    ...(verified && { email: verified.address }),
    avatarUrl: `${siteUrl}/avatar/${user.username}`,
    isOAuthUser: false,
  };
}

const PUBLIC = [
  ..."_id name username nickname status statusText utcOffset type active bio reason avatarETag".split(" "),
  "freeSwitchExtension",
] as (keyof UserDoc)[];
const FULL = "emails roles createdAt lastLogin requirePasswordChange requirePasswordChangeReason customFields".split(
  " ",
) as (keyof UserDoc)[];

/** users.info. @param full the reader may see everything; @param own the reader is this user. */
export function infoView(state: State, user: UserDoc, full: boolean, own: boolean): object {
  const { email2fa, password, loginTokens } = user.services;
  const logins = loginTokens.map(({ when, createdAt, hashedToken }) => ({ when: when ?? createdAt, hashedToken }));
  const services = {
    ...(password && { password: true }),
    ...(email2fa && { email2fa }),
    ...(state.version === "7.7.1" && { resume: { loginTokens: logins } }),
  };
  return {
    ...pick(user, PUBLIC),
    ...(full && pick(user, FULL)),
    ...(own && { services }),
    canViewAllInfo: full,
  };
}

const ROW = "_id name username status active avatarETag type freeSwitchExtension".split(" ") as (keyof UserDoc)[];
const FULL_ROW = ["emails", "roles", "lastLogin"] as (keyof UserDoc)[];

/** A row of users.list. */
export const rowView = (user: UserDoc, full: boolean): object => ({
  ...pick(user, ROW),
  ...(full && pick(user, FULL_ROW)),
});

/** The stored document without its secrets: what users.create and users.update answer. */
export function storedView(user: UserDoc): object {
  const { services: _, ...rest } = user;
  return { ...rest, settings: rest.settings ?? {} };
}
