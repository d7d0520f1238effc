/** Brings an account into the declared form, with one call per aspect that differs. Knows neither Pulumi nor the program. */
import { isDeepStrictEqual } from "node:util";
import { ADMIN_ROLE } from "../../client/api/roles.ts";
import * as api from "../../client/api/users.ts";
import { sameField } from "../../engine/compare.ts";
import type { Change, Context } from "../../engine/handler.ts";
import { OwnershipError, ValidationError } from "../../errors.ts";
import { refuseOwnAccount } from "../base/account.ts";
import { explainLastOwner, explainTaken } from "./guard.ts";
import { type UserInputs, userInputs } from "./schema.ts";

/** The server compares addresses regardless of case. */
export const sameEmail = (a: string | undefined, b: string | undefined): boolean =>
  a?.toLowerCase() === b?.toLowerCase();

/** The own fields that are declared, as they are now; all of them when none is. A field that was never set counts as "". */
export function managedFields(user: api.ApiUser, declared: UserInputs["customFields"]): Record<string, unknown> {
  const own = user.customFields ?? {};
  if (declared === undefined) return own;
  const value = (key: string) => own[key] ?? (declared[key] === "" ? "" : undefined);
  return Object.fromEntries(
    Object.keys(declared)
      .map((key) => [key, value(key)] as const)
      .filter(([, current]) => current !== undefined),
  );
}

/** True when the write-only field is to be sent: always on taking over, on a change of the program else, never after creation. */
function isDue(change: Change, key: keyof UserInputs, inputs: UserInputs): boolean {
  if (inputs[key] === undefined || change.reason === "created") return false;
  return change.reason !== "updated" || !isDeepStrictEqual(change.previous[key], inputs[key]);
}

const passwordIsDue = (change: Change, inputs: UserInputs): boolean =>
  isDue(
    change,
    change.reason === "updated" && inputs.passwordVersion !== undefined ? "passwordVersion" : "password",
    inputs,
  );

/** What `users.update` has to be told; empty when nothing differs. */
function difference(live: api.ApiUser, inputs: UserInputs, change: Change): api.UserChange {
  const data: { -readonly [K in keyof api.UserChange]: api.UserChange[K] } = {};
  if (inputs.username !== live.username) data.username = inputs.username;
  if (inputs.name !== live.name) data.name = inputs.name;
  const [email] = live.emails ?? [];
  if (!sameEmail(inputs.email, email?.address)) data.email = inputs.email;
  const staysVerified = data.email === undefined && email?.verified === true;
  if (inputs.verified !== undefined && inputs.verified !== staysVerified) data.verified = inputs.verified;
  if (inputs.roles !== undefined && !sameField(userInputs.shape.roles, inputs.roles, live.roles ?? []))
    data.roles = inputs.roles;
  for (const key of ["bio", "nickname", "statusText"] as const) {
    if (inputs[key] !== undefined && inputs[key] !== (live[key] ?? "")) data[key] = inputs[key];
  }
  const { customFields } = inputs;
  if (customFields !== undefined && !isDeepStrictEqual(managedFields(live, customFields), customFields)) {
    // The server takes what is sent for the whole.
    data.customFields = { ...live.customFields, ...customFields };
  }
  if (inputs.password !== undefined && passwordIsDue(change, inputs)) data.password = inputs.password;
  if (change.reason === "updated" && inputs.setRandomPassword === true && change.previous.setRandomPassword !== true) {
    data.setRandomPassword = true;
  }
  const wantsChange = isDue(change, "requirePasswordChange", inputs) || (data.password && inputs.requirePasswordChange);
  if (wantsChange && inputs.requirePasswordChange !== (live.requirePasswordChange ?? false)) {
    data.requirePasswordChange = inputs.requirePasswordChange;
  }
  if (Object.keys(data).length > 0) {
    // Rocket.Chat 6.x-8.x: users.update erases both when they are left out.
    if (live.bio) data.bio ??= live.bio;
    if (live.nickname) data.nickname ??= live.nickname;
  }
  return data;
}

/** Members of `preferences` to send: all on making or taking over, else those that changed in the program. */
function duePreferences(inputs: UserInputs, change: Change): Record<string, unknown> {
  const before = (change.reason === "updated" ? change.previous.preferences : undefined) as UserInputs["preferences"];
  return Object.fromEntries(
    Object.entries(inputs.preferences ?? {}).filter(([key, value]) => !isDeepStrictEqual(before?.[key], value)),
  );
}

/** Throws when the server did not keep a declared own field: it drops those that its settings do not define, silently. */
function requireKept(user: api.ApiUser, inputs: UserInputs, what: string): void {
  const kept = managedFields(user, inputs.customFields);
  const lost = Object.keys(inputs.customFields ?? {}).filter((key) => !(key in kept));
  if (lost.length === 0) return;
  throw new ValidationError(
    `${what}: the server did not keep ${lost.map((key) => `customFields.${key}`).join(", ")}.`,
    { operation: "users.update", request: "POST /api/v1/users.update" },
    { hint: "Define the field in the setting Accounts_CustomFields (a JSON text), or leave it out." },
  );
}

async function refuseLockOut(ctx: Context, live: api.ApiUser, inputs: UserInputs, what: string): Promise<void> {
  if (inputs.active === false && live.active !== false) await refuseOwnAccount(ctx, live._id, what, "deactivated");
  if (inputs.roles && live.roles?.includes(ADMIN_ROLE) && !inputs.roles.includes(ADMIN_ROLE)) {
    await refuseOwnAccount(ctx, live._id, what, "stripped of the role admin");
  }
}

/** Returns the account as it then is. */
export async function updateUser(
  ctx: Context,
  live: api.ApiUser,
  inputs: UserInputs,
  change: Change,
): Promise<api.ApiUser> {
  const what = `user "${inputs.username}"`;
  const { client } = ctx;
  if (inputs.password !== undefined) client.hide(inputs.password);
  await refuseLockOut(ctx, live, inputs, what);
  if (live.type !== undefined && live.type !== "user") {
    throw new OwnershipError(`${what} belongs to the server or to an app (type "${live.type}"); it can't be managed.`);
  }
  ctx.lists.forget("users.list");
  let user = live;

  const wanted = inputs.active ?? (change.reason === "revived" ? true : undefined);
  if (wanted === true && user.active === false) {
    await api.setActiveStatus(client, user._id, true, false);
    user = { ...user, active: true };
  }
  const data = difference(user, inputs, change);
  if (Object.keys(data).length > 0) {
    user = await api.updateUser(client, user._id, data).catch((error) => explainTaken(error, inputs, what));
    if (data.customFields !== undefined) requireKept(user, inputs, what);
  }
  const preferences = duePreferences(inputs, change);
  if (Object.keys(preferences).length > 0) await api.setPreferences(client, user._id, preferences);
  if (isDue(change, "avatarUrl", inputs) || (change.reason === "created" && inputs.avatarUrl)) {
    await (inputs.avatarUrl ? api.setAvatar(client, user._id, inputs.avatarUrl) : api.resetAvatar(client, user._id));
  }
  if (wanted === false && user.active !== false) {
    await api
      .setActiveStatus(client, user._id, false, inputs.confirmRelinquish ?? false)
      .catch((error) => explainLastOwner(error, what, "deactivated"));
    user = { ...user, active: false };
  }
  return user;
}
