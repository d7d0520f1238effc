/** Time as the client sees it, replaceable in tests. */

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs something after `ms` milliseconds; the returned function takes that back. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Settles with the task, or with undefined after `ms`; leaves no timer behind. */
export async function within<T>(clock: Clock, ms: number, task: Promise<T>): Promise<T | undefined> {
  let cancel = () => {};
  const limit = new Promise<undefined>((resolve) => {
    cancel = clock.after(ms, () => resolve(undefined));
  });
  return Promise.race([task, limit]).finally(() => cancel());
}

export const sleep = (clock: Clock, ms: number): Promise<void> => new Promise((resolve) => clock.after(ms, resolve));
