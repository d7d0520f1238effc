import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { z } from "zod";
import type { Operation } from "../../../provider/client/client.ts";
import { UnexpectedResponseError } from "../../../provider/errors.ts";
import { connect, create, errorOf, operation, startServer, TOKEN, update } from "./local-server.ts";

test("sends what the server reads, and gives back what the operation wants of the answer", async () => {
  const server = await startServer(() => ({ body: { success: true, user: { _id: "u1", more: 1 } } }));
  const client = connect(`${server.url}/chat/`);
  const call: Operation<{ user: { _id: string } }> = {
    name: "users.info",
    method: "POST",
    path: "/api/v1/users.info",
    query: { username: "ä b&c", includeUserRooms: true, count: 0, left: undefined },
    body: { name: "ö" },
    repeat: "read",
    response: z.object({ user: z.object({ _id: z.string() }) }),
  };
  expect(await client.call(call)).toEqual({ user: { _id: "u1" } });
  const [request] = server.seen;
  expect(client.url).toBe(`${server.url}/chat`);
  expect(request!.path).toBe("/chat/api/v1/users.info?username=%C3%A4+b%26c&includeUserRooms=true&count=0");
  expect(request!.body).toBe('{"name":"ö"}');
  expect(request!.headers).toMatchObject({
    "content-type": "application/json",
    "user-agent": "pulumi-rocketchat",
    "x-user-id": TOKEN.userId,
    "x-auth-token": TOKEN.authToken,
  });
});

test("sends a form as bytes, again and again", async () => {
  const server = await startServer((_, nth) => (nth === 1 ? { status: 503 } : {}));
  const body = new FormData();
  body.set("name", "party");
  body.set("emoji", new Blob(["GIF89a"], { type: "image/gif" }), "party.gif");
  await connect(server.url).call(operation({ method: "POST", body, repeat: "idempotent" }));
  expect(server.seen).toHaveLength(2);
  for (const { headers, body: sent } of server.seen) {
    const form = await new Response(sent, { headers: { "content-type": headers["content-type"]! } }).formData();
    expect(form.get("name")).toBe("party");
    expect(await (form.get("emoji") as File).text()).toBe("GIF89a");
    expect(Number(headers["content-length"])).toBe(Buffer.byteLength(sent));
  }
});

test("knows the server's version and the workspace's id, asked once each and without credentials", async () => {
  const server = await startServer(({ route }) =>
    route === "GET /api/info"
      ? { body: { success: true, version: "8.6" } }
      : {
          body: { success: true, settings: [{ _id: "uniqueID", value: "workspace-1" }], count: 1, offset: 0, total: 1 },
        },
  );
  const client = connect(server.url);
  const other = client.as({ userId: "other", authToken: "another-token" });
  expect(await Promise.all([client.server(), other.server(), client.server()])).toHaveLength(3);
  expect(await Promise.all([client.workspaceId(), other.workspaceId()])).toEqual(["workspace-1", "workspace-1"]);
  expect(server.seen.map(({ path }) => path)).toEqual([
    "/api/info",
    "/api/v1/settings.public?_id=uniqueID&offset=0&count=100",
  ]);
  for (const { headers } of server.seen) expect(headers).not.toHaveProperty("x-user-id");
});

test("finds the workspace's id on a server that does not filter", async () => {
  const server = await startServer(({ path }) => {
    const offset = Number(new URL(path, "http://local").searchParams.get("offset"));
    const settings = Array.from({ length: 100 }, (_, index) => ({
      _id: offset + index === 150 ? "uniqueID" : "x",
      value: "w",
    }));
    return { body: { settings, total: 300 } };
  });
  expect(await connect(server.url).workspaceId()).toBe("w");
  expect(server.seen).toHaveLength(2);
});

test("says when the server tells neither, and asks again next time", async () => {
  let isReady = false;
  const server = await startServer(({ route }) => {
    if (route === "GET /api/info") return { body: { version: isReady ? "9.0" : "latest" } };
    return { body: { settings: isReady ? [{ _id: "uniqueID", value: "w" }] : [], total: 0 } };
  });
  const client = connect(server.url);
  const failures = [await errorOf(client.server()), await errorOf(client.workspaceId())];
  for (const failure of failures) expect(failure).toBeInstanceOf(UnexpectedResponseError);
  expect(failures.map(({ message }) => message)).toEqual([
    'info: the server gives "latest" as its version (GET /api/info)',
    "settings.public: the server does not tell the workspace's uniqueID (GET /api/v1/settings.public)",
  ]);
  isReady = true;
  expect((await client.server()).major).toBe(9);
  expect(await client.workspaceId()).toBe("w");
});

test("says what an answer lacks, never what it holds", async () => {
  const server = await startServer(() => ({
    body: { success: true, users: [{ _id: 1, token: "very-secret" }, {}, {}, {}] },
  }));
  const response = z.object({ users: z.array(z.object({ _id: z.string(), token: z.literal("x") })) });
  const error = await errorOf(connect(server.url).call(operation({ name: "users.list", response })));
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(error.message).toMatchInlineSnapshot(`
    "users.list: the answer lacks what is needed of it: users.0._id: Invalid input: expected string, received number; users.0.token: Invalid input: expected "x"; users.1._id: Invalid input: expected string, received undefined; and 5 more (GET /api/v1/users.list, HTTP 200)
      Is the server's version supported? Please report this with the version."
  `);
  expect(error.message).not.toContain("very-secret");
});

test("no error, wait message or cause holds a secret, wherever the server puts it", async () => {
  const password = "correct horse & battery";
  const hash = createHash("sha256").update(password).digest("hex");
  const secrets = [password, hash, TOKEN.authToken, "GEZDGNBVGY3TQOJQ", "a password to be set"];
  const everything = secrets.join(" ");
  const replies = [
    {
      status: 400,
      body: { success: false, error: everything, errorType: everything, details: { [everything]: [everything] } },
    },
    { status: 400, body: { success: false, error: `x [${TOKEN.authToken}]`, errorType: TOKEN.authToken } },
    { status: 401, body: { status: "error", message: everything } },
    { status: 500, body: everything, headers: { "content-type": "text/plain" } },
    { status: 301, body: "", headers: { location: `https://${TOKEN.authToken}.example.com/` } },
    { status: 400, body: { error: password.replaceAll("&", "&amp;") } },
  ];
  for (const reply of replies) {
    const server = await startServer(() => reply);
    const waits: string[] = [];
    const credentials = { ...TOKEN, password, totpSecret: "GEZDGNBVGY3TQOJQ" };
    const client = connect(server.url, { credentials, onWait: (message) => waits.push(message) });
    client.hide("a password to be set");
    for (const call of [create, update, operation({ name: "hook", path: `/hooks/${TOKEN.authToken}` })]) {
      const error = await errorOf(client.call(call));
      const printed = `${error.message} ${error.stack} ${JSON.stringify(error)} ${JSON.stringify(error.call)} ${error.cause} ${waits}`;
      for (const secret of [...secrets, password.replaceAll("&", "&amp;")]) expect(printed).not.toContain(secret);
    }
  }
});
