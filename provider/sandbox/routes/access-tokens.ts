/** Personal access tokens of the caller, and users.createToken. */
import { failure, meteorError, type Refusal } from "../core/failure.ts";
import { authToken, hashToken } from "../core/ids.ts";
import { type Call, may, type Route } from "../core/route.ts";
import type { LoginToken } from "../core/state.ts";
import { flag, nonEmpty, strict, text } from "../core/validate.ts";
import { isAccessToken } from "../users/tokens.ts";

const METHOD = "personalAccessTokens";
const PERMISSION = "create-personal-access-tokens";

function demandRight(call: Call, method: string): void {
  if (!may(call, PERMISSION)) throw meteorError("not-authorized", "Not Authorized", { method: `${METHOD}:${method}` });
}

const named = (call: Call, name: unknown): LoginToken | undefined =>
  call.user.services.loginTokens.find((token) => isAccessToken(token) && token.name === name);

function add(call: Call, name: string, bypassTwoFactor: boolean): string {
  const token = authToken();
  call.user.services.loginTokens.push({
    hashedToken: hashToken(token),
    type: "personalAccessToken",
    createdAt: call.clock.now(),
    lastTokenPart: token.slice(-6),
    name,
    bypassTwoFactor,
  });
  call.user._updatedAt = call.clock.now();
  return token;
}

function drop(call: Call, token: LoginToken): void {
  const { services } = call.user;
  services.loginTokens = services.loginTokens.filter((known) => known !== token);
  call.user._updatedAt = call.clock.now();
}

function generate(call: Call) {
  const { tokenName, bypassTwoFactor } = call.body as { tokenName: string; bypassTwoFactor?: boolean };
  const details = { method: `${METHOD}:generateToken` };
  demandRight(call, "generateToken");
  if (named(call, tokenName))
    throw meteorError("error-token-already-exists", "A token with this name already exists", details);
  return { token: add(call, tokenName, bypassTwoFactor ?? false) };
}

const missing = (method: string): Refusal =>
  meteorError("error-token-does-not-exists", "Token does not exist", { method: `${METHOD}:${method}` });

function regenerate(call: Call) {
  demandRight(call, "regenerateToken");
  const token = named(call, call.body.tokenName);
  if (!token) throw missing("regenerateToken");
  drop(call, token);
  return { token: add(call, token.name ?? "", token.bypassTwoFactor ?? false) };
}

function remove(call: Call) {
  demandRight(call, "removeToken");
  const token = named(call, call.body.tokenName);
  if (!token) throw missing("removeToken");
  drop(call, token);
  return {};
}

function list(call: Call) {
  const tokens = call.user.services.loginTokens
    .filter(isAccessToken)
    .map(({ name, createdAt, lastTokenPart, bypassTwoFactor }) => ({
      name,
      createdAt,
      lastTokenPart,
      bypassTwoFactor,
    }));
  return { tokens };
}

/** Release 7.7.1 checks by hand, and refuses an empty name. */
function demandName(call: Call): void {
  if (!call.is8 && !call.body.tokenName) throw failure("The 'tokenName' param is required");
}

const byName = { method: "POST" as const, twoFactor: true as const };
const named1 = { tokenName: text };
const for8 = (more: Parameters<typeof strict>[0]) => (version: string) =>
  version === "8.6.1" ? strict({ ...named1, ...more }, ["tokenName"]) : undefined;

export const accessTokenRoutes: readonly Route[] = [
  {
    ...byName,
    path: "/api/v1/users.generatePersonalAccessToken",
    body: for8({ bypassTwoFactor: flag }),
    handler: (call) => {
      demandName(call);
      return generate(call);
    },
  },
  {
    ...byName,
    path: "/api/v1/users.regeneratePersonalAccessToken",
    body: for8({}),
    handler: (call) => {
      demandName(call);
      return regenerate(call);
    },
  },
  {
    ...byName,
    path: "/api/v1/users.removePersonalAccessToken",
    body: for8({}),
    handler: (call) => {
      demandName(call);
      return remove(call);
    },
  },
  { method: "GET", path: "/api/v1/users.getPersonalAccessTokens", permissions: [PERMISSION], handler: list },
  {
    ...byName,
    path: "/api/v1/users.createToken",
    body: (version) =>
      version === "8.6.1" ? strict({ userId: nonEmpty, secret: nonEmpty }, ["userId", "secret"]) : undefined,
    // the server's own secret is not set, so that none can be right
    handler: (call) => {
      throw meteorError("error-not-authorized", "Not authorized", call.is8 ? undefined : { method: "createToken" });
    },
  },
];
