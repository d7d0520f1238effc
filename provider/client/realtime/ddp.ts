/** One conversation in the server's realtime protocol (DDP): methods, subscriptions, signs of life. Knows no rooms. */
import { z } from "zod";
import type { Clock } from "../clock.ts";
import { openWire, type Wire } from "./wire.ts";

const errorSchema = z.object({
  error: z.union([z.string(), z.number()]).optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
  details: z.unknown().optional(),
});

const frameSchema = z.object({
  msg: z.string().optional(),
  id: z.string().optional(),
  subs: z.array(z.string()).optional(),
  result: z.unknown().optional(),
  error: errorSchema.optional(),
  reason: z.string().optional(),
  collection: z.string().optional(),
  fields: z.object({ eventName: z.string().optional(), args: z.array(z.unknown()).optional() }).optional(),
});

/** The server said no. */
export class Refused extends Error {
  /** The server's code. */
  readonly error: string;
  readonly reason: string | undefined;
  readonly details: unknown;

  constructor({ error, reason, message, details }: z.infer<typeof errorSchema>) {
    super(message ?? String(error));
    this.error = String(error ?? "unknown");
    this.reason = reason;
    this.details = details;
  }
}

/** The connection ended before the answer came. */
export class Lost extends Error {}

/** A connection that says nothing for so long is asked; servers ask by themselves before that. */
const SILENCE_MS = 45_000;

export interface DdpOptions {
  readonly url: string;
  /** For connecting and for each answer. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** An event of a stream. */
  onChanged(stream: string, event: string, args: readonly unknown[]): void;
  /** The server ended a subscription that stood. */
  onRevoked(id: string, refused: Refused): void;
  /** Called once for a conversation that had begun. */
  onEnd(ddp: Ddp, reason: string): void;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
  cancel(): void;
}

export class Ddp {
  readonly #options: DdpOptions;
  readonly #waiting = new Map<string, Waiting>();
  #wire: Wire | undefined;
  #count = 0;
  #stopWatching = () => {};
  #isOver = false;

  private constructor(options: DdpOptions) {
    this.#options = options;
  }

  /** Rejects with a plain Error that says why there is no conversation. */
  static async open(options: DdpOptions): Promise<Ddp> {
    const ddp = new Ddp(options);
    ddp.#wire = await openWire(options.url, options.timeoutMs, {
      onFrame: (frame) => ddp.#hear(frame),
      onEnd: (reason) => ddp.#ended(reason),
    });
    ddp.#watch(SILENCE_MS, false);
    try {
      await ddp.#ask("connect", { msg: "connect", version: "1", support: ["1"] });
      return ddp;
    } catch (error) {
      ddp.end("the connection could not be set up");
      throw error;
    }
  }

  /** @throws Refused, Lost. */
  call(method: string, params: readonly unknown[]): Promise<unknown> {
    const id = this.#nextId();
    return this.#ask(id, { msg: "method", method, id, params });
  }

  /** Resolves with the subscription's id. @throws Refused, Lost. */
  async subscribe(stream: string, event: string): Promise<string> {
    const id = this.#nextId();
    await this.#ask(id, { msg: "sub", id, name: stream, params: [event, false] });
    return id;
  }

  unsubscribe(id: string): void {
    this.#wire?.send({ msg: "unsub", id });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  end(reason: string): void {
    this.#wire?.end(reason);
  }

  #nextId(): string {
    return String(++this.#count);
  }

  #ask(key: string, frame: object): Promise<unknown> {
    if (this.#isOver) return Promise.reject(new Lost("the connection is over"));
    return new Promise((resolve, reject) => {
      const { timeoutMs, clock } = this.#options;
      const late = () => this.#wire?.end(`no answer within ${timeoutMs / 1000} s`);
      this.#waiting.set(key, { resolve, reject, cancel: clock.after(timeoutMs, late) });
      this.#wire?.send(frame);
    });
  }

  #settle(key: string | undefined, act: (waiting: Waiting) => void): boolean {
    const waiting = key === undefined ? undefined : this.#waiting.get(key);
    if (key === undefined || !waiting) return false;
    this.#waiting.delete(key);
    waiting.cancel();
    act(waiting);
    return true;
  }

  #hear(raw: unknown): void {
    this.#watch(SILENCE_MS, false);
    const parsed = frameSchema.safeParse(raw);
    if (!parsed.success) return void this.#wire?.end("the server sent a frame that can't be understood");
    const { msg, id, subs, result, error, reason, collection, fields } = parsed.data;
    const refused = () => new Refused(error ?? {});
    switch (msg) {
      case "ping":
        return void this.#wire?.send({ msg: "pong", ...(id !== undefined && { id }) });
      case "connected":
        return void this.#settle("connect", ({ resolve }) => resolve(undefined));
      case "failed":
        return void this.#settle("connect", ({ reject }) =>
          reject(new Error("the server speaks another protocol version")),
        );
      case "result":
        return void this.#settle(id, ({ resolve, reject }) => (error ? reject(refused()) : resolve(result)));
      case "ready":
        for (const sub of subs ?? []) this.#settle(sub, ({ resolve }) => resolve(undefined));
        return;
      case "nosub":
        if (this.#settle(id, ({ reject }) => reject(refused())) || !error || id === undefined) return;
        return void this.#options.onRevoked(id, refused());
      case "changed":
        if (collection !== undefined && fields?.eventName !== undefined)
          this.#options.onChanged(collection, fields.eventName, fields.args ?? []);
        return;
      case "error":
        return void this.#wire?.end(`the server refused a frame: ${reason ?? "without a reason"}`);
      default:
        // collections of the account, and what later servers add
        return;
    }
  }

  /** Asks a silent peer for a sign of life, then gives it up. */
  #watch(ms: number, asked: boolean): void {
    this.#stopWatching();
    this.#stopWatching = this.#options.clock.after(ms, () => {
      if (asked) return void this.#wire?.end("the server went silent");
      this.#wire?.send({ msg: "ping" });
      this.#watch(this.#options.timeoutMs, true);
    });
  }

  #ended(reason: string): void {
    this.#isOver = true;
    this.#stopWatching();
    const open = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject, cancel } of open) {
      cancel();
      reject(new Lost(reason));
    }
    this.#options.onEnd(this, reason);
  }
}
