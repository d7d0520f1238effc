/** Decisions that a seed repeats, for what has to be decided in a random program. */
import { type Random, randomFrom } from "../random.ts";

export class Chance {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  below(limit: number): number {
    return this.#random.below(limit);
  }

  /** True this often: 0 never, 1 always. */
  is(probability: number): boolean {
    return this.#random.next() < probability;
  }

  /** One of them, undefined when there is none. */
  of<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }

  shuffled<T>(items: readonly T[]): T[] {
    const keyed = items.map((item) => [this.#random.next(), item] as const);
    return keyed.sort(([left], [right]) => left - right).map(([, item]) => item);
  }
}
