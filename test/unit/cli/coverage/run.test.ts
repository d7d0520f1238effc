import { rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { documentBench } from "../../../support/command-line.ts";
import { startServer, type TestServer } from "../../../support/server.ts";
import { unwantedWrites } from "../../../support/workspaces/round-trip.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
  // Ten calls a minute would make the last of them wait.
  await server.control("rate-limit", { calls: 1_000_000, seconds: 1 });
  for (const username of ["alice", "bob"])
    await server.reader.post("users.create", {
      username,
      name: username,
      email: `${username}@example.test`,
      password: "Passw0rd!",
    });
  await server.reader.post("channels.create", { name: "by-hand", members: ["alice"] });
  await server.reader.post("channels.create", { name: "old" });
  const old = await server.reader.room("old");
  await server.reader.post("channels.archive", { roomId: old?._id });
  await server.reader.post("settings/Site_Name", { value: "Acme" });
  await server.reader.post("settings/SMTP_Password", { value: "post-office" });
});
afterAll(() => server.close());

function project(document: string) {
  const at = documentBench(server.url, document);
  return at;
}

const OPS = "channels: { ops: { members: [alice] } }\nexisting: { users: [alice] }\n";
const INVITE = "invites: { guests: { channel: ops, days: 7, maxUses: 5 } }\n";

test("tells by the state and by a document what is managed, and writes nothing", async () => {
  const at = project(`${OPS}${INVITE}`);
  expect(await at.run("up", "--yes", "--skip-preview", "--engine", "embedded")).toMatchObject({ code: 0 });
  await server.forget();
  const { code, stdout, stderr } = await at.run("coverage");
  expect(stderr).toBe("");
  expect(code).toBe(0);
  // Archived rooms, #general, what a server begins with, and where the own account stands are no findings.
  expect(stdout).toMatch(/^channels +1 +1 +2$/m);
  expect(stdout).toMatch(/^invites +1 +0 +0$/m);
  expect(stdout).toMatch(/^permissions +0 +0 +[1-9]\d*$/m);
  expect(stdout).toMatch(/^ {2}users: admin, alice, bob$/m);
  expect(stdout).toMatch(/^ {2}channelMembers: .*by-hand\/alice/m);
  expect(stdout).not.toMatch(/ops\/alice|\/admin|post-office/);
  const writes = Object.keys(await server.calls()).filter(
    (call) => !call.startsWith("GET") && !/log(in|out)$/.test(call),
  );
  expect(writes).toEqual([]);

  const { kinds } = JSON.parse((await at.run("coverage", "--json")).stdout);
  expect(kinds.channels).toEqual({ managed: 1, unmanaged: ["by-hand"], ignored: 2 });
  const byDocument = JSON.parse((await at.run("coverage", "-f", "workspace.yaml", "--json")).stdout);
  expect(byDocument).toEqual({ server: server.url, kinds, unread: {} });

  // The same of a program's stack: the state alone counts.
  at.write("Pulumi.yaml", `name: ${path.basename(at.folder)}\nruntime: nodejs\n`);
  expect(JSON.parse((await at.run("coverage", "--json")).stdout)).toEqual(byDocument);
  rmSync(path.join(at.folder, "Pulumi.yaml"));

  at.write("overlay.yaml", "channels: { by-hand: { adopt: true } }\n");
  const selected = ["--include", "channels", "--json", "--fail-on-unmanaged"];
  expect(await at.run("coverage", ...selected)).toMatchObject({ code: 2 });
  const overlaid = await at.run("coverage", "-f", "workspace.yaml", "--overlay", "overlay.yaml", ...selected);
  expect(overlaid.code).toBe(0);
  expect(JSON.parse(overlaid.stdout).kinds.channels).toEqual({ managed: 2, unmanaged: [], ignored: 2 });
});

