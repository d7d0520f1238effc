/**
 * Lets calls of one route through so that the server's limit is never met twice in a window, however many are in flight.
 * Knows windows and waiting, neither HTTP nor accounts.
 */
import type { Clock } from "../clock.ts";
import type { LimitPolicy } from "../policies.ts";
import { LimitFailure } from "./failure.ts";

export interface GateOptions {
  readonly policy: LimitPolicy;
  readonly clock: Clock;
  /** A wait begins that somebody is held up by. */
  readonly onHold: (waitMs: number, gate: RouteGate) => void;
}

interface Waiter {
  readonly who: string;
  readonly since: number;
  admit(): void;
  refuse(failure: LimitFailure): void;
}

/** Two answers of one window may state its end some milliseconds apart: the server adds the rest to its clock each time. */
const SAME_WINDOW_MS = 100;

export class RouteGate {
  /** Calls per window, once known. */
  limit: number | undefined;
  private readonly options: GateOptions;
  private inFlight = 0;
  /** Calls left in the window; undefined while no answer of the window has told: then one call at a time finds out. */
  private remaining: number | undefined;
  private resetAt = 0;
  private lostCount = 0;
  private heldUntil = 0;
  private announced = 0;
  private lastProgress: number;
  private queue: Waiter[] = [];
  private cancelTimer: (() => void) | undefined;

  constructor(options: GateOptions) {
    this.options = options;
    this.lastProgress = options.clock.now();
  }

  /**
   * Resolves when the call may be sent; `exit` must follow its end. `since`: when the call first asked, epoch milliseconds.
   * A refused call goes to the front. Rejects with LimitFailure.
   */
  enter(who: string, since: number, isRepeat: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const admit = () => {
        this.inFlight += 1;
        resolve();
      };
      const waiter: Waiter = { who, since, admit, refuse: reject };
      if (isRepeat) this.queue.unshift(waiter);
      else this.queue.push(waiter);
      this.pump();
    });
  }

  /** A call is over; what its answer told must have been given before. */
  exit(): void {
    this.inFlight -= 1;
    this.pump();
  }

  /** An answer came, and it was not a 429. */
  progressed(): void {
    this.lastProgress = this.options.clock.now();
  }

  /** No answer came, though the server may have counted the call. */
  lost(): void {
    // Answers to what was sent beside it may not have counted it yet.
    if (this.inFlight > 1) this.lostCount += 1;
    if (this.remaining !== undefined) this.countDown(this.remaining - 1);
  }

  /** An answer told what is left. `resetAt` in local epoch milliseconds. */
  learn(window: { limit: number | undefined; remaining: number; resetAt: number }): void {
    this.limit = window.limit ?? this.limit;
    if (window.resetAt <= this.options.clock.now()) return;
    const isNewWindow = window.resetAt > this.resetAt + SAME_WINDOW_MS;
    if (isNewWindow) this.lostCount = 0;
    this.resetAt = Math.max(this.resetAt, window.resetAt);
    // Answers may overtake each other: within a window only the smallest number is true.
    const left = window.remaining - this.lostCount;
    this.countDown(isNewWindow ? left : Math.min(left, this.remaining ?? Infinity));
  }

  /** A 429 came, or the window is used up: nobody is let through until then. */
  hold(until: number): void {
    this.heldUntil = Math.max(this.heldUntil, until);
    this.remaining = undefined;
  }

  /** These callers need not wait (any more). */
  release(who: string): void {
    const released = this.queue.filter((waiter) => waiter.who === who);
    this.queue = this.queue.filter((waiter) => waiter.who !== who);
    for (const waiter of released) waiter.admit();
  }

  private countDown(remaining: number): void {
    this.remaining = Math.max(0, remaining);
    if (this.remaining === 0) this.hold(this.resetAt + this.options.policy.marginMs);
  }

  private pump(): void {
    const now = this.options.clock.now();
    if (now < this.heldUntil) {
      this.refuseHopeless(now);
      this.waitForReset(now);
      return;
    }
    if (this.remaining !== undefined && now >= this.resetAt) this.remaining = undefined;
    while (this.queue.length > 0 && this.inFlight < (this.remaining ?? 1)) this.queue.shift()!.admit();
  }

  /** A long queue that moves on is not given up: time counts from when the route last let somebody through. */
  private refuseHopeless(now: number): void {
    const { maxWaitMs } = this.options.policy;
    const isHopeless = (waiter: Waiter) => this.heldUntil > Math.max(waiter.since, this.lastProgress) + maxWaitMs;
    const hopeless = this.queue.filter(isHopeless);
    if (hopeless.length === 0) return;
    this.queue = this.queue.filter((waiter) => !isHopeless(waiter));
    for (const waiter of hopeless) waiter.refuse(new LimitFailure(this.heldUntil - now, maxWaitMs));
  }

  private waitForReset(now: number): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    if (this.queue.length === 0) return;
    const waitMs = this.heldUntil - now;
    this.cancelTimer = this.options.clock.after(waitMs, () => this.pump());
    if (this.announced === this.heldUntil) return;
    this.announced = this.heldUntil;
    this.options.onHold(waitMs, this);
  }
}
