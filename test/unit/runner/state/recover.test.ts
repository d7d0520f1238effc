import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { hashOf } from "../../../../provider/runner/state/checkpoint.ts";
import type { Operation, PendingOperation, Resource } from "../../../../provider/runner/state/index.ts";
import { findFault } from "../../../../provider/runner/state/verify.ts";
import { fixtureKeyring, secretOf, thing, urnOf, type Workbench, workbench } from "./workbench.ts";

const keyring = fixtureKeyring();

interface Moment {
  readonly resources: readonly Resource[];
  readonly pending: readonly Pick<PendingOperation, "type">[];
}

let bench: Workbench;
/** The checkpoint before the run, the journal at its end, and what should be found after each of its records. */
let base: string;
let journal: Buffer;
let moments: Moment[];

/** A run with every sort of record, two operations at a time, that is never saved. */
beforeEach(async () => {
  bench = await workbench(keyring);
  const first = await bench.open();
  await first.record({ put: thing("stack", { custom: false, id: undefined as never }) });
  await first.record({ put: thing("old", { parent: urnOf("stack"), inputs: { password: secretOf("p") } }) });
  await first.save();
  await first.close();
  base = await readFile(bench.checkpoint, "utf8");

  const store = await bench.open();
  const open = new Map<number, string>();
  moments = [];
  const note = () =>
    moments.push({
      resources: structuredClone([...store.resources]),
      pending: [...open.values()].map((type) => ({ type: type as "creating" })),
    });
  const begin = async (...[what]: Parameters<typeof store.begin>): Promise<Operation> => {
    const operation = await store.begin(what);
    open.set(operation.seq, what.type);
    note();
    return operation;
  };
  const end = async (operation: Operation, change?: Parameters<typeof store.finish>[1]) => {
    open.delete(operation.seq);
    await (change ? store.finish(operation, change) : store.fail(operation));
    note();
  };
  const record = async (...change: Parameters<typeof store.record>) => {
    await store.record(...change);
    note();
  };
  note();
  const old = store.live(urnOf("old"));
  if (!old) throw new Error("no old");
  const a = thing("a", { parent: urnOf("stack"), inputs: { password: secretOf("zürich") } });
  const creating = await begin({ type: "creating", resource: a });
  const updating = await begin({ type: "updating", resource: old });
  await end(creating, { put: a });
  await end(updating, { put: { ...old, outputs: { topic: "t" } } });
  await end(await begin({ type: "deleting", resource: a }));
  const replacement = { ...old, id: "2", dependencies: [urnOf("a")] };
  await end(await begin({ type: "creating", resource: replacement }), {
    replace: [[old, { ...old, delete: true }]],
    put: replacement,
  });
  await record({ put: thing("stack", { custom: false, id: undefined as never, outputs: { a: secretOf("id-a") } }) });
  await end(await begin({ type: "deleting", resource: old }), { remove: [old] });
  await record({
    replace: [
      [a, { ...a, urn: urnOf("renamed") }],
      [replacement, { ...replacement, dependencies: [urnOf("renamed")] }],
    ],
  });
  await begin({ type: "creating", resource: thing("lost") });
  journal = await readFile(bench.journal);
  await store.close();
});

const put = async (checkpoint: string, log: string | Buffer) => {
  await writeFile(bench.checkpoint, checkpoint);
  await writeFile(bench.journal, log);
};
/** How many records are whole in the first `size` bytes; the header is not one. */
const recordsIn = (size: number) => Math.max(0, journal.subarray(0, size).toString("latin1").split("\n").length - 2);

test("cut at any byte, the journal gives the state after its last whole record", async () => {
  expect(recordsIn(journal.length)).toBe(moments.length - 1);
  await put(base, journal);
  for (let size = journal.length; size >= 0; size -= 1) {
    await truncate(bench.journal, size);
    const store = await bench.open({ write: false });
    const expected = moments[recordsIn(size)];
    expect({ size, resources: store.resources, pending: store.pending.map(({ type }) => ({ type })) }).toEqual({
      size,
      ...expected,
    });
    expect(findFault(store.resources, "dev")).toBeUndefined();
  }
}, 60_000);

