/**
 * The REST rate limiter: a fixed window per address, route and method. Runs on real time, as advancing the server's
 * clock must not end a window by accident. Knows no route and no permission.
 */

export interface LimitRule {
  calls: number;
  ms: number;
}

export interface LimitState {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Epoch milliseconds. */
  reset: number;
}

export class RateLimiter {
  readonly #windows = new Map<string, { count: number; ends: number }>();

  /** Counts one call. */
  take(key: string, rule: LimitRule, now: number): LimitState {
    let window = this.#windows.get(key);
    if (!window || window.ends <= now) {
      window = { count: 0, ends: now + rule.ms };
      this.#windows.set(key, window);
    }
    const allowed = window.count < rule.calls;
    if (allowed) window.count++;
    return { allowed, limit: rule.calls, remaining: rule.calls - window.count, reset: window.ends };
  }

  clear(): void {
    this.#windows.clear();
  }
}

export const limitHeaders = (state: LimitState): Record<string, string> => ({
  "x-ratelimit-limit": String(state.limit),
  "x-ratelimit-remaining": String(Math.max(0, state.remaining)),
  "x-ratelimit-reset": String(state.reset),
});

export const limitText = (state: LimitState, now: number): string =>
  `Error, too many requests. Please slow down. You must wait ${Math.max(1, Math.ceil((state.reset - now) / 1000))} seconds before trying this endpoint again. [error-too-many-requests]`;
