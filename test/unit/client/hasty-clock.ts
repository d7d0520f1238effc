/** A clock for tests on which every wait is over at once: time jumps to its end. Keeps the waits that were asked for. */
import type { Clock } from "../../../provider/client/clock.ts";

export function hastyClock(start = Date.parse("2026-01-01T00:00:00Z")): Clock & { readonly waits: number[] } {
  let time = start;
  const waits: number[] = [];
  return {
    waits,
    now: () => time,
    after(ms, run) {
      const end = time + ms;
      waits.push(ms);
      const handle = setImmediate(() => {
        time = Math.max(time, end);
        run();
      });
      return () => clearImmediate(handle);
    },
  };
}
