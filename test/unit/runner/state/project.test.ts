import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadProject } from "../../../../provider/runner/state/index.ts";
import { temporaryFolder } from "./workbench.ts";

test("finds the project from a folder below it", async () => {
  const dir = await temporaryFolder();
  await mkdir(join(dir, "a/b"), { recursive: true });
  await writeFile(
    join(dir, "Pulumi.yaml"),
    "name: golden\nmain: src/\ndescription: x\nruntime:\n  name: nodejs\n  options: { typescript: false }\nbackend: { url: 'file://~' }\n",
  );
  expect(await loadProject(join(dir, "a/b"))).toEqual({
    name: "golden",
    path: join(dir, "Pulumi.yaml"),
    dir,
    main: "src/",
    description: "x",
    runtime: "nodejs",
    runtimeOptions: { typescript: false },
    backendUrl: "file://~",
    stackConfigDir: dir,
    config: {},
  });
});

test.each([
  ["name: [", /not valid YAML/],
  ["runtime: nodejs", /name/],
  ["name: a b\nruntime: nodejs", /only letters/],
  ["name: golden", /runtime/],
  ["", /name/],
])("refuses %j with the path", async (yaml, message) => {
  const dir = await temporaryFolder();
  await writeFile(join(dir, "Pulumi.yaml"), yaml);
  await expect(loadProject(dir)).rejects.toThrow(message);
  await expect(loadProject(dir)).rejects.toThrow(join(dir, "Pulumi.yaml"));
});

test("names the folder where there is no project", async () => {
  const dir = await temporaryFolder();
  await expect(loadProject(dir)).rejects.toThrow(`There is no Pulumi.yaml in ${dir}`);
});
