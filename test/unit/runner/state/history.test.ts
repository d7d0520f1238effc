import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { historyDir } from "../../../../provider/runner/state/backend.ts";
import { recordUpdate, type UpdateRecord } from "../../../../provider/runner/state/history.ts";
import { temporaryFolder } from "./workbench.ts";

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
const update = (second: number): UpdateRecord => ({
  kind: "update",
  startTime: at(second),
  endTime: at(second + 1),
  result: "succeeded",
  resourceChanges: { create: 1 },
});

test("an update is written as the CLI's file backend has it, without a copy of the state", async () => {
  const backend = { url: "file://x", root: await temporaryFolder() };
  await recordUpdate(backend, "golden", "dev", update(0));
  const dir = historyDir(backend, "golden", "dev");
  const [name = "", ...others] = await readdir(dir);
  expect(others).toEqual([]);
  expect(name).toBe("dev-1767225601000000000.history.json");
  expect(JSON.parse(await readFile(join(dir, name), "utf8"))).toEqual({
    kind: "update",
    startTime: 1767225600,
    message: "",
    environment: { "exec.kind": "pulumi-rocketchat" },
    config: {},
    version: 0,
    result: "succeeded",
    endTime: 1767225601,
    resourceChanges: { create: 1 },
  });
});

test("the last ten of ours are kept, and all of the CLI's", async () => {
  const backend = { url: "file://x", root: await temporaryFolder() };
  const dir = historyDir(backend, "golden", "dev");
  await mkdir(dir, { recursive: true });
  const clis = ["dev-1000000000000000001.history.json", "dev-1000000000000000001.checkpoint.json"];
  for (const name of clis) await writeFile(join(dir, name), "{}");
  for (let n = 0; n < 13; n += 1) await recordUpdate(backend, "golden", "dev", update(n));
  const names = (await readdir(dir)).sort();
  expect(names.slice(0, 2)).toEqual(clis.toSorted());
  expect(names.slice(2)).toHaveLength(10);
  expect(names[2]).toBe("dev-1767225604000000000.history.json");
});
