/** Who a login names and whether it may come in: what REST and the WebSocket have in common. Knows no route. */
import type { Clock } from "../core/clock.ts";
import { type Refusal, refuse } from "../core/failure.ts";
import { sha256Hex } from "../core/ids.ts";
import type { State, UserDoc } from "../core/state.ts";
import { emailFactorActive, passwordMatches } from "../core/two-factor.ts";
import { settingNumber } from "../settings/read.ts";
import { byEmail, byUsername } from "./find.ts";
import { addLogin, userOfToken } from "./tokens.ts";

/** Why a login is refused, in the words that every transport wraps in its own way. */
export const refuseLogin = (error: string, message: string, details?: object): Refusal =>
  refuse({ status: 401, json: { success: false, error, status: "error", ...(details && { details }), message } });

export const UNAUTHORIZED = "Unauthorized";

export interface Login {
  /** A token to go on with, in place of name and password. */
  resume?: unknown;
  /** A name or address, or an object that says which of the two it is. */
  user?: unknown;
  username?: unknown;
  email?: unknown;
  password?: unknown;
  /** A second factor. */
  code?: string | undefined;
}

function named(state: State, { user, username, email }: Login): UserDoc | undefined {
  const fields = typeof user === "object" && user !== null ? (user as Record<string, unknown>) : { username, email };
  const name = typeof user === "string" ? user : (fields.username ?? fields.email);
  if (typeof name !== "string") return undefined;
  const byAddress = name.includes("@") || fields.username === undefined;
  return (byAddress ? byEmail(state, name) : undefined) ?? byUsername(state, name);
}

/** A password as text, or hashed by the client. */
function digestOf(password: unknown): string | undefined {
  if (typeof password === "string") return sha256Hex(password);
  const { digest, hashed } = (password ?? {}) as { digest?: unknown; hashed?: unknown };
  const given = digest ?? hashed;
  return typeof given === "string" ? given.toLowerCase() : undefined;
}

/** An e-mail code can be asked for but never be right: nothing sends mail here. */
function demandEmailCode(state: State, clock: Clock, user: UserDoc, code: string | undefined): void {
  if (!emailFactorActive(state, user)) return;
  const common = { method: "email", emailOrUsername: user.username, availableMethods: ["email"] };
  if (!code) {
    const seconds = settingNumber(state, "Accounts_TwoFactorAuthentication_By_Email_Code_Expiration");
    user.services.emailCode = { expire: new Date(clock.ms() + seconds * 1000).toISOString() };
    throw refuseLogin("totp-required", "TOTP Required", { ...common, codeGenerated: true });
  }
  const codeExpires = user.services.emailCode?.expire;
  throw refuseLogin("totp-invalid", "TOTP Invalid", {
    ...common,
    codeGenerated: false,
    ...(codeExpires && { codeExpires }),
  });
}

/** Lets somebody in, or throws. A password makes a new token; a resumed one goes on. */
export function logIn(state: State, clock: Clock, login: Login): { user: UserDoc; token: string; resumed: boolean } {
  const holder = typeof login.resume === "string" ? userOfToken(state, login.resume) : undefined;
  const user = holder ?? named(state, login);
  const digest = digestOf(login.password);
  if (!user || (!holder && (digest === undefined || !passwordMatches(user, digest))))
    throw refuseLogin(UNAUTHORIZED, UNAUTHORIZED);
  if (!user.active) {
    const details = { function: "Accounts.validateLoginAttempt" };
    throw refuseLogin("error-user-is-not-activated", "User is not activated", details);
  }
  if (!holder) demandEmailCode(state, clock, user, login.code);
  const token = holder ? (login.resume as string) : addLogin(user, clock);
  user.lastLogin = clock.now();
  user._updatedAt = user.lastLogin;
  return { user, token, resumed: holder !== undefined };
}

/** Ends this login alone. */
export function logOut(user: UserDoc, hashedToken: string): void {
  const { services } = user;
  services.loginTokens = services.loginTokens.filter((token) => token.hashedToken !== hashedToken);
}
