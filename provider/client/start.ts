/** Waits for a server that is still starting. Knows one question to ask, not what follows. */
import type { OnWait } from "./client.ts";
import { type Clock, sleep } from "./clock.ts";

const PAUSE_MS = 1_000;

export interface AwaitOptions {
  /** Fails while the server does not answer as Rocket.Chat does. */
  readonly ask: () => Promise<unknown>;
  readonly url: string;
  readonly clock: Clock;
  readonly onWait: OnWait;
  readonly limitMs: number;
}

/** Undefined when the server answers in time, else why it does not. */
export async function awaitAnswer({ ask, url, clock, onWait, limitMs }: AwaitOptions): Promise<Error | undefined> {
  const end = clock.now() + limitMs;
  for (let attempt = 0; ; attempt++) {
    try {
      await ask();
      return undefined;
    } catch (error) {
      if (clock.now() + PAUSE_MS > end) return error instanceof Error ? error : new Error(String(error));
    }
    if (attempt === 0) {
      const seconds = Math.round(limitMs / 1_000);
      onWait(`${url} does not answer yet; waiting for it to start, ${seconds} seconds at most`, {
        reason: `${url} to start`,
        ms: limitMs,
      });
    }
    await sleep(clock, PAUSE_MS);
  }
}
