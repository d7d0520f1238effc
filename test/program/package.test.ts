/** What `npm pack` ships: everything that users need and nothing else, and a program outside the repository runs on it. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSandbox } from "../../provider/sandbox/index.ts";

const run = promisify(execFile);
const root = path.join(import.meta.dirname, "..", "..");

const PROGRAM = `
import * as rocketchat from "pulumi-rocketchat";
const room = new rocketchat.Channel("news", { name: "news", topic: "From outside" });
export const id = room.id;
`;

describe("the packed package", () => {
  let folder: string;
  let files: string[];
  let tarball: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "rocketchat-pack-"));
    const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], {
      cwd: path.join(root, "provider"),
    });
    const [packed] = Object.values(
      JSON.parse(stdout.slice(stdout.search(/[[{]/))) as Record<
        string,
        { filename: string; files: { path: string }[] }
      >,
    );
    files = (packed?.files ?? []).map((file) => file.path);
    tarball = path.join(folder, packed?.filename ?? "");
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("holds built code, the command, the schemas of documents, the README and the licence, and nothing else", () => {
    expect(files).toEqual(
      expect.arrayContaining([
        "package.json",
        "README.md",
        "LICENSE",
        "bin/pulumi-rocketchat.mjs",
        "dist/index.js",
        "dist/index.d.ts",
        "dist/dynamic.js",
        "dist/cli/main.js",
        "schema/workspace.schema.json",
        "schema/overlay.schema.json",
      ]),
    );
    expect(
      files.filter(
        (file) =>
          !/^(dist\/.*\.(js|d\.ts|json)|bin\/[^/]+\.mjs|schema\/[^/]+\.schema\.json|package\.json|README\.md|LICENSE)$/.test(
            file,
          ),
      ),
    ).toEqual([]);
  });

  it("runs a program in a project of its own", async () => {
    const project = path.join(folder, "project");
    await run("mkdir", ["-p", project]);
    await writeFile(
      path.join(project, "package.json"),
      JSON.stringify({ name: "outside", private: true, type: "module" }),
    );
    await writeFile(
      path.join(project, "Pulumi.yaml"),
      "name: outside\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
    );
    await writeFile(path.join(project, "index.ts"), PROGRAM);
    await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error", tarball], {
      cwd: project,
    });
    const sandbox = await startSandbox();
    try {
      const { stdout } = await run(
        process.execPath,
        [
          "node_modules/pulumi-rocketchat/bin/pulumi-rocketchat.mjs",
          "up",
          "--yes",
          "--stack",
          "dev",
          "--engine",
          "embedded",
        ],
        {
          cwd: project,
          env: {
            ...process.env,
            PULUMI_BACKEND_URL: `file://${folder}`,
            PULUMI_CONFIG_PASSPHRASE: "outside",
            ROCKETCHAT_URL: sandbox.url,
            ROCKETCHAT_USERNAME: "admin",
            ROCKETCHAT_PASSWORD: "supersecret",
          },
        },
      );
      expect(stdout).toContain("news");
      const info = await fetch(`${sandbox.url}/api/v1/login`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ user: "admin", password: "supersecret" }),
      });
      const { data } = (await info.json()) as { data: { userId: string; authToken: string } };
      const answer = await fetch(`${sandbox.url}/api/v1/channels.info?roomName=news`, {
        headers: { "X-User-Id": data.userId, "X-Auth-Token": data.authToken },
      });
      expect(await answer.json()).toMatchObject({ channel: { name: "news", topic: "From outside" } });
    } finally {
      await sandbox.close();
    }
  });
});
