/** Changing an account, as users.update does it. Knows no route. */
import { meteorError, refuse } from "../core/failure.ts";
import { hashPassword } from "../core/fresh.ts";
import { putUser } from "../core/lookups.ts";
import { hasPermission } from "../core/permissions.ts";
import type { Call } from "../core/route.ts";
import type { UserDoc } from "../core/state.ts";
import { setActive } from "./activate.ts";
import {
  type Account,
  checkAccount,
  checkEmail,
  checkEmailFree,
  checkName,
  notAllowed,
  usernameFree,
} from "./check.ts";
import { checkCustomFields, keptFields } from "./custom-fields.ts";
import { carryName } from "./rename.ts";
import { endLogins } from "./tokens.ts";

/** `data` of users.update, after its schema. */
export interface UserChange extends Account {
  bio?: string;
  nickname?: string;
  statusText?: string;
  active?: boolean;
  verified?: boolean;
  requirePasswordChange?: boolean;
  customFields?: Record<string, unknown>;
  freeSwitchExtension?: string;
}

/** Takes one change of address from the budget of release 7.7.1, which allows one a minute and account. */
export type EmailBudget = (userId: string) => { allowed: boolean; wait: number };

export function setEmail(call: Call, user: UserDoc, email: string, budget: EmailBudget): void {
  const { allowed, wait } = call.is8 ? { allowed: true, wait: 0 } : budget(user._id);
  if (!allowed) {
    const error = `Error, too many requests. Please slow down. You must wait ${wait} seconds before trying again. [error-too-many-requests]`;
    throw refuse({ status: 429, json: { success: false, error } });
  }
  judgeEmail(call, user, email);
  if (user.emails?.[0]?.address === email) return;
  user.emails = [{ address: email, verified: false }];
  putUser(call.state, user);
}

function judgeEmail(call: Call, user: UserDoc, email: string): void {
  checkEmail(email);
  checkEmailFree(call.state, user, email);
}

/** Bio and nickname go away whenever they are left out or blank. */
function setText(user: UserDoc, key: "bio" | "nickname", value: string | undefined): void {
  const text = value?.trim();
  if (text) user[key] = text;
  else delete user[key];
}

export function checkLengths(change: UserChange): void {
  const tooLong = (code: string, label: string, value: string | undefined, most: number) => {
    if ((value?.trim().length ?? 0) <= most) return;
    throw meteorError(code, `${label} size exceeds ${most} characters`, { method: "saveUserProfile" });
  };
  tooLong("error-bio-size-exceeded", "Bio", change.bio, 260);
  tooLong("error-nickname-size-exceeded", "Nickname", change.nickname, 120);
}

export function setIdentity(call: Call, user: UserDoc, change: UserChange): void {
  const username = change.username?.trim();
  if (username && username !== user.username && !usernameFree(call.state, user, username))
    throw meteorError("error-could-not-save-identity", "Could not save user identity", { method: "saveUser" });
  const before = user.username;
  const renamed = (username && username !== before) || (change.name !== undefined && change.name !== user.name);
  if (username) user.username = username;
  putUser(call.state, user);
  if (change.name !== undefined) user.name = change.name;
  if (renamed) carryName(call.state, user, before);
}

export function updateUser(
  call: Call,
  userId: string,
  change: UserChange,
  confirmed: boolean,
  budget: EmailBudget,
): UserDoc {
  const { state } = call;
  checkName(change.name);
  if (change.customFields) checkCustomFields(state, change.customFields);
  checkAccount(state, call.user, change, { _id: userId });
  const user = state.users[userId];
  if (!user) throw meteorError("error-user-not-found", "User not found", { method: "saveUser" });
  if (change.verified && user._id === call.user._id) throw notAllowed("Editing user is not allowed", "Editing_user");
  checkLengths(change);
  // 8.x changes all or nothing
  if (call.is8 && change.email) judgeEmail(call, user, change.email);
  setIdentity(call, user, change);
  if (change.email) setEmail(call, user, change.email, budget);
  setText(user, "bio", change.bio);
  setText(user, "nickname", change.nickname);
  if (change.statusText !== undefined) user.statusText = change.statusText.trim();
  if (change.roles) user.roles = change.roles;
  if (change.requirePasswordChange !== undefined) user.requirePasswordChange = change.requirePasswordChange;
  if (change.freeSwitchExtension !== undefined) user.freeSwitchExtension = change.freeSwitchExtension;
  if (change.verified !== undefined && user.emails?.[0]) user.emails[0].verified = change.verified;
  if (change.password?.trim() && hasPermission(state, call.user, "edit-other-user-password")) {
    user.services.password = hashPassword(change.password);
    endLogins(user);
  }
  if (change.customFields) {
    const kept = keptFields(state, change.customFields);
    if (kept) user.customFields = kept;
  }
  user._updatedAt = call.clock.now();
  if (change.active !== undefined) setActive(call, user, change.active, confirmed);
  return user;
}
