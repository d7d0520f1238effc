/** login, logout and me. */
import { refuse } from "../core/failure.ts";
import { hashToken, sha256Hex } from "../core/ids.ts";
import { bare, type Call, type Route, reply } from "../core/route.ts";
import type { UserDoc } from "../core/state.ts";
import { emailFactorActive, passwordMatches } from "../core/two-factor.ts";
import { settingNumber } from "../settings/read.ts";
import { byEmail, byUsername } from "../users/find.ts";
import { addLogin, userOfToken } from "../users/tokens.ts";
import { selfView } from "../users/views.ts";

const refuseLogin = (error: string, message: string, details?: object) =>
  refuse({ status: 401, json: { success: false, error, status: "error", ...(details && { details }), message } });

const unauthorized = () => refuseLogin("Unauthorized", "Unauthorized");

function named(call: Call): UserDoc | undefined {
  const { user, username, email } = call.body;
  const fields = typeof user === "object" && user !== null ? (user as Record<string, unknown>) : { username, email };
  const name = typeof user === "string" ? user : (fields.username ?? fields.email);
  if (typeof name !== "string") return undefined;
  const byAddress = name.includes("@") || fields.username === undefined;
  return (byAddress ? byEmail(call.state, name) : undefined) ?? byUsername(call.state, name);
}

/** A password as text, or hashed by the client. */
function digestOf(password: unknown): string | undefined {
  if (typeof password === "string") return sha256Hex(password);
  const { digest, hashed } = (password ?? {}) as { digest?: unknown; hashed?: unknown };
  const given = digest ?? hashed;
  return typeof given === "string" ? given.toLowerCase() : undefined;
}

/** An e-mail code can be asked for but never be right: nothing sends mail here. */
function demandEmailCode(call: Call, user: UserDoc): void {
  if (!emailFactorActive(call.state, user)) return;
  const code = call.body.code ?? call.headers["x-2fa-code"];
  const emailOrUsername = user.username;
  const common = { method: "email", emailOrUsername, availableMethods: ["email"] };
  const now = call.clock.ms();
  if (!code) {
    const seconds = settingNumber(call.state, "Accounts_TwoFactorAuthentication_By_Email_Code_Expiration");
    user.services.emailCode = { expire: new Date(now + seconds * 1000).toISOString() };
    throw refuseLogin("totp-required", "TOTP Required", { ...common, codeGenerated: true });
  }
  const codeExpires = user.services.emailCode?.expire;
  throw refuseLogin("totp-invalid", "TOTP Invalid", {
    ...common,
    codeGenerated: false,
    ...(codeExpires && { codeExpires }),
  });
}

function login(call: Call) {
  const { resume } = call.body;
  const resumed = typeof resume === "string" ? userOfToken(call.state, resume) : undefined;
  const user = resumed ?? named(call);
  const digest = digestOf(call.body.password);
  if (!user || (!resumed && (digest === undefined || !passwordMatches(user, digest)))) throw unauthorized();
  if (!user.active) {
    const details = { function: "Accounts.validateLoginAttempt" };
    throw refuseLogin("error-user-is-not-activated", "User is not activated", details);
  }
  if (!resumed) demandEmailCode(call, user);
  const authToken = resumed ? (resume as string) : addLogin(user, call.clock);
  user.lastLogin = call.clock.now();
  user._updatedAt = user.lastLogin;
  const me = selfView(call.state, user, call.siteUrl);
  return bare({ status: "success", data: { userId: user._id, authToken, me }, success: true });
}

function logout(call: Call) {
  const hash = hashToken(call.headers["x-auth-token"] ?? "");
  const { services } = call.user;
  services.loginTokens = services.loginTokens.filter((token) => token.hashedToken !== hash);
  return reply({ status: 200, text: "" });
}

export const authRoutes: readonly Route[] = [
  { method: "POST", path: "/api/v1/login", auth: false, handler: login },
  { method: "POST", path: "/api/v1/logout", handler: logout },
  { method: "GET", path: "/api/v1/logout", writes: true, handler: logout },
  { method: "GET", path: "/api/v1/me", handler: (call) => selfView(call.state, call.user, call.siteUrl) },
];
