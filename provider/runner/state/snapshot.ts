/** The state in memory: numbered places that hold one resource each, and changes to them. No files. */
import { isDeepStrictEqual } from "node:util";
import { mendReferences, sortByReferences } from "./references.ts";
import type { SealedResource, Sealer } from "./sealing.ts";
import type { Change, Resource } from "./types.ts";

interface Slot {
  readonly key: number;
  readonly resource: Resource;
  readonly sealed: SealedResource;
}

/** A change in the form of the journal: places by number, so that reading it back needs no searching. */
export interface SlotChange {
  readonly remove?: readonly number[] | undefined;
  readonly set?: ReadonlyArray<readonly [key: number, resource: SealedResource]> | undefined;
}

export class Snapshot {
  readonly #sealer: Sealer;
  readonly #slots = new Map<number, Slot>();
  readonly #keys = new WeakMap<Resource, number>();
  readonly #liveKeys = new Map<string, number>();
  /** Parents of removed URNs, for dependents that have to find the next ancestor. */
  readonly #gone = new Map<string, string | undefined>();
  #needsMending = false;
  /** `#ordered`, until something changes. */
  #order: readonly Slot[] | undefined;
  #nextKey = 0;

  /** `keys`: numbers of the places, as a journal counts them; by position when left out. */
  constructor(sealer: Sealer, resources: readonly SealedResource[], keys?: readonly number[]) {
    this.#sealer = sealer;
    for (const [index, sealed] of resources.entries()) this.#place(keys?.[index] ?? index, sealer.open(sealed), sealed);
  }

  live(urn: string): Resource | undefined {
    const key = this.#liveKeys.get(urn);
    return key === undefined ? undefined : this.#slots.get(key)?.resource;
  }

  /** All states, mended and in dependency order. */
  get resources(): Resource[] {
    return this.#ordered().map((slot) => slot.resource);
  }

  /** The same in the form of the disk. */
  get sealed(): SealedResource[] {
    return this.#ordered().map((slot) => slot.sealed);
  }

  /** Numbers of the places in the order of `sealed`. */
  get keys(): number[] {
    return this.#ordered().map((slot) => slot.key);
  }

  /**
   * Applies a change and gives it back for the journal; undefined when nothing changed. Throws TypeError when it names a
   * state that is not there, and then applies nothing.
   */
  apply(change: Change, stamp: { readonly now: string; readonly isNew: boolean }): SlotChange | undefined {
    const remove = (change.remove ?? []).map((resource) => this.#keyOf(resource));
    const going = new Set(remove);
    const targets: Array<readonly [number | undefined, Resource]> = (change.replace ?? []).map(([old, next]) => [
      this.#keyOf(old),
      next,
    ]);
    if (change.put) {
      const key = change.put.delete ? undefined : this.#liveKeys.get(change.put.urn);
      const taken =
        key === undefined || going.has(key) || targets.some(([other, next]) => other === key && next.delete);
      targets.push([taken ? undefined : key, change.put]);
    }
    for (const key of remove) this.#remove(key);
    const set: Array<readonly [number, SealedResource]> = [];
    for (const [at, resource] of targets) {
      const key = at ?? this.#nextKey;
      const current = this.#slots.get(key);
      const isNew = !current || (stamp.isNew && resource === change.put);
      const created = isNew ? stamp.now : current.resource.created;
      const plain: Resource = {
        ...resource,
        ...(created && { created }),
        modified: current?.resource.modified ?? stamp.now,
      };
      if (current && isDeepStrictEqual(this.#sealer.seal(plain), current.sealed)) {
        this.#keys.set(resource, key);
        continue;
      }
      const stored = { ...plain, modified: stamp.now };
      const sealed = this.#sealer.seal(stored);
      this.#place(key, stored, sealed);
      this.#keys.set(resource, key);
      set.push([key, sealed]);
    }
    if (remove.length === 0 && set.length === 0) return undefined;
    return { ...(remove.length > 0 && { remove }), ...(set.length > 0 && { set }) };
  }

  /** Applies a change that was read from a journal. */
  replay(change: SlotChange): void {
    for (const key of change.remove ?? []) this.#remove(key);
    for (const [key, sealed] of change.set ?? []) this.#place(key, this.#sealer.open(sealed), sealed);
  }

  #keyOf(resource: Resource): number {
    const key = this.#keys.get(resource);
    if (key === undefined || !this.#slots.has(key))
      throw new TypeError(`${resource.urn} is not in this state, or was removed from it.`);
    return key;
  }

  #place(key: number, resource: Resource, sealed: SealedResource): void {
    this.#order = undefined;
    const former = this.#slots.get(key)?.resource;
    if (former && this.#liveKeys.get(former.urn) === key) this.#liveKeys.delete(former.urn);
    this.#slots.set(key, { key, resource, sealed });
    this.#keys.set(resource, key);
    if (!resource.delete) this.#liveKeys.set(resource.urn, key);
    this.#nextKey = Math.max(this.#nextKey, key + 1);
  }

  #remove(key: number): void {
    const slot = this.#slots.get(key);
    if (!slot) return;
    this.#order = undefined;
    this.#slots.delete(key);
    const { urn, parent } = slot.resource;
    if (this.#liveKeys.get(urn) === key) this.#liveKeys.delete(urn);
    this.#gone.set(urn, parent);
    this.#needsMending = true;
  }

  #ordered(): readonly Slot[] {
    if (this.#needsMending) this.#mend();
    this.#order ??= sortByReferences([...this.#slots.values()], (slot) => slot.resource);
    return this.#order;
  }

  #mend(): void {
    this.#needsMending = false;
    const there = new Set([...this.#slots.values()].map((slot) => slot.resource.urn));
    for (const { key, resource } of this.#slots.values()) {
      const mended = mendReferences(
        resource,
        (urn) => there.has(urn),
        (urn) => this.#gone.get(urn),
      );
      if (mended !== resource) this.#place(key, mended, this.#sealer.seal(mended));
    }
  }
}
