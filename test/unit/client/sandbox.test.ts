/** The client on the look-alike server: what local servers of one test each cannot show together. */
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import type { Client, Credentials, Operation } from "../../../provider/client/client.ts";
import { NetworkError, NotFoundError, TwoFactorRequiredError } from "../../../provider/errors.ts";
import { startSandbox } from "../../../provider/sandbox/index.ts";
import { connect, errorOf, operation } from "./local-server.ts";

const ADMIN = { username: "admin", password: "supersecret" };

async function workspace(version: "8.6.1" | "7.7.1") {
  const sandbox = await startSandbox({ version, testControls: true });
  onTestFinished(() => sandbox.close());
  const control = async (path: string, body?: unknown): Promise<Record<string, number>> => {
    const init =
      body === undefined
        ? {}
        : { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    return (await fetch(`${sandbox.url}/_control/${path}`, init)).json() as Promise<Record<string, number>>;
  };
  const as = (credentials: Credentials) => connect(sandbox.url, { credentials });
  return { control, as, admin: as(ADMIN) };
}

const userOf = (username: string) =>
  operation({
    name: "users.info",
    query: { username },
    response: z.object({ user: z.object({ _id: z.string(), name: z.string() }) }),
  }) as Operation<{ user: { _id: string; name: string } }>;

const createUser = (username: string) =>
  operation({
    name: "users.create",
    method: "POST",
    body: { username, name: username, email: `${username}@example.test`, password: "battery staple" },
    repeat: "once",
  });

const rename = async (client: Client, username: string, name: string) => {
  const { user } = await client.call(userOf(username));
  const body = { userId: user._id, data: { name } };
  return client.call(operation({ name: "users.update", method: "POST", body, repeat: "idempotent" }));
};

test.each(["8.6.1", "7.7.1"] as const)("knows a %s server, its workspace and itself", async (version) => {
  const { admin } = await workspace(version);
  expect(`${(await admin.server()).major}.${(await admin.server()).minor}`).toBe(version.slice(0, 3));
  expect(await admin.workspaceId()).not.toBe("");
  expect(await admin.self()).toMatchObject({ username: "admin", roles: ["admin"] });
});

test.each(["8.6.1", "7.7.1"] as const)(
  "answers the password challenge of a %s server once the grace is over",
  async (version) => {
    const { control, as, admin } = await workspace(version);
    await admin.call(createUser("alice"));
    await control("advance-clock", { seconds: 3600 });
    await rename(admin, "alice", "Alice");
    expect((await admin.call(userOf("alice"))).user.name).toBe("Alice");
    // Asked, answered; remembered per token.
    expect((await control("calls"))["POST /api/v1/users.update"]).toBe(2);

    const reply = z.object({ data: z.object({ userId: z.string(), authToken: z.string() }) });
    const login = operation({
      name: "login",
      method: "POST",
      body: { user: ADMIN.username, password: ADMIN.password },
      anonymous: true,
      response: reply,
    });
    const { data } = (await admin.call(login)) as z.infer<typeof reply>;
    expect(await errorOf(rename(as(data), "alice", "Bob"))).toBeInstanceOf(TwoFactorRequiredError);
  },
);

test("a create whose answer is lost is sent once, and has happened", async () => {
  const { control, admin } = await workspace("8.6.1");
  await control("faults", [{ method: "POST", path: "/api/v1/users.create", action: "drop-after" }]);
  const error = await errorOf(admin.call(createUser("alice")));
  expect(error).toBeInstanceOf(NetworkError);
  expect(error.maybeSent).toBe(true);
  expect((await admin.call(userOf("alice"))).user.name).toBe("alice");
  expect(await errorOf(admin.call(userOf("nobody")))).toBeInstanceOf(NotFoundError);
});

test("a plain user's calls keep to the limit, an admin's don't have to", async () => {
  const { control, as, admin } = await workspace("8.6.1");
  await control("rate-limit", { calls: 5, seconds: 1 });
  await admin.call(createUser("alice"));
  await Promise.all(Array.from({ length: 20 }, () => admin.call(userOf("alice"))));
  await control("calls?clear=1");
  const alice = as({ username: "alice", password: "battery staple" });
  await Promise.all(Array.from({ length: 12 }, () => alice.call(userOf("alice"))));
  // Not one refused, so not one repeated.
  expect(await control("calls")).toMatchObject({ "GET /api/v1/users.info": 12, "POST /api/v1/login": 1 });
});
