/** Keeps one conversation with the server going: log-in, and coming back after an interruption. Knows no rooms. */
import { AuthenticationError, RocketChatError } from "../../errors.ts";
import type { Clock } from "../clock.ts";
import type { RetryPolicy } from "../policies.ts";
import type { Account } from "../transport/call.ts";
import { Ddp, type DdpOptions, Lost, Refused } from "./ddp.ts";
import type { Failures } from "./failures.ts";
import type { RealtimeEvent } from "./realtime.ts";

/** No pause between two attempts is longer. */
const PAUSE_CAP_MS = 30_000;
const CLOSED = "the connection was closed";

export interface LinkOptions extends Pick<DdpOptions, "url" | "timeoutMs" | "clock" | "onChanged" | "onRevoked"> {
  readonly account: Account;
  readonly failures: Failures;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly retry: RetryPolicy;
  readonly reconnectForMs: number;
  tell(event: RealtimeEvent): void;
  /** Runs whenever somebody is logged in anew; what it throws counts as a lost connection. */
  onUp(ddp: Ddp): Promise<void>;
  onDown(): void;
  /** The connection will not come back. */
  onFailed(error: RocketChatError): void;
}

export class Link {
  readonly #options: LinkOptions;
  #up: Ddp | undefined;
  #ready = pending<Ddp>();
  #isClosed = false;
  #wakeUp = () => {};

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  /** @throws AuthenticationError, NetworkError. */
  async start(): Promise<void> {
    try {
      await this.#open();
    } catch (error) {
      throw isOurs(error) ? error : this.#options.failures.lost("connect", (error as Error).message, false);
    }
  }

  /** The conversation that stands, for what needs no answer. */
  get current(): Ddp | undefined {
    return this.#up;
  }

  /** Does something on the conversation that stands, and again on the next one where it breaks meanwhile. */
  async use<T>(what: string, act: (ddp: Ddp) => Promise<T>): Promise<T> {
    for (;;) {
      const ddp = await this.#ready.promise;
      try {
        return await act(ddp);
      } catch (error) {
        if (error instanceof Refused) throw this.#options.failures.refused(what, error);
        if (!(error instanceof Lost)) throw error;
      }
    }
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#wakeUp();
    // who comes later, or waits for the next conversation, is told
    if (!this.#up) this.#ready.reject(this.#options.failures.lost("connect", CLOSED, false));
    else this.#ready = refused(this.#options.failures.lost("connect", CLOSED, false));
    this.#up?.end(CLOSED);
  }

  async #open(): Promise<void> {
    const { url, timeoutMs, clock, onChanged, onRevoked, onUp, tell } = this.#options;
    const onEnd = (ddp: Ddp, reason: string) => this.#lost(ddp, reason);
    const ddp = await Ddp.open({ url, timeoutMs, clock, onChanged, onRevoked, onEnd });
    try {
      await this.#logIn(ddp);
      await onUp(ddp);
      if (this.#isClosed || ddp.isOver) throw new Lost(CLOSED);
    } catch (error) {
      ddp.end("the connection could not be set up");
      throw error;
    }
    this.#up = ddp;
    tell({ type: "connected" });
    this.#ready.resolve(ddp);
  }

  /** Where a token of a log-in with a password has ended, it is replaced once; a given token can't be. */
  async #logIn(ddp: Ddp): Promise<void> {
    const { account, failures } = this.#options;
    const resume = async () => {
      const { authToken } = await account.token();
      await ddp.call("login", [{ resume: authToken }]).catch((error: unknown) => {
        throw error instanceof Refused ? failures.refused("login", error) : error;
      });
    };
    const first = await account.token();
    try {
      await resume();
    } catch (error) {
      if (!(error instanceof AuthenticationError) || !(await account.renew(first))) throw error;
      await resume();
    }
  }

  /** The end of a conversation that stood; one that is still being set up fails where that is waited for. */
  #lost(ddp: Ddp, reason: string): void {
    if (this.#up !== ddp || this.#isClosed) return;
    this.#up = undefined;
    this.#ready = pending();
    this.#options.onDown();
    this.#options.tell({ type: "disconnected", reason });
    void this.#reconnect(reason);
  }

  async #reconnect(first: string): Promise<void> {
    const { clock, random, retry, failures, reconnectForMs, tell } = this.#options;
    let reason = first;
    const end = clock.now() + reconnectForMs;
    for (let attempt = 1; !this.#isClosed; attempt++) {
      const grown = retry.baseMs * 2 ** Math.min(attempt - 1, 20);
      const inMs = Math.round(random() * Math.min(PAUSE_CAP_MS, grown));
      if (clock.now() + inMs >= end) return void this.#fail(failures.lost("connect", reason, false));
      tell({ type: "reconnecting", attempt, inMs });
      await this.#pause(inMs);
      if (this.#isClosed) return;
      try {
        return await this.#open();
      } catch (error) {
        if (isOurs(error) && error.code !== "network") return void this.#fail(error);
        reason = (error as Error).message;
      }
    }
  }

  #fail(error: RocketChatError): void {
    this.#ready.reject(error);
    this.#options.onFailed(error);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.after(ms, resolve);
      this.#wakeUp = () => {
        cancel();
        resolve();
      };
    });
  }
}

/** Whoever doesn't wait for it isn't troubled by its failure. */
function pending<T>(): PromiseWithResolvers<T> {
  const made = Promise.withResolvers<T>();
  made.promise.catch(() => undefined);
  return made;
}

function refused(error: Error): PromiseWithResolvers<Ddp> {
  const made = pending<Ddp>();
  made.reject(error);
  return made;
}

const isOurs = (error: unknown): error is RocketChatError => error instanceof RocketChatError;
