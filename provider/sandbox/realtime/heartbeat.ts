/** When a silent connection is asked for a sign of life, and when it is given up: as the server's own heartbeat. No sockets. */

/** Both the server's: it looks every so many ms, and waits as long for an answer. */
export const INTERVAL_MS = 15_000;

export class Heartbeat {
  readonly #now: () => number;
  readonly #ping: () => void;
  readonly #giveUp: () => void;
  #due: number;
  #seen = true;
  #asked = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param now the sandbox's clock, in ms. */
  constructor(now: () => number, ping: () => void, giveUp: () => void) {
    this.#now = now;
    this.#ping = ping;
    this.#giveUp = giveUp;
    this.#due = now() + INTERVAL_MS;
    this.look();
  }

  /** The client said something. */
  heard(): void {
    this.#seen = true;
    if (this.#asked) this.#due = this.#now() + INTERVAL_MS;
    this.#asked = false;
  }

  /** Does what is due; to be called also when the clock was moved. */
  look(): void {
    clearTimeout(this.#timer);
    for (; this.#now() >= this.#due; this.#due += INTERVAL_MS) {
      if (this.#asked) return void this.#giveUp();
      if (!this.#seen) {
        this.#asked = true;
        this.#ping();
        // however far the clock was moved, there is time to answer
        this.#due = this.#now() + INTERVAL_MS;
        break;
      }
      this.#seen = false;
    }
    this.#timer = setTimeout(() => this.look(), this.#due - this.#now()).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
