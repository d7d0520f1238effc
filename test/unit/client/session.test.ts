import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Credentials } from "../../../provider/client/client.ts";
import { totp } from "../../../provider/client/totp.ts";
import { AuthenticationError, NetworkError, TwoFactorRequiredError } from "../../../provider/errors.ts";
import { connect, errorOf, type Fate, operation, type Seen, startServer } from "./local-server.ts";

const PASSWORD = { username: "alice", password: "correct horse" };
const TOTP_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const login = (authToken: string, me: unknown = { _id: "u1", username: "alice", roles: ["admin"] }): Fate => ({
  body: { status: "success", success: true, data: { userId: "u1", authToken, me } },
});
const unauthorized: Fate = {
  status: 401,
  body: { success: false, status: "error", error: "Unauthorized", message: "Unauthorized" },
};
const loggedOut: Fate = {
  status: 401,
  body: {
    success: false,
    status: "error",
    error: "You must be logged in to do this.",
    message: "You must be logged in to do this.",
  },
};

/** Takes only the token that was given out last; every log-in gives a new one: token-1, token-2 … */
function workspace(over: Partial<Record<string, (request: Seen, nth: number) => Fate>> = {}) {
  let valid = "none";
  const expire = () => {
    valid = "none";
  };
  const handle = (request: Seen, nth: number): Fate => {
    const special = over[request.route]?.(request, nth);
    if (special !== undefined) return special;
    if (request.route === "POST /api/v1/login") {
      if (JSON.parse(request.body).password !== PASSWORD.password) return unauthorized;
      valid = `token-${nth}`;
      return login(valid);
    }
    return request.headers["x-auth-token"] === valid && request.headers["x-user-id"] === "u1" ? {} : loggedOut;
  };
  return { handle, expire };
}

test("30 callers at once share one log-in", async () => {
  const server = await startServer(workspace().handle);
  const client = connect(server.url, { credentials: PASSWORD });
  await Promise.all(Array.from({ length: 30 }, () => client.call(operation())));
  expect(server.count("POST /api/v1/login")).toBe(1);
  expect(JSON.parse(server.seen[0]!.body)).toEqual({ user: "alice", password: "correct horse" });
});

test("sends nothing before the first call, and no credentials with anonymous ones", async () => {
  const server = await startServer(workspace({ "GET /api/info": () => ({ body: { version: "8.6" } }) }).handle);
  const client = connect(server.url, { credentials: PASSWORD });
  expect(server.seen).toHaveLength(0);
  expect(await client.server()).toEqual({ version: "8.6", major: 8, minor: 6 });
  expect(server.seen).toHaveLength(1);
  expect(server.seen[0]!.headers).not.toHaveProperty("x-auth-token");
});

test("logs in again, once for all, when the token has expired", async () => {
  const { handle, expire } = workspace();
  const server = await startServer(handle);
  const client = connect(server.url, { credentials: PASSWORD });
  await client.call(operation());
  expire();
  await Promise.all(Array.from({ length: 8 }, () => client.call(operation())));
  expect(server.count("POST /api/v1/login")).toBe(2);
});

test("gives up when the new token is refused too", async () => {
  const server = await startServer(workspace({ "GET /api/v1/users.info": () => loggedOut }).handle);
  const error = await errorOf(connect(server.url, { credentials: PASSWORD }).call(operation()));
  expect(error).toBeInstanceOf(AuthenticationError);
  expect(server.count("POST /api/v1/login")).toBe(2);
  expect(server.count("GET /api/v1/users.info")).toBe(2);
});

test("a token alone is not replaced", async () => {
  const server = await startServer(() => loggedOut);
  expect((await errorOf(connect(server.url).call(operation()))).message).toMatchInlineSnapshot(`
    "users.info: You must be logged in to do this (GET /api/v1/users.info, HTTP 401)
      Check rocketchat:userId and rocketchat:authToken: the token may have been removed, expired, or belong to another user id."
  `);
  expect(server.seen).toHaveLength(1);
});

test("a refused password is sent once, however many calls there are", async () => {
  const server = await startServer(workspace().handle);
  const client = connect(server.url, { credentials: { ...PASSWORD, password: "wrong one" } });
  const first = await errorOf(client.call(operation()));
  expect(first).toBeInstanceOf(AuthenticationError);
  expect(first.message).toMatchInlineSnapshot(`
    "login: the server refused this user name and password (POST /api/v1/login, HTTP 401)
      Check rocketchat:username and rocketchat:password. Accounts that sign in elsewhere (OAuth, SAML) need a personal access token."
  `);
  await errorOf(client.call(operation()));
  await errorOf(client.self());
  expect(server.seen).toHaveLength(1);
});

