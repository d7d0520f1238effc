/** The CI recipes: right by their forges' own rules, and every command in them run, from pull request to drift. */
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { repository } from "../support/engines.ts";
import { Forge } from "../support/forge.ts";
import { start } from "../support/processes.ts";
import { scenario } from "../support/scenario.ts";
import { ADMIN } from "../support/server.ts";

const folder = path.join(repository, "examples", "ci");
const files = { github: path.join(folder, "github/workspace.yml"), gitlab: path.join(folder, "gitlab/.gitlab-ci.yml") };
const read = (file: string) => parse(readFileSync(file, "utf8")) as Record<string, unknown>;

type JobName = "review" | "apply" | "drift";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Record<string, string>;
}

interface Job {
  readonly if?: string;
  readonly permissions?: Record<string, string>;
  readonly environment?: string;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly resource_group?: string;
  readonly steps?: readonly Step[];
  readonly script?: readonly string[];
  readonly rules?: readonly { readonly if: string }[];
}

const workflow = read(files.github);
const jobs = workflow.jobs as Record<JobName, Job>;
const pipeline = read(files.gitlab) as Record<JobName, Job> & Record<string, unknown>;

const check = (...given: string[]) =>
  start(process.execPath, [path.join(repository, "tools", "recipes.mjs"), ...given], {
    cwd: repository,
    env: process.env,
  }).done;

describe("by the forges' own rules", () => {
  it("the recipes are right", async () => {
    const { code, output } = await check();
    expect(code, output).toBe(0);
    expect(output.match(/: right$/gm)).toHaveLength(2);
  });

  it("recipes with a slip are not", async () => {
    const broken = mkdtempSync(path.join(tmpdir(), "recipes-"));
    try {
      const inside = (file: string) => path.join(broken, path.basename(file));
      const slip = (file: string, right: string, wrong: string) =>
        writeFileSync(inside(file), readFileSync(file, "utf8").replace(right, wrong));
      slip(files.github, "vars.ROCKETCHAT_URL", "var.ROCKETCHAT_URL");
      slip(files.gitlab, "interruptible: true", "interruptable: true");
      const { code, output } = await check(inside(files.github), inside(files.gitlab));
      expect(code).toBe(1);
      expect(output).toContain("Unrecognized named-value: 'var'");
      expect(output).toContain("'interruptable' property is not expected");
    } finally {
      rmSync(broken, { recursive: true });
    }
  });
});

describe("what a job may do", () => {
  it("GitHub: few permissions, pinned actions, secrets for the steps that need them, nothing for forks", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(workflow.env).toBeUndefined();
    expect(jobs.review.permissions).toEqual({ contents: "read", "pull-requests": "write" });
    expect(jobs.apply.permissions).toEqual({ contents: "read", "pull-requests": "read" });
    expect(jobs.drift.permissions).toBeUndefined();
    expect(jobs.review.if).toContain("github.event.pull_request.head.repo.full_name == github.repository");
    expect(jobs.apply.environment).toBe("production");
    expect(jobs.apply.concurrency?.["cancel-in-progress"]).toBe(false);
    // A run that waits is cut off by the next one of its group: none but another `apply` may do that.
    expect(jobs.review.concurrency?.group).not.toBe(jobs.apply.concurrency?.group);
    for (const { uses, run, env } of Object.values(jobs).flatMap(({ steps = [] }) => steps)) {
      if (uses !== undefined) expect(uses).toMatch(/^[a-z-]+\/[a-z-]+@v\d+$/);
      if (!run?.startsWith("ci/")) expect(JSON.stringify(env ?? {})).not.toContain("secrets.");
    }
  });

  it("GitLab: nothing for forks, one job at a time that writes", () => {
    expect(pipeline.review.rules?.[0]?.if).toContain(
      "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_MERGE_REQUEST_PROJECT_ID",
    );
    expect(pipeline.apply).toMatchObject({ environment: "production", resource_group: "workspace-apply" });
    expect(pipeline.review.resource_group).not.toBe(pipeline.apply.resource_group);
  });
});

