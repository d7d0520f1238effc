/** After a save in the middle of a run the journal still means the same states as the run does. */
import { expect, test } from "vitest";
import type { StackStore } from "../../../../provider/runner/state/index.ts";
import { fixtureKeyring, thing, urnOf, workbench } from "./workbench.ts";

const NAMES = ["a", "b", "c", "d", "e"];

const names = (store: StackStore): string[] => store.resources.map(({ urn }) => urn.split("::").at(-1) ?? "");

async function remove(store: StackStore, name: string): Promise<void> {
  const state = store.live(urnOf(name));
  if (!state) throw new Error(`no ${name}`);
  await store.finish(await store.begin({ type: "deleting", resource: state }), { remove: [state] });
}

test("removals around a save are read back as they were, run after killed run", async () => {
  const bench = await workbench(fixtureKeyring());
  const first = await bench.open();
  for (const name of NAMES) await first.record({ put: thing(name) });
  await first.save();
  // A gap, a save, and then removals of states behind the gap. `close` without a save is all that a killed run leaves.
  await remove(first, "b");
  await first.save();
  await remove(first, "d");
  await first.close();

  const second = await bench.open();
  expect(names(second)).toEqual(["a", "c", "e"]);
  // Opening folded the journal; what follows counts on from there.
  await remove(second, "a");
  await second.record({ put: thing("f") });
  await second.close();

  const third = await bench.open();
  expect(names(third)).toEqual(["c", "e", "f"]);
  await remove(third, "e");
  await third.close();
  expect(names(await bench.open())).toEqual(["c", "f"]);
});

test("so are removals after the journal of a killed run was folded in", async () => {
  const bench = await workbench(fixtureKeyring());
  const first = await bench.open();
  for (const name of NAMES) await first.record({ put: thing(name) });
  await first.save();
  await remove(first, "a");
  await first.close();

  const second = await bench.open();
  await remove(second, "c");
  await second.close();
  expect(names(await bench.open())).toEqual(["b", "d", "e"]);
});

test("what ends while the state is being saved outlives a kill right after", async () => {
  const bench = await workbench(fixtureKeyring());
  const first = await bench.open();
  for (const name of NAMES) await first.record({ put: thing(name) });
  const creating = await first.begin({ type: "creating", resource: thing("late") });
  const saved = first.save();
  await Promise.all([saved, first.finish(creating, { put: thing("late") }), first.record({ put: thing("later") })]);
  await first.close();
  const second = await bench.open();
  expect(names(second)).toEqual([...NAMES, "late", "later"]);
  expect(second.pending).toEqual([]);
});
