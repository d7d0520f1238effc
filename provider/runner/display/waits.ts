/** What handlers wait for, with the seconds left. Knows no clock but the one it is given, and no resource. */
import type { Waiting } from "../events.ts";

export interface Waits {
  add(wait: Waiting): void;
  /** One line for each wait that isn't over, the longest first. */
  lines(now: number): string[];
}

export function createWaits(): Waits {
  const waits = new Map<string, Waiting>();
  return {
    add: (wait) => void waits.set(wait.reason, wait),
    lines(now) {
      for (const [reason, { until }] of waits) if (until <= now) waits.delete(reason);
      return [...waits.values()]
        .sort((one, other) => other.until - one.until)
        .map(({ reason, until }) => `waiting for ${reason}: ${Math.ceil((until - now) / 1000)} s`);
    },
  };
}
