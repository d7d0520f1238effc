/** A run that a guard refuses has written nothing, neither to the server nor to the state; one that it lets pass does its work. */
import { readFileSync } from "node:fs";
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

async function setUp(lab: Lab, engine: Engine) {
  const server = await lab.server();
  const project = lab.project(engine, server, "export {};");
  project.write("workspace.yaml", BEFORE.replaceAll("admin: {}", "admin: { adopt: true }"));
  const at = ["--engine", engine, "--stack", "dev", "-f", "workspace.yaml"];
  const first = await project.command("up", "--yes", "--skip-preview", "--engine", "embedded", ...at.slice(2));
  expect(first.code, first.output).toBe(0);
  await server.forget();
  const adopting = (text: string) =>
    project.write("workspace.yaml", text.replaceAll("admin: {}", "admin: { adopt: true }"));
  const files = () => [
    ...project.files(),
    { name: "stack", text: readFileSync(path.join(project.folder, "Pulumi.dev.yaml"), "utf8") },
  ];
  const writes = async () =>
    Object.keys(await server.calls()).filter(
      (call) => !call.startsWith("GET ") && !/ \/?(api\/v1\/)?log(in|out)$/.test(call),
    );
  const refuse = async (says: RegExp, ...flags: string[]) => {
    const before = files();
    const ended = await project.command("up", "--yes", ...at, ...flags);
    expect(ended.output).toMatch(says);
    expect(ended.code).toBe(1);
    expect(files()).toEqual(before);
    expect(await writes()).toEqual([]);
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
    await refuse(/is in production, and nobody can be asked/, "--production");
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
    const reviewed = await checksum(project, at);
    await refuse(/would be removed, but at most 0/, "--max-removals", "0");
    const ended = await project.command("up", "--yes", "--skip-preview", ...at, "--expect", reviewed);
    expect(ended.code, ended.output).toBe(0);
  });
});