test("a log-in that failed for another reason is tried again by the next call", async () => {
  let isUp = false;
  const server = await startServer(
    workspace({ "POST /api/v1/login": () => (isUp ? login("token-x") : "drop") }).handle,
  );
  const client = connect(server.url, { credentials: PASSWORD });
  expect(await errorOf(client.self())).toBeInstanceOf(NetworkError);
  isUp = true;
  expect(await client.self()).toEqual({ userId: "u1", username: "alice", roles: ["admin"] });
});

test("says that an account is deactivated", async () => {
  const refusal = {
    status: 401,
    body: { success: false, status: "error", error: "error-user-is-not-activated", message: "User is not activated" },
  };
  const server = await startServer(() => refusal);
  const error = await errorOf(connect(server.url, { credentials: PASSWORD }).self());
  expect(error).toBeInstanceOf(AuthenticationError);
  expect(error.message).toMatchInlineSnapshot(`
    "login: the account is deactivated, or waits for an admin's approval (POST /api/v1/login, HTTP 401, error-user-is-not-activated)
      An admin can activate it under Workspace > Users."
  `);
});

test("waits when log-ins are limited", async () => {
  const limited = {
    status: 429,
    headers: { "x-ratelimit-limit": "10", "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Date.now() + 30) },
    body: {
      success: false,
      error:
        "Error, too many requests. Please slow down. You must wait 1 seconds before trying this endpoint again. [error-too-many-requests]",
    },
  };
  const { handle } = workspace({ "POST /api/v1/login": (_, nth) => (nth === 1 ? limited : login("token-2")) });
  const server = await startServer(handle, { sendDate: false });
  const waits: string[] = [];
  await connect(server.url, { credentials: PASSWORD, onWait: (message) => waits.push(message) }).self();
  expect(server.count("POST /api/v1/login")).toBe(2);
  expect(waits).toEqual(["waiting 1 s for the server's rate limit on POST login (10 calls per minute)"]);
});

const totpRequired = (method: string): Fate => ({
  status: 401,
  body: {
    success: false,
    status: "error",
    error: "totp-required",
    message: "TOTP Required",
    details: { method, codeGenerated: false },
  },
});

test("answers the log-in's second factor from the TOTP secret", async () => {
  const server = await startServer(({ route, body }) => {
    if (route !== "POST /api/v1/login") return {};
    const code = JSON.parse(body).code;
    if (code === undefined) return totpRequired("totp");
    return [0, 30_000].some((age) => code === totp(TOTP_SECRET, Date.now() - age)) ? login("token-1") : unauthorized;
  });
  const client = connect(server.url, { credentials: { ...PASSWORD, totpSecret: TOTP_SECRET } });
  expect((await client.self()).username).toBe("alice");
  expect(server.seen).toHaveLength(2);
});

test("says what to configure for a second factor at log-in", async () => {
  const messageFor = async (method: string, credentials: Credentials = PASSWORD) => {
    const server = await startServer(() => totpRequired(method));
    const error = await errorOf(connect(server.url, { credentials }).self());
    expect(error).toBeInstanceOf(TwoFactorRequiredError);
    return error.message;
  };
  expect(await messageFor("totp")).toMatchInlineSnapshot(`
    "login: the server asks for a second factor (POST /api/v1/login, HTTP 401, totp-required)
      Set ROCKETCHAT_TOTP_SECRET to the authenticator's secret, or use a personal access token that was made with “Ignore Two Factor Authentication”."
  `);
  expect(await messageFor("email", { ...PASSWORD, totpSecret: TOTP_SECRET })).toMatchInlineSnapshot(`
    "login: the server asks for a second factor (POST /api/v1/login, HTTP 401, totp-required)
      Codes sent by e-mail can't be answered by a program: use a personal access token that was made with “Ignore Two Factor Authentication”."
  `);
});

test("asks who the account is, once, where the log-in does not tell (6.x) or there is a token", async () => {
  const me = { body: { _id: "u1", username: "alice", roles: ["user"], success: true } };
  const server = await startServer(({ route }) => (route === "POST /api/v1/login" ? login("token-1", null) : me));
  const byPassword = connect(server.url, { credentials: PASSWORD });
  expect(await Promise.all([byPassword.self(), byPassword.self()])).toHaveLength(2);
  const byToken = connect(server.url);
  expect(await byToken.self()).toEqual({ userId: "u1", username: "alice", roles: ["user"] });
  await byToken.self();
  expect(server.count("GET /api/v1/me")).toBe(2);
});

test("gives back the token that it logged in for, and no other", async () => {
  const server = await startServer(workspace({ "POST /api/v1/logout": () => ({ body: "" }) }).handle);
  const client = connect(server.url, { credentials: PASSWORD });
  await client.call(operation());
  await client.close();
  const logout = server.seen.filter(({ route }) => route === "POST /api/v1/logout");
  expect(logout.map(({ headers }) => headers["x-auth-token"])).toEqual(["token-1"]);

  const byToken = connect(server.url, {
    credentials: { userId: "u1", authToken: "token-1", password: PASSWORD.password },
  });
  await byToken.call(operation());
  await byToken.close();
  expect(server.count("POST /api/v1/logout")).toBe(1);
});

test("closing succeeds, without a new log-in, when the token is refused or the server is away", async () => {
  for (const fate of [loggedOut, "drop"] as const) {
    const server = await startServer(workspace({ "POST /api/v1/logout": () => fate }).handle);
    const client = connect(server.url, { credentials: PASSWORD });
    await client.call(operation());
    await client.close();
    expect(server.count("POST /api/v1/login")).toBe(1);
  }
});

test("a call after closing fails in words", async () => {
  const server = await startServer(() => ({}));
  const client = connect(server.url);
  await client.close();
  const error = await errorOf(client.call(operation()));
  expect(error).toBeInstanceOf(NetworkError);
  expect(error.message).toBe("users.info: the connection was closed before the call was done (GET /api/v1/users.info)");
  expect(error.maybeSent).toBe(false);
});

test("another account has its own log-in, shared by all who ask for it", async () => {
  const server = await startServer(({ route, body }) => {
    return route === "POST /api/v1/login" ? login(`token-of-${JSON.parse(body).user}`, null) : {};
  });
  const client = connect(server.url, { credentials: PASSWORD });
  const bob = { username: "bob", password: "battery staple" };
  await Promise.all([client, client.as(bob), client.as(bob)].map((account) => account.call(operation())));
  expect(server.count("POST /api/v1/login")).toBe(2);
  const tokens = server.seen.filter(({ method }) => method === "GET").map(({ headers }) => headers["x-auth-token"]);
  expect(tokens.sort()).toEqual(["token-of-alice", "token-of-bob", "token-of-bob"]);
  expect(client.redact("battery staple, token-of-bob, correct horse")).toBe("[hidden], [hidden], [hidden]");
});

test("another account's refused password can be right later", async () => {
  let isActive = false;
  const server = await startServer(({ route }) => {
    if (route !== "POST /api/v1/login") return {};
    return isActive ? login("token-1") : unauthorized;
  });
  const client = connect(server.url);
  const bob = { username: "bob", password: "battery staple" };
  await errorOf(client.as(bob).self());
  isActive = true;
  expect((await client.as(bob).self()).userId).toBe("u1");
});

test("hides everything that it was given or made", async () => {
  const server = await startServer(workspace().handle);
  const client = connect(server.url, { credentials: { ...PASSWORD, totpSecret: TOTP_SECRET } });
  await client.self();
  client.hide("made just now");
  const hash = createHash("sha256").update(PASSWORD.password).digest("hex");
  for (const secret of [PASSWORD.password, hash, TOTP_SECRET, "token-1", "made just now"]) {
    expect(client.redact(`<${secret}>`)).toBe("<[hidden]>");
  }
});

test.each<[Credentials, string]>([
  [{ username: "", password: "x" }, "rocketchat:username is empty"],
  [{ username: "alice", password: "" }, "rocketchat:password is empty"],
  [{ userId: "u1", authToken: "" }, "rocketchat:authToken is empty"],
  [
    { userId: "u1", authToken: "secret-token\n" },
    "rocketchat:authToken contains a space, a line break or a character outside ASCII\n  Was a line break copied along with it?",
  ],
])("refuses credentials that can't be right", (credentials, message) => {
  expect(() => connect("http://localhost", { credentials })).toThrow(
    expect.objectContaining({ name: "ConfigurationError", message }),
  );
});
