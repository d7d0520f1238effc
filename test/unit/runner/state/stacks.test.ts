import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import {
  findStack,
  listStacks,
  readSelectedStack,
  removeStack,
  stackExists,
  writeSelectedStack,
} from "../../../../provider/runner/state/index.ts";
import { fixtureKeyring, workbench } from "./workbench.ts";

const keyring = fixtureKeyring();

async function withStacks(...files: string[]) {
  const bench = await workbench(keyring);
  await mkdir(dirname(bench.checkpoint), { recursive: true });
  for (const file of files) await writeFile(join(dirname(bench.checkpoint), file), "{}");
  return bench;
}

test("lists stacks in any form, not backups and journals", async () => {
  const bench = await withStacks(
    "dev.json",
    "dev.json.bak",
    "dev.json.attrs",
    "prod.json.gz",
    "test.json.zst",
    "dev.json.journal",
  );
  expect(await listStacks(bench.backend, "golden")).toEqual(["dev", "prod", "test"]);
  expect(await listStacks(bench.backend, "other")).toEqual([]);
  expect(await stackExists(bench.backend, "golden", "prod")).toBe(true);
  expect(await stackExists(bench.backend, "golden", "nope")).toBe(false);
});

test("chooses: the wanted, PULUMI_STACK, the selected, the only one, dev", async () => {
  const none = await withStacks();
  expect(await findStack(none)).toEqual([]);
  const one = await withStacks("prod.json");
  expect(await findStack(one)).toBe("prod");
  const two = await withStacks("a.json", "b.json");
  expect(await findStack(two)).toEqual(["a", "b"]);
  await mkdir(two.env.PULUMI_HOME ?? "");
  await writeSelectedStack(two.backend, two.project, two.env, "b");
  expect(await findStack(two)).toBe("b");
  expect(await findStack({ ...two, env: { ...two.env, PULUMI_STACK: "a" } })).toBe("a");
  expect(await findStack({ ...two, wanted: "organization/golden/c" })).toBe("c");
});

test("a selected stack that is gone is not chosen", async () => {
  const bench = await withStacks("a.json");
  await mkdir(bench.env.PULUMI_HOME ?? "");
  await writeSelectedStack(bench.backend, bench.project, bench.env, "gone");
  expect(await findStack(bench)).toBe("a");
});

test("the selection lies where the CLI keeps it, beside what it says of other backends", async () => {
  const bench = await withStacks("a.json");
  const name = `golden-${createHash("sha1").update(bench.project.path).digest("hex")}-workspace.json`;
  const path = join(bench.env.PULUMI_HOME ?? "", "workspaces", name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify({ stacks: { "file:///other": "organization/golden/x" } }));
  expect(await readSelectedStack(bench.backend, bench.project, bench.env)).toBeUndefined();
  await writeSelectedStack(bench.backend, bench.project, bench.env, "a");
  expect(JSON.parse(await readFile(path, "utf8"))).toEqual({
    stacks: { "file:///other": "organization/golden/x", [bench.backend.url]: "organization/golden/a" },
  });
  expect(await readSelectedStack(bench.backend, bench.project, bench.env)).toBe("a");
});

test.each([
  ["a/b/c/d", /not one of this project/],
  ["acme/dev", /not one of this project/],
  ["organization/other/dev", /not one of this project/],
  ["a b", /can't be a stack's name/],
  ["x".repeat(101), /can't be a stack's name/],
])("refuses the name %s", async (wanted, message) => {
  await expect(findStack({ ...(await withStacks()), wanted })).rejects.toThrow(message);
});

test("removes everything of a stack, nothing of its neighbour", async () => {
  const bench = await withStacks("dev.json", "dev.json.bak", "dev.json.attrs", "dev2.json");
  const { backend } = bench;
  await removeStack({ backend, project: "golden", stack: "dev" }, { backups: false });
  expect(await readdir(dirname(bench.checkpoint))).toEqual(["dev.json.bak", "dev2.json"]);
  await removeStack({ backend, project: "golden", stack: "dev" }, { backups: true });
  expect(await readdir(dirname(bench.checkpoint))).toEqual(["dev2.json"]);
});
