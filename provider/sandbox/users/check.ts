/** Whether a new or changed account is acceptable, in the server's order and words. Knows no route. */
import { failure, meteorError } from "../core/failure.ts";
import { hasPermission } from "../core/permissions.ts";
import { allRoles } from "../core/roles.ts";
import type { State, UserDoc } from "../core/state.ts";
import { settingText } from "../settings/read.ts";
import { byEmail, byUsername, byUsernameAnyCase } from "./find.ts";

const METHOD = { method: "insertOrUpdateUser" };

/** What a caller may say of an account. */
export interface Account {
  name?: string;
  username?: string;
  email?: string;
  password?: string;
  roles?: string[];
  setRandomPassword?: boolean;
}

export const notAllowed = (reason: string, action: string, method = METHOD.method) =>
  meteorError("error-action-not-allowed", reason, { method, action });

export function checkName(name: unknown): void {
  if (typeof name === "string" && /[<>"'`&]/.test(name)) throw failure("Name contains invalid characters");
}

function checkUsername(state: State, username: string): void {
  const pattern = new RegExp(`^${settingText(state, "UTF8_User_Names_Validation")}$`);
  if (pattern.test(username)) return;
  const details = { ...METHOD, input: username, field: "Username" };
  throw meteorError("error-input-is-not-a-valid-field", `${username} is not a valid username`, details);
}

/** Words that mean groups of people, and those that a hidden setting lists. */
const BLOCKED = ["all", "here", "admin", "administrator", "system", "user"];

function isBlocked(state: State, username: string): boolean {
  const listed = settingText(state, "Accounts_BlockedUsernameList").split(",");
  return [...BLOCKED, ...listed].some((word) => word.trim().toLowerCase() === username.toLowerCase());
}

const inUse = (value: string, details: object) =>
  meteorError("error-field-unavailable", `${value} is already in use :(`, { ...details, field: value });

const required = (field: string) =>
  meteorError("error-the-field-is-required", `The field ${field} is required`, { ...METHOD, field });

export function checkEmail(email: string): void {
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return;
  const details = { function: "RocketChat.validateEmailDomain", email };
  throw meteorError("error-invalid-email", `Invalid email ${email}`, details);
}

/** Roles that exist, and that the caller may give. */
function checkRoles(
  state: State,
  caller: UserDoc | undefined,
  roles: readonly string[],
  before: readonly string[],
): void {
  const known = allRoles(state);
  if (roles.some((role) => !known.some(({ _id }) => _id === role)))
    throw notAllowed("The field Roles consist invalid role id", "Assign_role");
  const admin = roles.includes("admin") && !before.includes("admin");
  if (admin && !hasPermission(state, caller, "assign-admin-role"))
    throw notAllowed("Assigning admin is not allowed", "Assign_admin");
}

/**
 * Everything that is looked at before an account is written.
 * @param caller nobody when people register themselves.
 * @param existing the account that is changed.
 */
export function checkAccount(
  state: State,
  caller: UserDoc | undefined,
  account: Account,
  existing?: { _id: string },
): void {
  const own = existing !== undefined && existing._id === caller?._id;
  if (existing && !own && !hasPermission(state, caller, "edit-other-user-info"))
    throw notAllowed("Editing user is not allowed", "Editing_user");
  if (!existing && caller && !hasPermission(state, caller, "create-user"))
    throw notAllowed("Adding user is not allowed", "Adding_user");
  if (account.roles) checkRoles(state, caller, account.roles, state.users[existing?._id ?? ""]?.roles ?? []);
  if (!existing && !account.name?.trim()) throw required("Name");
  if (!existing && !account.username?.trim()) throw required("Username");
  if (account.username) checkUsername(state, account.username);
  if (existing) return;
  if (!account.password && !account.setRandomPassword) throw required("Password");
  checkFree(state, account.username ?? "", account.email ?? "");
}

function checkFree(state: State, username: string, email: string): void {
  if (isBlocked(state, username)) {
    const details = { method: "checkUsernameAvailability", field: username };
    throw meteorError("error-blocked-username", `${username} is blocked and can't be used!`, details);
  }
  if (byUsername(state, username)) throw inUse(username, METHOD);
  const holder = email ? byEmail(state, email) : undefined;
  if (holder?.emails?.some(({ address }) => address === email)) throw inUse(email, METHOD);
  if (email) checkEmail(email);
  // a difference in case only is noticed later, by the accounts system, with its own words
  if (holder || byUsernameAnyCase(state, username))
    throw meteorError(403, "Something went wrong. Please check your credentials.");
}

/** For a changed address. */
export function checkEmailFree(state: State, user: UserDoc, email: string): void {
  const holder = byEmail(state, email);
  if (holder && holder._id !== user._id) throw inUse(email, { function: "_setEmail" });
}

export const usernameFree = (state: State, user: UserDoc, username: string): boolean => {
  const holder = byUsernameAnyCase(state, username);
  return (!holder || holder._id === user._id) && !isBlocked(state, username);
};
