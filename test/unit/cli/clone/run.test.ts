/** A clone on the command line: refused before anything is written, and its run held to the same guards as any `up`. */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Bench, bench, type Output } from "../../../support/command-line.ts";
import { ADMIN, startServer, type TestServer } from "../../../support/server.ts";

const DOCUMENT = `
existing: { users: [admin] }
users: { alice: { name: Alice, email: alice@example.test, setRandomPassword: true } }
channels: { reports: { topic: Weekly }, plans: {} }
channelMembers: { reports: { admin: { adopt: true }, alice: {} } }
`;

let kept: string;
let target: TestServer;
beforeAll(async () => {
  kept = mkdtempSync(path.join(tmpdir(), "clone-"));
  target = await startServer({ file: path.join(kept, "server.json") });
});
afterAll(async () => {
  await target.close();
  rmSync(kept, { recursive: true });
});

const PASSWORD = "Passw0rd-of-joe";

function work(): Bench & { clone: (...args: string[]) => Promise<Output> } {
  const at = bench();
  const { userId, authToken } = target.reader.session;
  vi.stubEnv("ROCKETCHAT_USER_ID", userId);
  vi.stubEnv("ROCKETCHAT_AUTH_TOKEN", authToken);
  vi.stubEnv("ROCKETCHAT_FROM_USERNAME", ADMIN.username);
  vi.stubEnv("ROCKETCHAT_FROM_PASSWORD", ADMIN.password);
  at.write("acme/workspace.yaml", DOCUMENT);
  return {
    ...at,
    clone: (...args) => at.run("clone", "--from", "acme/workspace.yaml", "--to", target.url, "--yes", ...args),
  };
}

/** Every file of both, byte for byte. */
const bytes = (...folders: string[]): string[] =>
  folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((name) => `${name} ${createHash("sha256").update(readFileSync(name)).digest("hex")}`)
      .sort(),
  );

test("is held to the guards of `up`; refused, it has changed neither server nor state", async () => {
  const at = work();
  const first = await at.clone("--stack", "goal");
  expect(first.code, first.stdout).toBe(0);
  const state = path.join(at.folder, "acme", "backend");

  // A section that an overlay empties is taken away from the target.
  at.write("empty.yaml", "channels: { plans: null }\nchannelMembers: null\n");
  const before = bytes(kept, state);
  const refused = async (...args: string[]) => {
    const { code, stderr } = await at.clone("--stack", "goal", ...args);
    expect(code, stderr).toBe(1);
    expect(bytes(kept, state)).toEqual(before);
    return stderr;
  };
  const overlay = ["--overlay", path.join(at.folder, "empty.yaml")];
  const said = await refused(...overlay, "--max-removals", "2", "--min-admins", "2", "--expect", "0123456789abcdef");
  expect(said).toContain("3 would be removed, but at most 2 may be (--max-removals).");
  expect(said).toContain("1 active admins would be left (@admin), but at least 2 must be (--min-admins).");
  expect(said).toContain("not 0123456789abcdef (--expect)");
  expect(said).toContain("@admin, the account of this connection, would be removed from #reports");

  const file = "acme/Pulumi.goal.yaml";
  at.write(file, at.read(file).replace("config:", 'config:\n  rocketchat:production: "true"'));
  const { host } = new URL(target.url);
  expect(await refused()).toContain(`${host} is in production, and nobody is asked. Nothing was changed.`);
  expect(await refused("--confirm", "elsewhere")).toContain(
    `--confirm names elsewhere, but the server of this stack is ${host}.`,
  );
  const destroyed = await at.run(
    "destroy",
    "--yes",
    "-f",
    path.join(at.folder, "acme/workspace.yaml"),
    "--stack",
    "goal",
    "--engine",
    "embedded",
  );
  expect(destroyed.stderr).toContain(`${host} is in production, and nobody is asked.`);
  expect(bytes(kept, state)).toEqual(before);
  const allowed = await at.clone("--stack", "goal", "--confirm", host);
  expect(allowed.code, allowed.stderr).toBe(0);
});

test("tells the same server by whatever address it is reached, before it is exported", async () => {
  const at = work();
  const { stderr, code } = await at.run(
    "clone",
    "--from",
    target.url.replace("127.0.0.1", "localhost"),
    "--to",
    target.url,
    "--yes",
  );
  expect(stderr).toMatch(/^error: --from and --to are the same server: both answer as the workspace /m);
  expect(code).toBe(1);
  expect(at.files(".")).toEqual(["Pulumi.yaml", "acme"]);
});

test("refuses an account that can't see what is there: it would take it for missing", async () => {
  const at = work();
  await target.reader.post("users.create", {
    username: "joe",
    name: "Joe",
    email: "joe@example.test",
    password: PASSWORD,
  });
  for (const name of ["USER_ID", "AUTH_TOKEN"]) vi.stubEnv(`ROCKETCHAT_${name}`, "");
  vi.stubEnv("ROCKETCHAT_USERNAME", "joe");
  vi.stubEnv("ROCKETCHAT_PASSWORD", "wrong-secret");
  const unknown = await at.clone();
  expect(unknown.stderr).toContain(`error: --to ${target.url}: login: the server refused this user name and password`);
  expect(unknown.stderr).not.toContain("wrong-secret");

  vi.stubEnv("ROCKETCHAT_PASSWORD", PASSWORD);
  at.write("acme/workspace.yaml", "settings: { Site_Name: Acme, SMTP_Host: mail.example.test }\n");
  await target.forget();
  const { stderr, code } = await at.clone();
  expect(code).toBe(1);
  expect(stderr).toContain(
    `--to ${target.url}: what is there can't be told; nothing was changed.\n  settings: joe lacks view-privileged-setting`,
  );
  expect(at.files("acme")).toEqual(["workspace.yaml"]);
  expect(Object.keys(await target.calls()).filter((call) => !call.startsWith("GET "))).toEqual([
    "POST /api/v1/login",
    "POST /api/v1/logout",
  ]);
});
