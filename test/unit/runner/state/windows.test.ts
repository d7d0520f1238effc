/** What happens between two steps on disk: file operations are held back or fail where a test says so. */
import { readFile } from "node:fs/promises";
import { beforeEach, expect, test, vi } from "vitest";
import { fixtureKeyring, stackUrn, thing, urnOf, workbench } from "./workbench.ts";

type Hook = (what: string, path: string) => Promise<void> | void;
const held = vi.hoisted(() => ({ hook: undefined as Hook | undefined }));

vi.mock("node:fs/promises", async (original) => {
  const fs = await original<typeof import("node:fs/promises")>();
  return {
    ...fs,
    rename: async (from: string, to: string) => {
      await held.hook?.("rename", to);
      return fs.rename(from, to);
    },
    rm: async (path: string, options: object) => {
      await held.hook?.("rm", path);
      return fs.rm(path, options);
    },
    open: async (path: string, flags: string, mode: number) => {
      await held.hook?.("open", path);
      const handle = await fs.open(path, flags, mode);
      const write = handle.write.bind(handle) as (...args: unknown[]) => Promise<unknown>;
      Object.assign(handle, {
        async write(...args: unknown[]) {
          await held.hook?.("write", path);
          return write(...args);
        },
      });
      return handle;
    },
  };
});

const keyring = fixtureKeyring();
const full = () => Promise.reject(Object.assign(new Error("full"), { code: "ENOSPC" }));
beforeEach(() => {
  held.hook = undefined;
});

/** Holds the first operation of this kind until `go`; `reached` resolves when it is there. */
function gate(what: string, ending: string) {
  const { promise: opened, resolve: go } = Promise.withResolvers<void>();
  const { promise: reached, resolve: arrive } = Promise.withResolvers<void>();
  held.hook = async (name, path) => {
    if (name !== what || !path.endsWith(ending)) return;
    arrive();
    await opened;
  };
  return { go, reached };
}

const urns = (store: { resources: readonly { urn: string }[] }) => store.resources.map(({ urn }) => urn);
const failing =
  (what: string, ending: string): Hook =>
  (name, path) =>
    name === what && path.endsWith(ending) ? full() : undefined;

test("a killed run's journal stays until the checkpoint has what it says", async () => {
  const bench = await workbench(keyring);
  const killed = await bench.open();
  await killed.record({ put: thing("a") });
  await killed.close();
  held.hook = failing("rename", "dev.json");
  await expect(bench.open()).rejects.toThrow(/Can't write .*dev\.json: the disk is full/);
  held.hook = undefined;
  const store = await bench.open();
  expect(urns(store)).toEqual([urnOf("a")]);
  expect(store.warnings).toEqual([expect.stringContaining("A former run was killed")]);
});

test("what ends after a save that failed half-way is found, whether its checkpoint got there or not", async () => {
  for (const half of ["rename", "rm"]) {
    const bench = await workbench(keyring);
    const store = await bench.open();
    await store.record({ put: thing("a") });
    const running = await store.begin({ type: "creating", resource: thing("b") });
    await store.record({ put: thing("c") });
    const c = store.live(urnOf("c"));
    // "rm": the checkpoint is in its place, what follows fails.
    held.hook = failing(half, half === "rename" ? "dev.json" : ".attrs");
    await expect(store.save()).rejects.toThrow();
    held.hook = undefined;
    await store.finish(running, { put: thing("b") });
    if (c) await store.record({ remove: [c] });
    await store.close();
    const next = await bench.open();
    expect(urns(next)).toEqual([urnOf("a"), urnOf("b")]);
    expect(next.pending).toEqual([]);
    await next.close();
  }
});

test("what couldn't be written to the journal is written with the next record", async () => {
  const bench = await workbench(keyring);
  const store = await bench.open();
  const running = await store.begin({ type: "creating", resource: thing("a") });
  held.hook = failing("write", ".journal");
  await expect(store.begin({ type: "creating", resource: thing("never") })).rejects.toThrow(/disk is full/);
  await expect(store.finish(running, { put: thing("a") })).rejects.toThrow(/disk is full/);
  held.hook = undefined;
  await store.record({ put: thing("b", { dependencies: [urnOf("a")] }) });
  await store.close();
  const next = await bench.open();
  expect(urns(next)).toEqual([urnOf("a"), urnOf("b")]);
  expect(next.pending).toEqual([]);
});

test("operations that begin and end while a save is under way belong to the next journal", async () => {
  const bench = await workbench(keyring);
  const store = await bench.open();
  await store.record({ put: thing("a") });
  const running = await store.begin({ type: "creating", resource: thing("b") });
  const { go, reached } = gate("rename", "dev.json");
  const saving = store.save();
  await reached;
  const finishing = store.finish(running, { put: thing("b") });
  const beginning = store.begin({ type: "creating", resource: thing("c") });
  const again = store.save();
  go();
  await Promise.all([saving, finishing, beginning, again]);
  await store.close();
  const next = await bench.open();
  expect(urns(next)).toEqual([urnOf("a"), urnOf("b")]);
  expect(next.pending.map(({ resource }) => resource.urn)).toEqual([urnOf("c")]);
});

test("an operation that begins while a journal without changes is removed is on disk when it is said to be", async () => {
  const bench = await workbench(keyring, "checkpoint");
  const store = await bench.open();
  await store.fail(await store.begin({ type: "creating", resource: thing("a") }));
  const { go, reached } = gate("rm", ".journal");
  const saving = store.save();
  await reached;
  const beginning = store.begin({ type: "creating", resource: thing("b") });
  go();
  await Promise.all([saving, beginning]);
  expect((await bench.open({ write: false })).pending.map(({ resource }) => resource.urn)).toEqual([urnOf("b")]);
});

test("after a journal that couldn't be removed the run goes on, and nothing is applied twice", async () => {
  const bench = await workbench(keyring, "checkpoint");
  const store = await bench.open();
  await store.record({ put: thing("a") });
  held.hook = failing("rm", ".journal");
  await expect(store.save()).rejects.toThrow(/Can't remove .*journal/);
  held.hook = undefined;
  await store.record({ put: thing("b") });
  await store.close();
  const next = await bench.open();
  expect(urns(next).filter((urn) => urn === urnOf("a") || urn === urnOf("b"))).toEqual([urnOf("a"), urnOf("b")]);
  expect(next.live(stackUrn)).toBeDefined();
});

test("two saves at once write one after the other", async () => {
  const bench = await workbench(keyring);
  const store = await bench.open();
  await store.record({ put: thing("a") });
  const first = store.save();
  await store.record({ put: thing("b") });
  await Promise.all([first, store.save(), store.save()]);
  expect((await bench.read()).resources.map(({ urn }) => urn)).toEqual([urnOf("a"), urnOf("b")]);
  await expect(readFile(bench.journal)).rejects.toThrow("ENOENT");
});
