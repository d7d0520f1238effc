import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { totp } from "../../../../provider/client/totp.ts";
import { PermissionError, TwoFactorRequiredError } from "../../../../provider/errors.ts";
import {
  connect,
  create,
  errorOf,
  type Fate,
  type LocalServer,
  operation,
  startServer,
  TOKEN,
  update,
} from "../local-server.ts";

const PASSWORD = "correct horse";
const HASH = createHash("sha256").update(PASSWORD).digest("hex");
const TOTP_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

const challenge = (method: string, code = "totp-required", error = `TOTP Required [${code}]`): Fate => ({
  status: 400,
  body: { success: false, error, errorType: code, details: { method, codeGenerated: false, availableMethods: [] } },
});

/** Wants `code` by `method`; remembers it per token except for the routes in `always`. */
function asking(
  method: string,
  isRight: (code: unknown) => boolean,
  always: readonly string[] = [],
): Promise<LocalServer> {
  const remembered = new Set<unknown>();
  return startServer(({ headers, route }) => {
    const token = headers["x-auth-token"];
    if (remembered.has(token) && !always.includes(route)) return {};
    if (headers["x-2fa-code"] === undefined) return challenge(method);
    if (headers["x-2fa-method"] !== method || !isRight(headers["x-2fa-code"])) {
      return challenge(method, "totp-invalid", "TOTP Invalid [totp-invalid]");
    }
    remembered.add(token);
    return {};
  });
}

test("answers with the hash of the password, even for a call that must not be sent twice", async () => {
  const server = await asking("password", (code) => code === HASH);
  await connect(server.url, { credentials: { ...TOKEN, password: PASSWORD } }).call(create);
  expect(server.seen.map(({ headers }) => headers["x-2fa-method"])).toEqual([undefined, "password"]);
  expect(server.seen[1]!.body).toBe(server.seen[0]!.body);
});

test("answers with a code of the TOTP secret", async () => {
  const isRight = (code: unknown) => [0, 30_000].some((age) => code === totp(TOTP_SECRET, Date.now() - age));
  const server = await asking("totp", isRight);
  await connect(server.url, { credentials: { ...TOKEN, totpSecret: TOTP_SECRET } }).call(update);
  expect(server.seen).toHaveLength(2);
});

test("a route that has asked once is answered in advance from then on", async () => {
  const server = await asking("password", (code) => code === HASH, ["POST /api/v1/settings"]);
  const client = connect(server.url, { credentials: { ...TOKEN, password: PASSWORD } });
  const bulk = operation({ name: "settings", method: "POST", body: {}, repeat: "idempotent" });
  for (let call = 0; call < 3; call++) await client.call(bulk);
  expect(server.seen).toHaveLength(4);
  // The server remembers the token: another route does not ask, and gets no code.
  await client.call(update);
  expect(server.seen.at(-1)!.headers).not.toHaveProperty("x-2fa-code");
});

test("each account answers for itself", async () => {
  const server = await asking("password", (code) => code === HASH);
  const client = connect(server.url, { credentials: { ...TOKEN, password: PASSWORD } });
  const other = client.as({ userId: "other", authToken: "another-token" });
  await client.call(update);
  expect(await errorOf(other.call(update))).toBeInstanceOf(TwoFactorRequiredError);
});

test.each([
  { method: "password", credentials: TOKEN, calls: 1 },
  { method: "password", credentials: { ...TOKEN, password: "wrong one" }, calls: 2 },
  { method: "totp", credentials: { ...TOKEN, password: PASSWORD }, calls: 1 },
  { method: "totp", credentials: { ...TOKEN, totpSecret: TOTP_SECRET }, calls: 2 },
  { method: "email", credentials: { ...TOKEN, password: PASSWORD, totpSecret: TOTP_SECRET }, calls: 1 },
])("says what to configure: $method, $calls call(s)", async ({ method, credentials, calls }) => {
  const server = await asking(method, () => false);
  const error = await errorOf(connect(server.url, { credentials }).call(update));
  expect(error).toBeInstanceOf(TwoFactorRequiredError);
  expect(error.message).toMatchSnapshot();
  expect(server.seen).toHaveLength(calls);
});

test("says when there were too many codes", async () => {
  const server = await startServer(() =>
    challenge("email", "totp-max-attempts", "TOTP Max Attempts [totp-max-attempts]"),
  );
  const error = await errorOf(connect(server.url).call(update));
  expect(error).toBeInstanceOf(TwoFactorRequiredError);
  expect(error.message).toMatchSnapshot();
});

test("a missing right that 9.0 answers with 401 is no reason to log in again", async () => {
  const missing = { status: 401, body: { success: false, error: "Not this one [error-unauthorized]" } };
  const server = await startServer(({ route }) =>
    route === "POST /api/v1/login" ? { body: { data: { userId: "u1", authToken: "t-1" } } } : missing,
  );
  const client = connect(server.url, { credentials: { username: "alice", password: PASSWORD } });
  expect(await errorOf(client.call(operation()))).toBeInstanceOf(PermissionError);
  expect(server.seen.map(({ route }) => route)).toEqual(["POST /api/v1/login", "GET /api/v1/users.info"]);
});
