/** The one thing a person can do about an error of the server. Words only. */
import type { Operation } from "../client.ts";
import type { FailureClass } from "./codes.ts";
import type { ServerWords } from "./server-words.ts";

const USE_TOKEN = "use a personal access token that was made with “Ignore Two Factor Authentication”";

export function hintFor(name: FailureClass, operation: Operation<unknown>, words: ServerWords): string | undefined {
  switch (name) {
    case "authentication":
      return authentication(operation, words);
    case "permission":
      return permission(words);
    case "two-factor":
      return secondFactor(words);
    default:
      return undefined;
  }
}

function authentication({ name }: Operation<unknown>, { code }: ServerWords): string {
  if (code === "error-user-is-not-activated") return "An admin can activate it under Workspace > Users.";
  if (code?.startsWith("error-login-blocked"))
    return "Too many wrong passwords: wait some minutes, or let an admin reset it.";
  return name === "login"
    ? "Check rocketchat:username and rocketchat:password. Accounts that sign in elsewhere (OAuth, SAML) need a personal access token."
    : "Check rocketchat:userId and rocketchat:authToken: the token may have been removed, expired, or belong to another user id.";
}

function permission({ code }: ServerWords): string {
  if (code === "restricted-workspace")
    return "The workspace is restricted: register it, or let it reach Rocket.Chat's cloud.";
  return "Give the account of this connection a role that may do this (Workspace > Permissions).";
}

function secondFactor({ code, details }: ServerWords): string {
  if (code === "totp-max-attempts") return `Too many wrong codes: wait some minutes, or ${USE_TOKEN}.`;
  const { method } = (details ?? {}) as { method?: unknown };
  const refused = code === "totp-invalid";
  if (method === "password") {
    return refused
      ? `Check rocketchat:password: its hash is the answer. Or ${USE_TOKEN}.`
      : `Set rocketchat:password, whose hash is the answer, or ${USE_TOKEN}.`;
  }
  if (method === "totp") {
    return refused
      ? `Check ROCKETCHAT_TOTP_SECRET and this machine's clock, or ${USE_TOKEN}.`
      : `Set ROCKETCHAT_TOTP_SECRET to the authenticator's secret, or ${USE_TOKEN}.`;
  }
  return `Codes sent by e-mail can't be answered by a program: ${USE_TOKEN}.`;
}
