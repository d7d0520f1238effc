/** What went wrong in a run that goes on all the same, and what can't be done because of it. Knows only who needs whom. */
import { references } from "../graph.ts";
import type { Resource } from "../state/index.ts";
import type { Step } from "./step.ts";

export class Setbacks {
  readonly #urns = new Set<string>();
  readonly #olds: Resource[] = [];

  /** `olds`: the states as they were, whose own dependencies must stay for them. */
  add(urn: string, olds: readonly Resource[]): void {
    this.#urns.add(urn);
    this.#olds.push(...olds);
  }

  /** Old states of what failed or was left out. */
  get olds(): readonly Resource[] {
    return this.#olds;
  }

  /** True when a step needs something that failed, or that was left out itself. */
  prevents(steps: readonly Step[]): boolean {
    if (this.#urns.size === 0) return false;
    return steps.some(({ next, old }) => {
      const state = next ?? old;
      return state !== undefined && [...references(state)].some((urn) => this.#urns.has(urn));
    });
  }
}
