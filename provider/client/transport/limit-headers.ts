/** Reads what an answer says about the rate limit. Decides nothing. */
import type { Answer } from "./call.ts";

/** The window that the call fell into. */
export interface Window {
  /** Calls per window; undefined where the server does not tell. */
  readonly limit: number | undefined;
  /** Calls left in the window. `Infinity` on routes that are counted but not limited. */
  readonly remaining: number;
  /** End of the window, epoch milliseconds of the server's clock. */
  readonly resetAt: number;
}

export function windowOf({ headers }: Answer): Window | undefined {
  const remaining = numberIn(headers["x-ratelimit-remaining"]);
  const resetAt = numberIn(headers["x-ratelimit-reset"]);
  if (remaining === undefined || resetAt === undefined) return undefined;
  return { limit: numberIn(headers["x-ratelimit-limit"]), remaining, resetAt };
}

/** Milliseconds to wait as a 429 states them relative to now: in the server's sentence, or in a proxy's `Retry-After`. */
export function statedWaitMs({ headers, content, receivedAt }: Answer): number | undefined {
  if (content.kind === "json") {
    const seconds = /wait (\d+) seconds?/.exec(
      (content.value as { error?: unknown } | null)?.error?.toString() ?? "",
    )?.[1];
    if (seconds !== undefined) return Number(seconds) * 1000;
  }
  const retryAfter = headers["retry-after"];
  if (retryAfter === undefined) return undefined;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : Math.max(0, date - receivedAt);
}

function numberIn(header: string | undefined): number | undefined {
  const value = Number(header?.trim() || Number.NaN);
  return Number.isNaN(value) ? undefined : value;
}
