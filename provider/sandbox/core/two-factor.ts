/** When a call needs a second factor, which codes pass and what is remembered. Knows no route. */
import { settingNumber, settingOn } from "../settings/read.ts";
import { meteorError } from "./failure.ts";
import { sha256Hex } from "./ids.ts";
import type { Call } from "./route.ts";
import type { State, UserDoc } from "./state.ts";

/** Whether the lowercase hex SHA-256 of a password is the user's. */
export function passwordMatches(user: UserDoc, digest: string): boolean {
  const { password } = user.services;
  return password !== undefined && sha256Hex(password.salt + digest) === password.hash;
}

/** E-mail codes count only with an opted-in, verified address. */
export function emailFactorActive(state: State, user: UserDoc): boolean {
  return (
    settingOn(state, "Accounts_TwoFactorAuthentication_Enabled") &&
    settingOn(state, "Accounts_TwoFactorAuthentication_By_Email_Enabled") &&
    user.services.email2fa?.enabled === true &&
    (user.emails ?? []).some((email) => email.verified)
  );
}

type Method = "totp" | "email" | "password";

function chooseMethod(call: Call, named: string | undefined): Method | undefined {
  if (named === "totp" || named === "email") return named;
  if (emailFactorActive(call.state, call.user)) return "email";
  const fallback = settingOn(call.state, "Accounts_TwoFactorAuthentication_Enforce_Password_Fallback");
  return fallback && call.user.services.password ? "password" : undefined;
}

/** Throws `totp-required` or `totp-invalid` unless the call may pass. @param remember false for routes that always ask. */
export function demandSecondFactor(call: Call, remember: boolean): void {
  const { state, user, token } = call;
  if (!settingOn(state, "Accounts_TwoFactorAuthentication_Enabled") || token.bypassTwoFactor) return;
  const now = call.clock.ms();
  const window = settingNumber(state, "Accounts_TwoFactorAuthentication_RememberFor") * 1000;
  const young = now - Date.parse(user.createdAt) < window;
  if (young && !(call.is8 && emailFactorActive(state, user))) return;

  const client = sha256Hex(`${call.address} ${call.headers["user-agent"] ?? ""}`);
  if (remember && token.twoFactorClient === client && (token.twoFactorUntil ?? 0) > now) return;

  const code = call.headers["x-2fa-code"];
  const method = chooseMethod(call, call.headers["x-2fa-method"]);
  if (!method) return;
  const availableMethods = emailFactorActive(state, user) ? ["email"] : [];
  const details = { method, codeGenerated: false, availableMethods };
  if (!code) throw meteorError("totp-required", "TOTP Required", { ...details, codeGenerated: method === "email" });
  // nothing sends e-mails here and TOTP can't be set up: only the password fallback can be right
  if (method !== "password" || !passwordMatches(user, code)) throw meteorError("totp-invalid", "TOTP Invalid", details);
  token.twoFactorUntil = now + window;
  token.twoFactorClient = client;
}
