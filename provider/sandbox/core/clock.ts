/** The server's clock: real time plus what a test moved it forward. Knows only the state that keeps the offset. */
import type { State } from "./state.ts";

export class Clock {
  readonly #state: () => State;

  constructor(state: () => State) {
    this.#state = state;
  }

  /** Milliseconds since the epoch. */
  ms(): number {
    return Date.now() + this.#state().clockOffset;
  }

  /** ISO text, as documents carry it. */
  now(): string {
    return new Date(this.ms()).toISOString();
  }

  advance(seconds: number): void {
    this.#state().clockOffset += seconds * 1000;
  }
}
