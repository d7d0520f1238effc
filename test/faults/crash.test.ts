/** Runs killed at any moment: the next run completes them, with nothing lost, nothing made twice, nothing left behind. */
import { expect, it, vi } from "vitest";
import { crashLoop } from "../support/crash/loop.ts";
import { described, isClean, tableOf } from "../support/crash/table.ts";

const TRIALS = Number(process.env.CRASH_TRIALS ?? 15);
const SEED = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** A machine may be busy; a trial takes less than a second of it. */
const MOST_MS_A_TRIAL = 15_000;

it(`is as if nothing had happened after each of ${TRIALS} kills (CRASH_SEED=${SEED} CRASH_TRIALS=${TRIALS})`, {
  timeout: 60_000 + TRIALS * MOST_MS_A_TRIAL,
}, async () => {
  // Handlers tell what they find; here it would stand between the results.
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  const tried = await crashLoop(SEED, TRIALS).finally(() => log.mockRestore());
  console.log(`Seed ${SEED}\n${tableOf(tried)}`);
  expect(tried.length).toBeGreaterThanOrEqual(TRIALS);
  expect(tried.filter((each) => !isClean(each)).map(described)).toEqual([]);
});