test("cut after any record, the next run folds it in, and the one after finds the same", async () => {
  for (let size = 1; size <= journal.length; size += 1) {
    if (journal[size - 1] !== 10) continue;
    await put(base, journal.subarray(0, size));
    const expected = moments[recordsIn(size)];
    const next = await bench.open();
    expect(next.resources).toEqual(expected?.resources);
    expect(next.warnings).toEqual([expect.stringContaining("A former run was killed")]);
    await next.close();
    const later = await bench.open();
    expect(later.resources).toEqual(expected?.resources);
    expect(later.pending.map(({ type }) => ({ type }))).toEqual(expected?.pending);
    expect(later.warnings).toEqual([]);
    await later.close();
    expect((await readdir(dirname(bench.checkpoint))).sort()).toEqual(["dev.json", "dev.json.bak"]);
  }
});

test("a kill between the rename and the removal of the journal applies nothing twice", async () => {
  await put(base, journal);
  await (await bench.open()).close();
  const folded = await readFile(bench.checkpoint, "utf8");
  await put(folded, `${journal}${JSON.stringify({ folded: hashOf(Buffer.from(folded)) })}\n`);
  expect((await bench.open({ write: false })).resources).toEqual(moments.at(-1)?.resources);
  const store = await bench.open();
  expect(store.warnings).toEqual([]);
  expect(store.resources).toEqual(moments.at(-1)?.resources);
  expect(store.pending).toHaveLength(1);
  expect((await bench.read()).text).toBe(folded);
  expect(await readdir(dirname(bench.checkpoint))).not.toContain("dev.json.journal");
});

test("a kill before the rename folds again", async () => {
  await put(base, `${journal}${JSON.stringify({ folded: "0".repeat(64) })}\n`);
  expect((await bench.open()).resources).toEqual(moments.at(-1)?.resources);
});

test("where another program changed the checkpoint the journal is kept aside and named", async () => {
  const changed = base.replace(/"time":"[^"]*"/, '"time":"2031-01-01T00:00:00Z"');
  await put(changed, journal);
  const store = await bench.open();
  expect(store.resources).toEqual(moments[0]?.resources);
  const [warning = ""] = store.warnings;
  expect(warning).toMatch(/another program changed the state/);
  expect(warning).toContain(urnOf("lost"));
  const aside = /kept as (\S+);/.exec(warning)?.[1] ?? "";
  expect(await readFile(aside)).toEqual(journal);
  expect(await readdir(dirname(bench.checkpoint))).not.toContain("dev.json.journal");
});

test("a journal that is damaged inside is refused, and stays", async () => {
  const damaged = journal.toString().replace('"creating"', '"creat');
  await put(base, damaged);
  await expect(bench.open()).rejects.toThrow(/journal .* is damaged: line 2/);
  expect(await readFile(bench.journal, "utf8")).toBe(damaged);
});

test.each(["1", "8"])("a killed process loses nothing that it was told is on disk (%s at once)", async (lanes) => {
  const victimBench = await workbench(keyring);
  await mkdir(join(victimBench.dir, "home"));
  const child = spawn(process.execPath, [join(import.meta.dirname, "victim.ts"), victimBench.dir, lanes], {
    env: { ...process.env, ...victimBench.env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const exited = once(child, "exit");
  const begun = new Set<string>();
  const done = new Set<string>();
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, n = ""] = line.split(" ");
    (word === "done" ? done : begun).add(n);
    if (done.size === 120) child.kill("SIGKILL");
  }
  expect((await exited)[1]).toBe("SIGKILL");
  const store = await victimBench.open();
  expect(store.warnings[0]).toContain(`process ${child.pid}`);
  for (const n of begun) {
    const found = store.live(urnOf(`r${n}`));
    if (done.has(n)) expect(found?.inputs).toEqual({ password: secretOf(`password ${n}`) });
    else
      expect(found !== undefined || store.pending.some(({ resource }) => resource.urn === urnOf(`r${n}`))).toBe(true);
  }
  expect(findFault(store.resources, "dev")).toBeUndefined();
});
