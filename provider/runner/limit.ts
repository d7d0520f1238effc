/** At most so many at once, in the order they came. Knows nothing of what it runs. */
export class Limit {
  readonly #most: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  /** How many of those that wait have gone: to take the first off a list of thousands moves all others. */
  #gone = 0;

  constructor(most: number) {
    this.#most = Math.max(1, most);
  }

  async run<T>(act: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#most) await new Promise<void>((go) => this.#waiting.push(go));
    else this.#running++;
    try {
      return await act();
    } finally {
      // A waiting one takes over this place, so the count stays.
      const next = this.#waiting[this.#gone];
      if (next) this.#let(next);
      else this.#running--;
    }
  }

  #let(next: () => void): void {
    this.#gone++;
    if (this.#gone === this.#waiting.length) {
      this.#waiting.length = 0;
      this.#gone = 0;
    }
    next();
  }
}
