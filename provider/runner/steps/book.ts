/** What a run knows of its states: those it began with, what became of each, and the new ones. Calls nobody. */
import { RunnerError } from "../errors.ts";
import type { Goal } from "../goal.ts";
import type { Resource } from "../state/index.ts";
import { aliasUrns, type Place } from "./aliases.ts";

export class Book {
  /** The state as it was when the run began. */
  readonly olds: readonly Resource[];
  /** New states by URN. */
  readonly news = new Map<string, Resource>();
  /** Old states that a new one stands for. */
  readonly kept = new Set<Resource>();
  /** Old states whose objects go at the end, for a replacement is made. */
  readonly replaced = new Set<Resource>();
  /** New URNs of all that is replaced, in either order. */
  readonly replacing = new Set<string>();
  /** Old states whose objects are deleted before their replacement is made; with the properties that made it so. */
  readonly deletedFirst = new Map<Resource, readonly string[]>();
  readonly #place: Place;
  readonly #byUrn: ReadonlyMap<string, Resource>;
  readonly #claimed = new Set<string>();
  /** Old URN by new URN, for what was found under another name. */
  readonly #aliases = new Map<string, string>();

  constructor(olds: readonly Resource[], place: Place) {
    this.olds = olds;
    this.#byUrn = new Map(olds.filter((state) => !state.delete).map((state) => [state.urn, state]));
    this.#place = place;
  }

  has(urn: string): boolean {
    return this.#claimed.has(urn);
  }

  /** A URN stands for one resource. */
  claim(urn: string): void {
    if (this.#claimed.has(urn)) {
      throw new RunnerError(`Duplicate resource URN '${urn}'; try giving it a unique name`);
    }
    this.#claimed.add(urn);
  }

  /** The old state of this URN that is not merely waiting for its deletion. */
  old(urn: string): Resource | undefined {
    return this.#byUrn.get(urn);
  }

  /** The old state of a resource: under its URN, else under one of its aliases. */
  find(goal: Goal, urn: string): Resource | undefined {
    const own = this.old(urn);
    if (own) return own;
    for (const alias of aliasUrns(goal, this.#place, this.#aliases.get(goal.parent))) {
      const old = this.old(alias);
      if (!old) continue;
      if (this.kept.has(old) || this.replaced.has(old)) {
        throw new RunnerError(`The alias ${alias} of ${urn} belongs to another resource of the program.`);
      }
      this.#aliases.set(urn, alias);
      return old;
    }
    return undefined;
  }

  /** Its replacement was not made after all: the old one stays. */
  spare(old: Resource): void {
    this.replaced.delete(old);
    this.kept.add(old);
  }

  /** What the program no longer declares, and what was replaced. */
  leftOver(): Resource[] {
    return this.olds.filter((old) => !this.kept.has(old));
  }
}
