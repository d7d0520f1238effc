import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { handlers } from "../../../../provider/kinds/handlers.ts";
import { bench, connectTo } from "../../../support/command-line.ts";
import { ADMIN, startServer, type TestServer } from "../../../support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await server.reader.post("users.create", {
    username: "mallory",
    name: "Mallory",
    email: "mallory@example.test",
    password: "Passw0rd!",
    roles: ["user"],
  });
});
afterAll(() => server.close());

function as(username: string, password: string, url = server.url) {
  const at = bench();
  connectTo(url, { username, password });
  return at;
}

test("finds nothing wrong for an admin, and writes nothing", async () => {
  const at = as(ADMIN.username, ADMIN.password);
  await server.forget();
  const { code, stdout } = await at.run("doctor");
  expect(stdout).toContain("ok       log-in: admin (roles: admin)");
  expect(stdout).not.toContain("FAILED");
  expect(code).toBe(0);
  const writes = Object.keys(await server.calls()).filter(
    (call) => !call.startsWith("GET") && !/log(in|out)$/.test(call),
  );
  expect(writes).toEqual([]);
});

test("names what an account lacks for what the document declares, and no more", async () => {
  const at = as("mallory", "Passw0rd!");
  at.write(
    "workspace.yaml",
    "users: { alice: { name: A, email: a@example.com, adopt: true } }\nchannels: { ops: {} }\nsettings: { Site_Name: Acme }\n",
  );
  const { code, stdout, stderr } = await at.run("doctor", "-f", "workspace.yaml");
  expect(stderr).toBe("");
  expect(code).toBe(1);
  expect(stdout).toMatch(/FAILED\s+users: the account lacks create-user; edit-other-user-info/);
  expect(stdout).not.toContain("edit-other-user-password");
  expect(stdout).toMatch(/warning\s+channels: .*edit-room \(unless it is held in the room\)/);
  expect(stdout).toMatch(/FAILED\s+settings: /);
  expect(stdout).toMatch(/warning\s+rate limits: /);
  expect(stdout).not.toContain("customEmojis");
});

test("stops at what the rest depends on", async () => {
  const wrong = await as("mallory", "wr0ng-secret").run("doctor", "--json");
  expect(wrong.code).toBe(1);
  expect(JSON.parse(wrong.stdout)).toMatchObject([
    { name: "address", verdict: "ok" },
    { name: "TLS", verdict: "ok" },
    { name: "server", verdict: "ok" },
    { name: "log-in", verdict: "failed" },
  ]);
  expect(wrong.stdout).not.toContain("wr0ng-secret");
  const away = await as("mallory", "x", "http://127.0.0.1:1").run("doctor");
  expect(away.code).toBe(1);
  expect(away.stdout).toMatch(/FAILED\s+server: /);
  const plain = await as("mallory", "x", "http://chat.example.test").run("doctor");
  expect(plain.stdout).toMatch(/FAILED\s+address: /);
});

test("a kind's comment, which the reference prints, names every permission that is checked", () => {
  const silent = [...handlers.values()].flatMap(({ kind, schema }) => {
    const folder = kind
      .replace(/([a-z])([A-Z])/g, "$1-$2")
      .replace("OAuth", "oauth")
      .toLowerCase();
    const name = { OAuthApp: "oauth-app", CustomOAuthService: "custom-oauth-service" }[kind] ?? folder;
    const text = readFileSync(path.join(import.meta.dirname, `../../../../provider/kinds/${name}/resource.ts`), "utf8");
    const named = (schema.permissions ?? []).flatMap(({ anyOf }) => anyOf);
    return named.filter((id) => !text.includes(id)).map((id) => `${kind}: ${id}`);
  });
  expect(silent).toEqual([]);
});
