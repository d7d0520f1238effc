/** How long and how often the client tries again: named data, every number with its unit. No behaviour. */

/** Repeats after a lost or broken answer. Waits grow by factor 2 with full jitter: anything from 0 to the grown value. */
export interface RetryPolicy {
  /** The first one included. */
  readonly attempts: number;
  /** Upper end of the first wait. */
  readonly baseMs: number;
  /** Upper end of any wait. */
  readonly capMs: number;
  /** No attempt starts later than this after the first failure. */
  readonly totalMs: number;
}

/** Waiting for the server's rate limit. */
export interface LimitPolicy {
  /** A call gives up when its route has let nobody through for this long. */
  readonly maxWaitMs: number;
  /** Added to the reset time, so that the next call surely falls into the new window. */
  readonly marginMs: number;
  /** Least wait after a 429, whatever the server says. */
  readonly minHoldMs: number;
  /** Wait after a 429 that does not say how long. */
  readonly blindHoldMs: number;
}

export interface Policy {
  readonly retry: RetryPolicy;
  readonly limit: LimitPolicy;
}

export const policies = {
  /** Five attempts in about eight seconds, two minutes at most; a quarter of an hour for the rate limit. */
  standard: {
    retry: { attempts: 5, baseMs: 1_000, capMs: 8_000, totalMs: 120_000 },
    limit: { maxWaitMs: 15 * 60_000, marginMs: 100, minHoldMs: 1_000, blindHoldMs: 10_000 },
  },
  /** The same number of attempts in milliseconds, for tests. */
  rapid: {
    retry: { attempts: 5, baseMs: 2, capMs: 20, totalMs: 5_000 },
    limit: { maxWaitMs: 15 * 60_000, marginMs: 10, minHoldMs: 10, blindHoldMs: 50 },
  },
} as const satisfies Record<string, Policy>;
