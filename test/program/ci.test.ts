/** The CI recipes: their form, and the commands in them from pull request to drift, against a sandbox and a stand-in of each forge. */
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { repository } from "../support/engines.ts";
import { start } from "../support/processes.ts";
import { scenario } from "../support/scenario.ts";

const folder = path.join(repository, "examples", "ci");
const read = (name: string) => parse(readFileSync(path.join(folder, name), "utf8")) as Record<string, unknown>;

interface Job {
  readonly "runs-on"?: string;
  readonly permissions?: Record<string, string>;
  readonly steps?: readonly { readonly uses?: string; readonly run?: string }[];
  readonly stage?: string;
  readonly script?: readonly string[];
  readonly rules?: readonly { readonly if: string }[];
}

/** What a job runs, in order. */
const GOAL = {
  review: ["ci/review.sh", "node ci/comment.mjs post"],
  apply: ["ci/apply.sh"],
  drift: ["ci/drift.sh"],
};

describe("the form of", () => {
  it("the GitHub workflow: events, jobs, pinned actions, few permissions", () => {
    const workflow = read("github/workspace.yml");
    expect(Object.keys(workflow.on as object)).toEqual(["pull_request", "push", "schedule"]);
    expect(workflow.permissions).toEqual({ contents: "read" });
    const jobs = workflow.jobs as Record<string, Job>;
    expect(Object.keys(jobs)).toEqual(Object.keys(GOAL));
    for (const [name, job] of Object.entries(jobs)) {
      expect(job["runs-on"], name).toMatch(/^ubuntu-\d+\.\d+$/);
      for (const step of job.steps ?? []) {
        expect([step.uses, step.run].filter((one) => one !== undefined)).toHaveLength(1);
        if (step.uses !== undefined) expect(step.uses).toMatch(/^[a-z-]+\/[a-z-]+@v\d+$/);
      }
      const runs = (job.steps ?? []).flatMap(({ run }) => run ?? []);
      expect(runs).toEqual(expect.arrayContaining(["npm ci", ...GOAL[name as keyof typeof GOAL]]));
    }
    expect(jobs.review?.permissions).toEqual({ contents: "read", "pull-requests": "write" });
    expect(jobs.drift?.permissions).toBeUndefined();
  });

  it("the GitLab pipeline: stages, rules, scripts", () => {
    const { stages, default: common, variables, ...jobs } = read("gitlab/.gitlab-ci.yml");
    expect(stages).toEqual(Object.keys(GOAL));
    expect(variables).toEqual({ STACK: "production" });
    expect(Object.keys(common as object)).toEqual(["image", "before_script"]);
    expect(Object.keys(jobs)).toEqual(Object.keys(GOAL));
    for (const [name, job] of Object.entries(jobs as Record<string, Job>)) {
      expect(job.stage).toBe(name);
      expect(job.rules).toHaveLength(1);
      expect(job.script).toEqual(expect.arrayContaining(GOAL[name as keyof typeof GOAL]));
    }
  });
});

interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
  readonly author: { readonly id: number };
}

/** The few calls of both forges that the script makes, over one list of comments. */
async function startForge() {
  const own = { user: { login: "github-actions[bot]" }, author: { id: 7 } };
  const comments: Comment[] = [];
  const paths: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { body = "" } = JSON.parse(Buffer.concat(chunks).toString() || "{}") as { body?: string };
    const { pathname } = new URL(request.url ?? "", "http://forge");
    paths.push(`${request.method} ${pathname}`);
    const changed = comments.find(({ id }) => pathname.endsWith(`/${id}`));
    let answer: unknown = comments;
    if (pathname === "/user") answer = { id: 7 };
    else if (/\/commits\/abc\/(pulls|merge_requests)$/.test(pathname)) answer = [{ number: 4, iid: 4 }];
    else if (request.method === "POST") answer = comments.push({ id: 100 + comments.length, body, ...own });
    else if (changed !== undefined) answer = changed.body = body;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, comments, paths, close: () => new Promise<void>((done) => server.close(() => done())) };
}

