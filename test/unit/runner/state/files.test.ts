/** What a killed writer leaves beside a file goes with the next one; nothing else does. */
import { randomUUID } from "node:crypto";
import { readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { removeLeftovers } from "../../../../provider/runner/state/files.ts";
import { fixtureKeyring, temporaryFolder, workbench } from "./workbench.ts";

test("leftovers of this file and its backup are removed, those of others are not", async () => {
  const dir = await temporaryFolder();
  const kept = ["dev.json", "dev.json.bak", "dev.json.journal", `dev.json.json.${randomUUID()}.tmp`, "dev.json.x.tmp"];
  const left = [`dev.json.${randomUUID()}.tmp`, `dev.json.bak.${randomUUID()}.tmp`];
  for (const name of [...kept, ...left]) await writeFile(join(dir, name), "");
  await removeLeftovers(join(dir, "dev.json"));
  expect((await readdir(dir)).sort()).toEqual(kept.sort());
});

test("those of somebody who may be at work are spared", async () => {
  const dir = await temporaryFolder();
  const [old, young] = [`dev.${randomUUID()}.tmp`, `dev.${randomUUID()}.tmp`];
  for (const name of [old, young]) await writeFile(join(dir, name), "");
  await utimes(join(dir, old), new Date(), new Date(Date.now() - 120_000));
  await removeLeftovers(join(dir, "dev"), 60_000);
  expect(await readdir(dir)).toEqual([young]);
});

test("opening a stack to write clears them away, to read leaves them", async () => {
  const bench = await workbench(fixtureKeyring(), "checkpoint");
  const left = `${bench.checkpoint}.${randomUUID()}.tmp`;
  await writeFile(left, "");
  const names = () => readdir(join(bench.checkpoint, ".."));
  await (await bench.open({ write: false })).close();
  expect(await names()).toHaveLength(2);
  await (await bench.open()).close();
  expect(await names()).toEqual(["dev.json"]);
});
