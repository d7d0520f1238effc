/** What people do with their own account: change it, register it. Knows no route. */
import { failure, meteorError } from "../core/failure.ts";
import { hashPassword } from "../core/fresh.ts";
import type { Call } from "../core/route.ts";
import type { UserDoc } from "../core/state.ts";
import { passwordMatches } from "../core/two-factor.ts";
import { settingText } from "../settings/read.ts";
import { checkAccount, checkName } from "./check.ts";
import { createUser } from "./create.ts";
import { checkCustomFields, keptFields } from "./custom-fields.ts";
import { checkLengths, type EmailBudget, setEmail, setIdentity } from "./update.ts";

/** `data` of users.updateOwnBasicInfo, after its schema. */
export interface OwnChange {
  email?: string;
  name?: string;
  username?: string;
  nickname?: string;
  bio?: string;
  statusText?: string;
  statusType?: string;
  /** Lowercase hex SHA-256 of the present password; needed to change address or password. */
  currentPassword?: string;
  newPassword?: string;
}

/** Only what is given changes. The login that asks for a new password lives on, the others end. */
export function updateOwn(call: Call, change: OwnChange, budget: EmailBudget): UserDoc {
  const { user, state } = call;
  checkName(change.name);
  if (change.email !== undefined || change.newPassword !== undefined) {
    if (user.services.password && !passwordMatches(user, change.currentPassword ?? ""))
      throw meteorError("error-invalid-password", "Invalid password", { method: "saveUserProfile" });
  }
  const custom = call.body.customFields as Record<string, unknown> | undefined;
  if (custom) checkCustomFields(state, custom);
  checkAccount(state, user, { ...(change.username && { username: change.username }) }, user);
  checkLengths(change);
  setIdentity(call, user, change);
  if (change.email) setEmail(call, user, change.email, budget);
  for (const key of ["bio", "nickname", "statusText"] as const) {
    const text = change[key];
    if (text !== undefined) user[key] = text.trim();
  }
  if (change.statusType !== undefined) user.statusDefault = change.statusType;
  if (change.newPassword) {
    user.services.password = hashPassword(change.newPassword);
    user.services.loginTokens = user.services.loginTokens.filter((token) => token === call.token);
  }
  const kept = custom && keptFields(state, custom);
  if (kept) user.customFields = kept;
  user._updatedAt = call.clock.now();
  return user;
}

interface Registration {
  username: string;
  email: string;
  pass: string;
  name: string;
  secret?: string;
  customFields?: Record<string, unknown>;
}

export function register(call: Call): UserDoc {
  const { state } = call;
  const { username, email, pass, name, secret, customFields } = call.body as unknown as Registration;
  const form = settingText(state, "Accounts_RegistrationForm");
  if (form === "Disabled")
    throw meteorError("error-user-registration-disabled", "User registration is disabled", { method: "registerUser" });
  if (form === "Secret URL" && secret !== settingText(state, "Accounts_RegistrationForm_SecretURL")) {
    const reason = "User registration is only allowed via Secret URL";
    throw meteorError("error-user-registration-secret", reason, { method: "registerUser" });
  }
  if (email.trim() === "") throw failure("Email is required");
  return createUser(call, { username, email, password: pass, name, ...(customFields && { customFields }) });
}
