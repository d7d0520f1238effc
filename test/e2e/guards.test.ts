/** A run that a guard refuses has written nothing, neither to the server nor to the state; one that it lets pass does its work. */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { describeOnCli, describeOnRunner, type Engine } from "../support/engines.ts";
import type { Lab } from "../support/lab.ts";
import { scenario } from "../support/scenario.ts";

const BEFORE = `
name: acme
existing: { users: [admin] }
users: { alice: { name: Alice, email: alice@example.test, roles: [user, admin], setRandomPassword: true } }
channels: { reports: { private: true, topic: Weekly numbers } }
channelMembers: { general: { admin: {}, alice: {} } }
`;
const AFTER = BEFORE.replace("[user, admin]", "[user]")
  .replace("private: true", "private: false")
  .replace("{ admin: {}, alice: {} }", "{ admin: {} }");
/** Takes the account of the connection out of a room. */
const KICK = BEFORE.replace("{ admin: {}, alice: {} }", "{ alice: {} }");

/** Every file and folder below, by name: what is in a file, when either was last touched. */
function filesBelow(folder: string): Record<string, string> {
  const skipped = new Set([path.join(folder, "node_modules"), path.join(folder, "home")]);
  const found: Record<string, string> = {};
  const look = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const name = path.join(at, entry.name);
      if (skipped.has(name)) continue;
      if (entry.isDirectory()) look(name);
      const content = entry.isFile() ? createHash("sha256").update(readFileSync(name)).digest("hex") : "folder";
      // A lock comes and goes: its folder tells no more than that it is there.
      found[name] = entry.isFile() ? `${content} ${statSync(name).mtimeMs}` : content;
    }
  };
  look(folder);
  return found;
}

async function setUp(lab: Lab, engine: Engine) {
  // The sandbox has in this file whatever it confirmed, byte for byte.
  const kept = mkdtempSync(path.join(tmpdir(), "guards-"));
  lab.closing({ close: async () => rmSync(kept, { recursive: true }) });
  const server = await lab.server({ file: path.join(kept, "server.json") });
  // With a token: a log-in would leave its mark on the account.
  const { userId, authToken } = server.reader.session;
  const credentials = { ROCKETCHAT_USERNAME: "", ROCKETCHAT_PASSWORD: "" };
  const project = lab.project(engine, server, "export {};", {
    ...credentials,
    ROCKETCHAT_USER_ID: userId,
    ROCKETCHAT_AUTH_TOKEN: authToken,
  });
  project.write("workspace.yaml", BEFORE.replaceAll("admin: {}", "admin: { adopt: true }"));
  const at = ["--engine", engine, "--stack", "dev", "-f", "workspace.yaml"];
  const first = await project.command("up", "--yes", "--skip-preview", "--engine", "embedded", ...at.slice(2));
  expect(first.code, first.output).toBe(0);
  await server.forget();
  const adopting = (text: string) =>
    project.write("workspace.yaml", text.replaceAll("admin: {}", "admin: { adopt: true }"));
  const everything = () => ({ ...filesBelow(project.folder), ...filesBelow(kept) });
  const writes = async () => Object.keys(await server.calls()).filter((call) => !call.startsWith("GET "));
  const refuse = async (says: RegExp, ...flags: string[]) => {
    const before = everything();
    const ended = await project.command("up", "--yes", ...at, ...flags);
    expect(ended.output).toMatch(says);
    expect(ended.code).toBe(1);
    expect(everything()).toEqual(before);
    expect(await writes()).toEqual([]);
    return ended.output;
  };
  return { project, at, adopting, refuse };
}

async function checksum(project: Awaited<ReturnType<typeof setUp>>["project"], at: readonly string[]): Promise<string> {
  const { stdout, output, code } = await project.command("review", ...at, "--format", "json", "--fail-on", "high");
  expect(code, output).toBe(3);
  const report = JSON.parse(stdout) as { checksum: string; findings: { rule: string }[] };
  expect(report.findings.map(({ rule }) => rule)).toEqual(["private-to-public", "admin-removed", "person-removed"]);
  return report.checksum;
}

describeOnRunner("Guards", () => {
  scenario("refuse before anything is written, and let the reviewed run pass", async ({ lab }) => {
    const { project, at, adopting, refuse } = await setUp(lab, "embedded");
    adopting(AFTER);
    const reviewed = await checksum(project, at);
    await refuse(/would be removed, but at most 0/, "--max-removals", "0");
    await refuse(/1 active admins would be left \(@admin\), but at least 2/, "--min-admins", "2");
    await refuse(/--confirm names elsewhere/, "--confirm", "elsewhere");
    await refuse(/is in production, and nobody is asked/, "--production");
    adopting(AFTER.replace("Weekly", "Daily"));
    await refuse(new RegExp(`not ${reviewed}`), "--expect", reviewed);
    adopting(KICK);
    await refuse(/@admin, the account of this connection, would be removed from #general/);
    adopting(AFTER);
    const ended = await project.command(
      "up",
      "--yes",
      "--skip-preview",
      ...at,
      "--expect",
      reviewed,
      "--max-removals",
      "1",
    );
    expect(ended.code, ended.output).toBe(0);
  });
});

describeOnCli("Guards, Pulumi CLI", () => {
  scenario("refuse before anything is written, and let the reviewed run pass", async ({ lab }) => {
    const { project, at, adopting, refuse } = await setUp(lab, "pulumi");
    adopting(AFTER);
    // Equal on both engines.
    const reviewed = await checksum(project, at.with(1, "embedded"));
    const both = await refuse(/would be removed, but at most 0/, "--max-removals", "0", "--min-admins", "2");
    expect(both).toMatch(/1 active admins would be left/);
    adopting(KICK);
    await refuse(/@admin, the account of this connection, would be removed from #general/);
    adopting(AFTER);
    const ended = await project.command("up", "--yes", "--skip-preview", ...at, "--expect", reviewed);
    expect(ended.code, ended.output).toBe(0);
  });
});
