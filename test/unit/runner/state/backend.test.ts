import { mkdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadProject, openBackend } from "../../../../provider/runner/state/index.ts";
import { temporaryFolder } from "./workbench.ts";

async function project(yaml = "name: golden\nruntime: nodejs\n") {
  const dir = await temporaryFolder();
  await writeFile(join(dir, "Pulumi.yaml"), yaml);
  return { dir, project: await loadProject(dir), PULUMI_HOME: join(dir, "home") };
}

test.each([
  ["file:///srv/state", () => "/srv/state"],
  ["file://~", () => homedir()],
  ["file://~/state", () => join(homedir(), "state")],
  ["file://.", (dir: string) => dir],
  ["file://./state?no_tmp_dir=true", (dir: string) => join(dir, "state")],
])("%s", async (url, expected) => {
  const at = await project();
  const backend = await openBackend({ project: at.project, env: { PULUMI_BACKEND_URL: url } });
  expect(backend).toEqual({ url, root: expected(at.dir) });
});

test("the variable wins over the project, the project over the login", async () => {
  const at = await project("name: golden\nruntime: nodejs\nbackend:\n  url: file:///from/project\n");
  await mkdir(at.PULUMI_HOME);
  await writeFile(join(at.PULUMI_HOME, "credentials.json"), JSON.stringify({ current: "file:///from/login" }));
  const root = async (env: Record<string, string>, from = at.project) =>
    (await openBackend({ project: from, env: { PULUMI_HOME: at.PULUMI_HOME, ...env } })).root;
  expect(await root({ PULUMI_BACKEND_URL: "file:///from/env" })).toBe("/from/env");
  expect(await root({})).toBe("/from/project");
  expect(await root({}, { ...at.project, backendUrl: undefined })).toBe("/from/login");
});

test.each([
  ["https://api.pulumi.com", /api\.pulumi\.com is not supported[\s\S]*PULUMI_BACKEND_URL=file:/],
  ["s3://key:pass@bucket?region=x", /s3:\/\/\*\*\*\*@bucket is not supported/],
  ["file://", /names no folder/],
])("refuses %s", async (url, message) => {
  const at = await project();
  await expect(openBackend({ project: at.project, env: { PULUMI_BACKEND_URL: url } })).rejects.toThrow(message);
});

test("says what to set when nothing is", async () => {
  const at = await project();
  await expect(openBackend({ project: at.project, env: { PULUMI_HOME: at.PULUMI_HOME } })).rejects.toThrow(
    /PULUMI_BACKEND_URL/,
  );
});

test("refuses another layout version", async () => {
  const at = await project();
  await mkdir(join(at.dir, ".pulumi"));
  await writeFile(join(at.dir, ".pulumi/meta.yaml"), "version: 2\n");
  await expect(openBackend({ project: at.project, env: { PULUMI_BACKEND_URL: "file://." } })).rejects.toThrow(
    /layout version 2/,
  );
});
