import { readdir, readFile, stat, symlink, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { createKeyring, StateError } from "../../../../provider/runner/state/index.ts";
import { fixtureKeyring, secretOf, stackUrn, thing, urnOf, workbench } from "./workbench.ts";

const keyring = fixtureKeyring();
const roomUrn = "urn:pulumi:dev::golden::pulumi-nodejs:dynamic/golden:Thing::room";
const hangUrn = "urn:pulumi:dev::golden::golden:index:Group$pulumi-nodejs:dynamic/golden:Thing::hang";

test("a stack that doesn't exist is made by a run that may write, and only then", async () => {
  const bench = await workbench(keyring);
  expect((await bench.open({ write: false })).resources).toEqual([]);
  await expect(stat(bench.checkpoint)).rejects.toThrow("ENOENT");
  const store = await bench.open();
  expect(store.resources).toEqual([]);
  expect((await bench.read()).resources).toEqual([]);
  expect((await stat(bench.checkpoint)).mode & 0o777).toBe(0o600);
  expect(await readFile(`${bench.backend.root}/.pulumi/meta.yaml`, "utf8")).toBe("version: 1\n");
});

test("the CLI's state is opened with its secrets in clear, and an unchanged run leaves the file alone", async () => {
  const bench = await workbench(keyring, "checkpoint");
  const before = await bench.read();
  const store = await bench.open();
  expect(store.resources).toHaveLength(7);
  expect(store.live(roomUrn)?.inputs).toMatchObject({
    password: secretOf("hunter2"),
    nested: { deep: secretOf({ a: 1 }) },
  });
  for (const resource of store.resources) await store.record({ put: { ...resource } });
  await store.save();
  expect((await bench.read()).text).toBe(before.text);
  expect(await readdir(dirname(bench.checkpoint))).toEqual(["dev.json"]);
});

test("only what changed changes on disk, and the former checkpoint is kept", async () => {
  const bench = await workbench(keyring, "checkpoint");
  const before = await bench.read();
  const store = await bench.open({ now: () => new Date("2030-01-01T00:00:00Z") });
  const room = store.live(roomUrn);
  if (!room) throw new Error("no room");
  await store.record({ put: { ...room, outputs: { ...room.outputs, topic: "new" } } });
  await store.save();
  const after = await bench.read();
  const expected = before.resources.map((resource) =>
    resource.urn === roomUrn
      ? { ...resource, outputs: { ...resource.outputs, topic: "new" }, modified: "2030-01-01T00:00:00.000Z" }
      : resource,
  );
  expect(after.resources).toEqual(expected);
  expect(await readFile(`${bench.checkpoint}.bak`, "utf8")).toBe(before.text);
  expect((await readdir(dirname(bench.checkpoint))).sort()).toEqual(["dev.json", "dev.json.bak"]);
});

test("no secret stands in clear in the journal or the checkpoint", async () => {
  const bench = await workbench(keyring);
  const store = await bench.open();
  const wanted = thing("a", { inputs: { password: secretOf("hunter2") }, outputs: { token: secretOf("t0ken") } });
  const operation = await store.begin({ type: "creating", resource: wanted });
  await store.finish(operation, { put: wanted });
  const journal = await readFile(bench.journal, "utf8");
  expect(journal).toContain("creating");
  expect((await stat(bench.journal)).mode & 0o777).toBe(0o600);
  await store.save();
  for (const text of [journal, (await bench.read()).text]) expect(text).not.toMatch(/hunter2|t0ken/);
});

test("begin is on disk before it resolves, finish replaces it, fail takes it back", async () => {
  const bench = await workbench(keyring);
  const store = await bench.open();
  const create = await store.begin({ type: "creating", resource: thing("a") });
  expect((await bench.open({ write: false })).pending).toMatchObject([
    { type: "creating", resource: { urn: urnOf("a") } },
  ]);
  await store.finish(create, { put: thing("a") });
  const remove = await store.begin({ type: "deleting", resource: thing("a") });
  await store.fail(remove);
  const beside = await bench.open({ write: false });
  expect(beside.pending).toEqual([]);
  expect(beside.live(urnOf("a"))?.id).toBe("id-a");
  await expect(store.fail(remove)).rejects.toThrow(/ended already/);
});

test("replacing: the old state is marked, the new one added, then the old one removed by the object first given", async () => {
  const bench = await workbench(keyring);
  const store = await bench.open();
  const old = thing("a", { id: "1" });
  await store.record({ put: old });
  await store.record({ put: thing("b", { dependencies: [urnOf("a")] }) });
  const create = await store.begin({ type: "creating", resource: thing("a", { id: "2" }) });
  await store.finish(create, { replace: [[old, { ...old, delete: true }]], put: thing("a", { id: "2" }) });
  expect(store.live(urnOf("a"))?.id).toBe("2");
  expect(new Map(store.resources.map((resource) => [resource.id, resource.delete]))).toEqual(
    new Map([
      ["1", true],
      ["2", undefined],
      ["id-b", undefined],
    ]),
  );
  await store.save();
  const remove = await store.begin({ type: "deleting", resource: old });
  await store.finish(remove, { remove: [old] });
  await store.save();
  expect((await bench.read()).resources.map(({ id }) => id)).toEqual(["2", "id-b"]);
  await expect(store.record({ remove: [old] })).rejects.toThrow(/was removed/);
});

test("created is set once, also for a replacement; modified at each change", async () => {
  const bench = await workbench(keyring);
  let time = 0;
  const store = await bench.open({ now: () => new Date(Date.UTC(2030, 0, 1, 0, 0, time)) });
  const at = (second: number) => `2030-01-01T00:00:0${second}.000Z`;
  const times = () => [store.live(urnOf("a"))?.created, store.live(urnOf("a"))?.modified];
  time = 1;
  await store.record({ put: thing("a") });
  time = 2;
  await store.record({ put: thing("a") });
  expect(times()).toEqual([at(1), at(1)]);
  await store.record({ put: thing("a", { protect: true }) });
  expect(times()).toEqual([at(1), at(2)]);
  time = 3;
  const old = store.live(urnOf("a"));
  if (!old) throw new Error("no a");
  const operation = await store.begin({ type: "creating", resource: old });
  await store.finish(operation, { replace: [[old, { ...old, delete: true }]], put: { ...old, id: "2" } });
  expect(times()).toEqual([at(3), at(3)]);
});

test("a rename by alias keeps the place, and references follow", async () => {
  const bench = await workbench(keyring);
  const store = await bench.open();
  const [a, b] = [thing("a"), thing("b", { parent: urnOf("a") })];
  await store.record({ put: a });
  await store.record({ put: b });
  await store.record({
    replace: [
      [a, { ...a, urn: urnOf("new") }],
      [b, { ...b, parent: urnOf("new") }],
    ],
  });
  await store.save();
  expect((await bench.read()).resources.map(({ urn, parent }) => [urn, parent])).toEqual([
    [urnOf("new"), undefined],
    [urnOf("b"), urnOf("new")],
  ]);
  expect(store.live(urnOf("a"))).toBeUndefined();
});

test("what refresh found gone leaves no dangling reference", async () => {
  const bench = await workbench(keyring);
  const store = await bench.open();
  const a = thing("a");
  await store.record({ put: a });
  const b = thing("b", { dependencies: [urnOf("a")], propertyDependencies: { x: [urnOf("a")] } });
  await store.record({ put: b });
  await store.record({ remove: [a] });
  expect(store.resources).toMatchObject([{ urn: urnOf("b"), dependencies: [], propertyDependencies: { x: [] } }]);
  await store.record({ put: { ...b, dependencies: [], propertyDependencies: { x: [] }, protect: true } });
  await store.save();
  expect((await bench.open({ write: false })).resources).toHaveLength(1);
});

test("a lost create stays pending until a create of that URN succeeds", async () => {
  const bench = await workbench(keyring, "checkpoint-pending");
  const store = await bench.open();
  expect(store.pending).toMatchObject([{ type: "creating", resource: { urn: hangUrn } }]);
  const failing = await store.begin({ type: "creating", resource: thing("x", { urn: hangUrn }) });
  await store.fail(failing);
  const reading = await store.begin({ type: "reading", resource: thing("x", { urn: hangUrn }) });
  await store.finish(reading, {});
  expect(store.pending).toHaveLength(1);
  const create = await store.begin({ type: "creating", resource: thing("x", { urn: hangUrn }) });
  await store.finish(create, { put: thing("x", { urn: hangUrn }) });
  expect(store.pending).toEqual([]);
  // The same after a kill: closing without a save leaves the journal to the next run.
  await store.close();
  expect((await bench.open()).pending).toEqual([]);
  expect((await bench.read()).pending).toEqual([]);
});

test("a pending operation can be resolved by hand, and that lasts", async () => {
  const bench = await workbench(keyring, "checkpoint-pending");
  const store = await bench.open();
  const [pending] = store.pending;
  if (!pending) throw new Error("nothing pending");
  await store.resolve(pending);
  await store.close();
  expect((await bench.open()).pending).toEqual([]);
  expect((await bench.read()).pending).toEqual([]);
});

test("operations under way at a save become pending, and go when they end", async () => {
  const bench = await workbench(keyring);
  const store = await bench.open();
  const operation = await store.begin({ type: "creating", resource: thing("a") });
  await store.save();
  expect((await bench.read()).pending).toMatchObject([{ type: "creating", resource: { urn: urnOf("a") } }]);
  await store.finish(operation, { put: thing("a") });
  await store.save();
  expect(await bench.read()).toMatchObject({ pending: [], resources: [{ urn: urnOf("a") }] });
});

test("a failed operation at the end of a run leaves neither journal nor change", async () => {
  const bench = await workbench(keyring, "checkpoint");
  const before = await bench.read();
  const store = await bench.open();
  await store.fail(await store.begin({ type: "creating", resource: thing("a") }));
  await store.save();
  expect((await bench.read()).text).toBe(before.text);
  expect(await readdir(dirname(bench.checkpoint))).toEqual(["dev.json"]);
});

test("a second run is refused while the first holds the lock; a preview is not", async () => {
  const bench = await workbench(keyring, "checkpoint");
  const store = await bench.open();
  await expect(bench.open()).rejects.toThrow(/locked by/);
  expect((await bench.open({ write: false })).resources).toHaveLength(7);
  await store.close();
  await store.close();
  await (await bench.open()).close();
});

test("a state for reading refuses changes, a closed one too", async () => {
  const bench = await workbench(keyring, "checkpoint");
  const store = await bench.open({ write: false });
  await expect(store.record({ put: thing("a") })).rejects.toThrow(/reading only/);
  await expect(store.save()).rejects.toThrow(/reading only/);
  const closed = await bench.open();
  await closed.close();
  await expect(closed.begin({ type: "creating", resource: thing("a") })).rejects.toThrow(/closed/);
});

test("a compressed checkpoint stays compressed", async () => {
  const bench = await workbench(keyring, "checkpoint");
  const { gzipSync, gunzipSync } = await import("node:zlib");
  await writeFile(`${bench.checkpoint}.gz`, gzipSync(await readFile(bench.checkpoint)));
  await unlink(bench.checkpoint);
  const store = await bench.open();
  await store.record({ put: thing("a") });
  await store.save();
  const text = gunzipSync(await readFile(`${bench.checkpoint}.gz`)).toString();
  expect(JSON.parse(text).checkpoint.latest.resources).toHaveLength(8);
});

test("a wrong passphrase and a broken state are refused, and the lock is given back", async () => {
  const bench = await workbench(keyring, "checkpoint");
  await expect(bench.open({ keyring: createKeyring({ PULUMI_CONFIG_PASSPHRASE: "no" }) })).rejects.toThrow(
    bench.checkpoint,
  );
  const text = (await bench.read()).text;
  await writeFile(
    bench.checkpoint,
    text.replace('"type":"pulumi:pulumi:Stack"', '"id":"x","type":"pulumi:pulumi:Stack"'),
  );
  await expect(bench.open()).rejects.toThrow(/breaks a rule[\s\S]*is a component but has the id[\s\S]*\.bak/);
  await writeFile(bench.checkpoint, text);
  expect((await bench.open()).live(stackUrn)).toBeDefined();
});

test("a state that breaks a rule is not saved, and the journal keeps it", async () => {
  const bench = await workbench(keyring, "checkpoint");
  const before = await bench.read();
  const store = await bench.open();
  await store.record({ put: thing("a", { parent: urnOf("nobody") }) });
  await expect(store.save()).rejects.toThrow(/Nothing is lost[\s\S]*dev\.json\.journal/);
  expect((await bench.read()).text).toBe(before.text);
  expect(await readFile(bench.journal, "utf8")).toContain(urnOf("a"));
});

test.runIf(process.platform === "linux")(
  "a full disk is said before the call is made; once there is room everything is saved",
  async () => {
    const bench = await workbench(keyring, "checkpoint");
    const store = await bench.open();
    // The kernel's own full disk stands where the journal will be.
    await symlink("/dev/full", bench.journal);
    const error = await store.begin({ type: "creating", resource: thing("a") }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(StateError);
    expect(String(error)).toContain(`Can't write ${bench.journal}: the disk is full.`);
    await expect(store.record({ put: thing("b") })).rejects.toThrow(/disk is full/);
    await unlink(bench.journal);
    await store.save();
    const after = await bench.read();
    expect(after.resources.map(({ urn }) => urn)).toContain(urnOf("b"));
    expect(after.pending).toEqual([]);
  },
);

test("a folder that can't be written is named, and what was there stays", async () => {
  const bench = await workbench(keyring);
  await writeFile(`${bench.backend.root}`, "a file where the folder should be");
  await expect(bench.open()).rejects.toThrow(/Can't (make the folder|read) .*backend.*not a folder/);
  expect(await readFile(bench.backend.root, "utf8")).toContain("a file");
});
