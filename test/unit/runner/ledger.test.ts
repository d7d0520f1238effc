import { expect, it } from "vitest";
import { previewLedger } from "../../../provider/runner/ledger.ts";
import { Limit } from "../../../provider/runner/limit.ts";
import type { Resource } from "../../../provider/runner/state/index.ts";

const state = (urn: string, more: Partial<Resource> = {}): Resource => ({ urn, type: "t", custom: true, ...more });
const [a, b] = [state("a"), state("b")];
const ledgerOf = (...resources: Resource[]) => previewLedger({ resources, pending: [] });

it("applies changes in memory; any object that stood for a place still does", async () => {
  const ledger = ledgerOf(a, b);
  const a2 = state("a", { id: "2" });
  await ledger.record({ put: a2 });
  await ledger.record({ replace: [[a, { ...a2, delete: true }]], put: state("a", { id: "3" }) });
  expect(ledger.resources.map(({ urn, id, delete: doomed }) => [urn, id, doomed])).toEqual([
    ["a", "2", true],
    ["b", undefined, undefined],
    ["a", "3", undefined],
  ]);
  expect(ledger.live("a")?.id).toBe("3");
  await ledger.record({ remove: [a2, b] });
  expect(ledger.resources).toHaveLength(1);
});

it("refuses calls, and states it never had", async () => {
  const ledger = ledgerOf(a);
  await expect(ledger.begin({ type: "creating", resource: b })).rejects.toThrow(/preview makes no calls/);
  await expect(ledger.record({ remove: [b] })).rejects.toThrow(/No such state: b/);
});

it("runs at most so many at once, in order, and goes on after a failure", async () => {
  const limit = new Limit(2);
  const log: string[] = [];
  const gates = new Map<string, () => void>();
  const run = (name: string, fails = false) =>
    limit.run(async () => {
      log.push(name);
      await new Promise<void>((open) => gates.set(name, open));
      if (fails) throw new Error(name);
    });
  const all = [run("1", true).catch(() => log.push("1 failed")), run("2"), run("3"), run("4")];
  await Promise.resolve();
  expect(log).toEqual(["1", "2"]);
  for (const name of ["1", "2", "3", "4"]) {
    await expect.poll(() => gates.has(name)).toBe(true);
    gates.get(name)?.();
  }
  await Promise.all(all);
  expect(log.filter((line) => line.length === 1)).toEqual(["1", "2", "3", "4"]);
});
