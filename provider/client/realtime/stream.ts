/** The messages of one room on their way to one reader: a queue that drops what was delivered before. Knows no connection. */
import type { MessageStream, RoomMessage } from "./realtime.ts";

/** So many delivered messages are remembered, to tell a repetition from a change. */
const REMEMBERED = 1_000;

/** Also tells two states of one message apart. */
const versionOf = ({ updatedAt, at }: RoomMessage): number => (updatedAt ?? at).getTime();

export class RoomStream implements MessageStream {
  readonly roomId: string;
  readonly #onClose: (stream: RoomStream) => void;
  readonly #queue: RoomMessage[] = [];
  readonly #delivered = new Map<string, number>();
  #reader: { resolve(result: IteratorResult<RoomMessage>): void; reject(error: Error): void } | undefined;
  #newest: Date | undefined;
  /** While what was missed is being fetched, what comes live waits behind it. */
  #held: RoomMessage[] | undefined;
  #state: "open" | "closed" | Error = "open";

  constructor(roomId: string, onClose: (stream: RoomStream) => void) {
    this.roomId = roomId;
    this.#onClose = onClose;
  }

  /** The time of the newest message that was seen, by the server's clock; undefined where that is not known. */
  get newest(): Date | undefined {
    return this.#newest;
  }

  /** The newest message that was there before: undefined in an empty room. */
  startAfter(message: RoomMessage | undefined | "unknown"): void {
    if (message === undefined) this.#newest = new Date(0);
    else if (message !== "unknown") this.#remember(message);
  }

  hold(): void {
    this.#held ??= [];
  }

  /** Delivers what was missed, then what came meanwhile. @returns how many of `missed` were new. */
  release(missed: readonly RoomMessage[]): number {
    const late = missed.filter(({ id }) => !this.#delivered.has(id));
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const message of [...late, ...held]) this.put(message);
    return late.length;
  }

  put(message: RoomMessage): void {
    if (this.#state !== "open") return;
    if (this.#held) return void this.#held.push(message);
    if (this.#delivered.get(message.id) === versionOf(message)) return;
    this.#remember(message);
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader) reader.resolve({ value: message, done: false });
    else this.#queue.push(message);
  }

  /** The reader gets what has arrived, then the error, once. */
  fail(error: Error): void {
    if (this.#state !== "open") return;
    this.#state = this.#reader ? "closed" : error;
    this.#reader?.reject(error);
    this.#reader = undefined;
  }

  close(): void {
    if (this.#state !== "open") return;
    this.#state = "closed";
    this.#reader?.resolve({ value: undefined, done: true });
    this.#reader = undefined;
    this.#onClose(this);
  }

  next(): Promise<IteratorResult<RoomMessage>> {
    const value = this.#queue.shift();
    if (value) return Promise.resolve({ value, done: false });
    if (this.#state instanceof Error) {
      const error = this.#state;
      this.#state = "closed";
      return Promise.reject(error);
    }
    if (this.#state === "closed") return Promise.resolve({ value: undefined, done: true });
    if (this.#reader) return Promise.reject(new TypeError("a message stream has one reader at a time"));
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
    });
  }

  return(): Promise<IteratorResult<RoomMessage>> {
    this.close();
    this.#queue.length = 0;
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #remember(message: RoomMessage): void {
    this.#delivered.delete(message.id);
    this.#delivered.set(message.id, versionOf(message));
    if (!this.#newest || message.at > this.#newest) this.#newest = message.at;
    const [oldest] = this.#delivered.keys();
    if (this.#delivered.size > REMEMBERED && oldest !== undefined) this.#delivered.delete(oldest);
  }
}
