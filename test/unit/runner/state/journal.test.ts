import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createJournalWriter, type JournalRecord, readJournal } from "../../../../provider/runner/state/journal.ts";
import { temporaryFolder, thing } from "./workbench.ts";

const header = { journal: 1, base: "b", salt: "s" } as const;
const begin = (seq: number): JournalRecord => ({ begin: seq, type: "creating", resource: thing(`r${seq}`) });

async function written(records: JournalRecord[]) {
  const path = join(await temporaryFolder(), "deep", "dev.json.journal");
  const writer = createJournalWriter(path, () => header);
  await Promise.all(records.map((record) => writer.append(record)));
  await writer.close();
  return path;
}

test("what was appended together is read back in order", async () => {
  const records: JournalRecord[] = [
    begin(1),
    begin(2),
    { end: 2, urn: "u", type: "creating", change: { set: [[4, thing("r2")]], remove: [1] } },
    { end: 1, urn: "u", type: "creating" },
    { change: { remove: [7] } },
    { resolved: "updating", urn: "u" },
    { folded: "h" },
  ];
  expect(await readJournal(await written(records))).toMatchObject({ header, records });
});

test("no record, no file", async () => {
  expect(await readJournal(await written([]))).toBeUndefined();
});

test("a torn last line is ignored, whatever is in it", async () => {
  const path = await written([begin(1), begin(2)]);
  const text = await readFile(path, "utf8");
  const secondStart = text.indexOf("\n", text.indexOf("\n") + 1) + 1;
  await writeFile(path, text.slice(0, secondStart + 5));
  expect((await readJournal(path))?.records).toEqual([begin(1)]);
  await writeFile(path, `${text.slice(0, secondStart)}\0\0\0\0`);
  expect((await readJournal(path))?.records).toEqual([begin(1)]);
  await writeFile(path, text.slice(0, 10));
  expect(await readJournal(path)).toBeUndefined();
});

test("damage before the end is an error with the line", async () => {
  const path = await written([begin(1), begin(2)]);
  await appendFile(path, "{}\n");
  await expect(readJournal(path)).rejects.toThrow(new RegExp(`${path} is damaged: line 4`));
  await writeFile(path, '{"journal":2}\n');
  await expect(readJournal(path)).rejects.toThrow(/line 1/);
});
