/** Where a deployment reads the state and records what it does: the stack's store, or memory in a preview. */
import { forget } from "./graph.ts";
import type { Change, Resource, StackStore } from "./state/index.ts";

export type Ledger = Pick<StackStore, "resources" | "live" | "pending" | "begin" | "finish" | "fail" | "record">;

/** Where one resource stands; a removed one leaves it empty. */
interface Place {
  current: Resource | undefined;
}

/** A copy of the state in memory for a preview: changes show, nothing reaches the disk, and no call is announced. */
export function previewLedger(store: Pick<StackStore, "resources" | "pending">): Ledger & Pick<StackStore, "resolve"> {
  const places: Place[] = [];
  const placeOf = new WeakMap<Resource, Place>();
  const livePlaces = new Map<string, Place>();

  function put(place: Place, resource: Resource): void {
    place.current = resource;
    placeOf.set(resource, place);
    if (!resource.delete) livePlaces.set(resource.urn, place);
  }
  function add(resource: Resource): void {
    const place: Place = { current: undefined };
    places.push(place);
    put(place, resource);
  }
  function set(old: Resource, next: Resource | undefined): void {
    const place = placeOf.get(old);
    if (place === undefined) throw new Error(`No such state: ${old.urn}`);
    const urn = place.current?.urn ?? old.urn;
    if (livePlaces.get(urn) === place) livePlaces.delete(urn);
    if (next) put(place, next);
    else place.current = undefined;
  }
  const current = () => places.flatMap((place) => place.current ?? []);
  const live = (urn: string) => livePlaces.get(urn)?.current;
  const noCalls = () => Promise.reject(new Error("A preview makes no calls that change something"));
  store.resources.forEach(add);

  let { pending } = store;
  return {
    get pending() {
      return pending;
    },
    async resolve(settled) {
      pending = pending.filter((operation) => operation !== settled);
    },
    get resources() {
      return current();
    },
    live,
    async record(change: Change) {
      for (const gone of change.remove ?? []) set(gone, undefined);
      for (const [old, next] of change.replace ?? []) set(old, next);
      if (change.put === undefined) return;
      const old = live(change.put.urn);
      if (old) set(old, change.put);
      else add(change.put);
    },
    begin: noCalls,
    finish: noCalls,
    fail: noCalls,
  };
}

/** What refers to an object that is gone must forget it, or the state could not be opened. */
export async function recordGone(ledger: Ledger, gone: readonly Resource[]): Promise<void> {
  if (gone.length === 0) return;
  const going = new Set(gone);
  const left = ledger.resources.filter((state) => !going.has(state));
  const there = new Set(left.map(({ urn }) => urn));
  const urns = new Set(gone.map(({ urn }) => urn).filter((urn) => !there.has(urn)));
  const changed = left.map((state): [Resource, Resource] => [state, forget(state, urns)]);
  await ledger.record({ replace: changed.filter(([old, next]) => old !== next), remove: gone });
}