test("prints entries that a document can include, after which nothing is unmanaged", async () => {
  const at = project("channels: { general: { topic: Hello } }\n");
  const parts = ["--include", "channels", "--include", "channelMembers:by-hand/*", "--include", "settings:S*"];
  const { code, stdout } = await at.run("coverage", "-f", "workspace.yaml", "--adopt", ...parts);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^# pulumi-rocketchat config set --secret \S*password$/im);
  expect(stdout).toMatch(/^existing:\n {2}users:\n {2}- alice$/m);
  expect(stdout).toMatch(/by-hand: \{ adopt: true/);
  expect(stdout).not.toMatch(/post-office|general:|old:/);

  at.write("adopted.yaml", stdout);
  at.write("workspace.yaml", "include: [adopted.yaml]\nchannels: { general: { topic: Hello } }\n");
  const after = await at.run("coverage", "-f", "workspace.yaml", "--fail-on-unmanaged", ...parts);
  expect(after).toMatchObject({ code: 0, stderr: "" });
  expect(after.stdout).toContain("Nothing is unmanaged.");
  const again = await at.run("coverage", "-f", "workspace.yaml", "--adopt", ...parts);
  expect(again.stdout).toBe("");

  // Taking it over changes nothing.
  const [, key = ""] = /^# pulumi-rocketchat config set --secret (\S*password)$/im.exec(stdout) ?? [];
  expect(await at.run("stack", "init", "dev")).toMatchObject({ code: 0 });
  expect(await at.run("config", "set", "--secret", key, "post-office")).toMatchObject({ code: 0 });
  at.write("workspace.yaml", "include: [adopted.yaml]\n");
  await server.forget();
  const up = await at.run("up", "--yes", "--skip-preview", "--engine", "embedded");
  expect(up.code === 0 ? "" : up.stdout + up.stderr).toBe("");
  expect(await unwantedWrites(server)).toEqual([]);
  expect(await at.run("preview", "--engine", "embedded", "--expect-no-changes")).toMatchObject({ code: 0 });
});

test("does not take a kind that the account may not read for managed", async () => {
  const at = project("{}\n");
  // A server of its own: the other tests have used up the rate limits of the first.
  const other = await startServer();
  onTestFinished(() => other.close());
  const mallory = { username: "mallory", name: "Mallory", email: "mallory@example.test", password: "Passw0rd!" };
  await other.reader.post("users.create", mallory);
  vi.stubEnv("ROCKETCHAT_URL", other.url);
  vi.stubEnv("ROCKETCHAT_USERNAME", mallory.username);
  vi.stubEnv("ROCKETCHAT_PASSWORD", mallory.password);
  const parts = ["--include", "channels:none", "--include", "oauthApps"];
  const { code, stdout } = await at.run("coverage", "-f", "workspace.yaml", "--fail-on-unmanaged", ...parts);
  expect(stdout).toMatch(/^oauthApps: could not be read: /m);
  expect(code).toBe(1);
});

test("takes a stack that isn't there for a mistake", async () => {
  const at = project("{}\n");
  expect(await at.run("coverage")).toMatchObject({ code: 6 });
  expect(await at.run("coverage", "-f", "workspace.yaml", "-s", "nowhere")).toMatchObject({ code: 6 });
});

test("has nothing of another server's in its state, and looks there by names", async () => {
  const at = project("channels: { mine: {} }\n");
  expect(await at.run("up", "--yes", "--skip-preview", "--engine", "embedded")).toMatchObject({ code: 0 });
  const other = await startServer();
  onTestFinished(() => other.close());
  await other.reader.post("channels.create", { name: "mine" });
  const channels = async (...more: string[]) => {
    const parts = ["--url", other.url, "--json", "--include", "channels"];
    return JSON.parse((await at.run("coverage", ...parts, ...more)).stdout).kinds.channels;
  };
  expect(await channels("--stack", "dev")).toMatchObject({ managed: 0, unmanaged: ["mine"] });
  expect(await channels("-f", "workspace.yaml")).toMatchObject({ managed: 1, unmanaged: [] });
});