scenario("review, one comment, apply, drift", async ({ lab }) => {
  const server = await lab.server();
  const forge = lab.closing(await Forge.start());
  const project = lab.project("embedded", server, "");
  cpSync(folder, path.join(project.folder, "ci"), { recursive: true });
  // A CLI that is too old: the embedded runner takes its place, which is quicker.
  mkdirSync(path.join(project.folder, "bin"));
  writeFileSync(path.join(project.folder, "bin", "pulumi"), "#!/bin/sh\necho v3.100.0\n");
  chmodSync(path.join(project.folder, "bin", "pulumi"), 0o755);
  const PATH = [path.join(project.folder, "bin"), path.join(repository, "node_modules", ".bin"), project.env.PATH];
  const account = (await (
    await fetch(`${server.url}/api/v1/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ user: ADMIN.username, password: ADMIN.password }),
    })
  ).json()) as { data: { userId: string; authToken: string } };

  /** What the recipes' comments ask people to set. */
  const set: Record<string, string> = {
    ROCKETCHAT_URL: server.url,
    ROCKETCHAT_USER_ID: account.data.userId,
    ROCKETCHAT_AUTH_TOKEN: account.data.authToken,
    PULUMI_BACKEND_URL: String(project.env.PULUMI_BACKEND_URL),
    PULUMI_CONFIG_PASSPHRASE: String(project.env.PULUMI_CONFIG_PASSPHRASE),
    CONFIRM: new URL(server.url).host,
  };
  const { ROCKETCHAT_USERNAME: _name, ROCKETCHAT_PASSWORD: _word, ...inherited } = project.env;
  for (const name of Object.keys(set)) delete inherited[name];
  const bash = (script: string, env: Record<string, string>) =>
    start("bash", ["-eo", "pipefail", "-c", script], {
      cwd: project.folder,
      env: { ...inherited, PATH: PATH.join(path.delimiter), ...env },
    }).done;

  /** The steps of a job one by one, as GitHub runs them: after one that fails, only those that ask for it. */
  async function onGithub(job: JobName) {
    const file = path.join(project.folder, "github-env");
    writeFileSync(file, "");
    const values: Record<string, string> = { "github.token": "forge-token", "github.event.pull_request.number": "4" };
    const fill = (text: string) =>
      text.replace(/\$\{\{ (?:(?:vars|secrets)\.(\w+)|([\w.]+)) \}\}/g, (_, name, expression) => {
        const value = name === undefined ? values[expression] : set[name];
        if (value === undefined) throw new Error(`no value for ${text}`);
        return value;
      });
    let output = "";
    let code: number | null = 0;
    for (const { run, if: condition, env = {} } of jobs[job].steps ?? []) {
      if (run === undefined || run === "npm ci" || (code !== 0 && !condition?.includes("!cancelled()"))) continue;
      const kept = Object.fromEntries(
        [...readFileSync(file, "utf8").matchAll(/^(\w+)=(.*)$/gm)].map(([, k, v]) => [k, v]),
      );
      const own = Object.fromEntries(Object.entries(env).map(([key, text]) => [key, fill(text)]));
      const step = await bash(run, { ...forge.environment.github, GITHUB_ENV: file, ...kept, ...own });
      output += step.output;
      code ||= step.code;
    }
    return { code, output };
  }

  /** A job's script as GitLab runs it, in one shell. What comes before it fetches tools that are here already. */
  const onGitlab = (job: JobName) =>
    bash((pipeline[job].script ?? []).join("\n"), {
      ...forge.environment.gitlab,
      ...(pipeline.variables as Record<string, string>),
      ...set,
      GITLAB_TOKEN: "forge-token",
    });

  const declare = (topic: string) => project.write("workspace.yaml", `channels: { club: { topic: ${topic} } }\n`);
  const topic = async () => {
    const found = (await server.reader.rooms()).find(({ name }) => name === "club");
    return found?.topic;
  };
  // Somebody else's comment that looks alike does not count.
  const forged = "<!-- workspace review 0000000000000000 -->";
  forge.write(forged);
  project.write("Pulumi.production.yaml", 'config:\n  rocketchat:production: "true"\n');

  for (const [runs, wanted] of [
    [onGithub, "Chess"],
    [onGitlab, "Go"],
  ] as const) {
    project.write("workspace.yaml", "channels: { club: { topc: Chess } }\n");
    const wrong = await runs("review");
    expect(wrong.code).toBe(1);
    expect(wrong.output).toContain('channels.club.topc: no such argument; did you mean "topic"?');
    expect(forge.comments.at(-1)?.body).toContain("workspace.yaml:1:21: channels.club.topc: no such argument");
    expect((await runs("apply")).output).toContain("found mistakes in the document: nothing is applied");
    declare(wanted);
    const review = await runs("review");
    expect(review.code, review.output).toBe(0);
    const text = readFileSync(path.join(project.folder, "review.md"), "utf8");
    expect(text).toContain(wanted);
    expect(forge.comments.map(({ body }) => body)).toEqual([forged, text]);
    expect(existsSync(path.join(project.folder, "plan.json"))).toBe(false);

    forge.isMerged = false;
    const unreviewed = await runs("apply");
    expect(unreviewed.code).toBe(1);
    expect(unreviewed.output).toContain("nothing is applied");
    forge.isMerged = true;
    if (runs === onGithub) {
      declare("Whist");
      const changed = await runs("apply");
      expect(changed.code, changed.output).toBe(1);
      expect(changed.output).toMatch(/not [0-9a-f]{16} \(--expect\)/);
      expect(await topic()).toBeUndefined();
      declare(wanted);
    }
    const apply = await runs("apply");
    expect(apply.code, apply.output).toBe(0);
    expect(await topic()).toBe(wanted);
    forge.comments.pop();
  }

  const quiet = await onGithub("drift");
  expect(quiet.code, quiet.output).toBe(0);
  const { _id: roomId } = await server.reader.room("club");
  await server.reader.post("channels.setTopic", { roomId, topic: "Bridge" });
  const drift = await onGitlab("drift");
  expect(drift.code, drift.output).toBe(2);
  expect(drift.output).toContain("Bridge");
});