scenario("review, one comment, apply, drift", async ({ lab }) => {
  const server = await lab.server();
  const forge = lab.closing(await startForge());
  const project = lab.project("embedded", server, "", { STACK: "production" });
  cpSync(folder, path.join(project.folder, "ci"), { recursive: true });
  project.write("workspace.yaml", "channels: { club: { topic: Chess } }\n");
  // A CLI that is too old: the embedded runner takes its place, which is quicker.
  mkdirSync(path.join(project.folder, "bin"));
  writeFileSync(path.join(project.folder, "bin", "pulumi"), "#!/bin/sh\necho v3.100.0\n");
  chmodSync(path.join(project.folder, "bin", "pulumi"), 0o755);
  const PATH = [path.join(project.folder, "bin"), path.join(repository, "node_modules", ".bin"), project.env.PATH];
  const run = (command: readonly string[], env: Record<string, string> = {}) =>
    start(command[0] ?? "", command.slice(1), {
      cwd: project.folder,
      env: { ...project.env, PATH: PATH.join(path.delimiter), ...env },
    }).done;
  const github = {
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: forge.url,
    GITHUB_REPOSITORY: "acme/chat",
    GITHUB_SHA: "abc",
    GITHUB_TOKEN: "t",
    PULL_REQUEST: "4",
  };
  const gitlab = {
    CI_API_V4_URL: forge.url,
    CI_PROJECT_ID: "1",
    CI_COMMIT_SHA: "abc",
    CI_MERGE_REQUEST_IID: "4",
    GITLAB_TOKEN: "t",
  };
  const comment = (verb: string, env: Record<string, string>) => run(["node", "ci/comment.mjs", verb], env);

  const review = await run(["ci/review.sh"]);
  expect(review.code, review.output).toBe(0);
  const text = readFileSync(path.join(project.folder, "review.md"), "utf8");
  const checksum = /^<!-- workspace review ([0-9a-f]{16}) -->\n/.exec(text)?.[1] ?? "";
  expect(text).toContain("club");

  // Somebody else's comment that looks alike does not count.
  const forged = "<!-- workspace review 0000000000000000 -->";
  forge.comments.push({ id: 1, body: forged, user: { login: "mallory" }, author: { id: 8 } });
  for (const env of [github, gitlab]) {
    for (const round of [1, 2]) expect((await comment("post", env)).code, String(round)).toBe(0);
    expect(forge.comments.map(({ body }) => body)).toEqual([forged, text]);
    expect((await comment("checksum", env)).stdout).toBe(`${checksum}\n`);
    forge.comments.pop();
    const none = await comment("checksum", env);
    expect(none.code).toBe(1);
    expect(none.output).toContain("nothing is applied");
  }
  expect(forge.paths).toContain("PATCH /repos/acme/chat/issues/comments/101");
  expect(forge.paths).toContain("PUT /projects/1/merge_requests/4/notes/101");

  const other = await run(["ci/apply.sh"], { EXPECT: "0000000000000000" });
  expect(other.code).toBe(1);
  expect(other.output).toContain("not 0000000000000000 (--expect)");
  expect((await server.reader.rooms()).map((room) => room.name)).not.toContain("club");
  const apply = await run(["ci/apply.sh"], { EXPECT: checksum });
  expect(apply.code, apply.output).toBe(0);
  expect((await server.reader.get("channels.info?roomName=club")).channel).toMatchObject({ topic: "Chess" });

  expect((await run(["ci/drift.sh"])).code).toBe(0);
  const { _id: roomId } = await server.reader.room("club");
  await server.reader.post("channels.setTopic", { roomId, topic: "Draughts" });
  const drift = await run(["ci/drift.sh"]);
  expect(drift.code, drift.output).toBe(7);
  expect(drift.output).toContain("Draughts");
});
