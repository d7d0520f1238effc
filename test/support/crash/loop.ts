/** Kills run after run, two at a time, until as many trials as wanted were killed where they should be. */
import { randomFrom } from "../random.ts";
import { type Counts, type Plan, plans } from "./plan.ts";
import { Site } from "./site.ts";
import type { Tried } from "./table.ts";
import { countEvents, trial } from "./trial.ts";
import { OPERATIONS, type OperationName } from "./worlds.ts";

/** One per core; each has a server and a folder of its own. */
const LANES = 2;

export async function crashLoop(seed: number, trials: number): Promise<Tried[]> {
  const random = randomFrom(seed);
  const sites = await Promise.all(Array.from({ length: LANES }, () => Site.open()));
  try {
    const counts: Partial<Record<OperationName, Counts>> = {};
    const names = Object.keys(OPERATIONS) as OperationName[];
    await inLanes(sites, names.values(), async (site, name) => {
      counts[name] = await countEvents(site, OPERATIONS[name]);
    });
    const tried: Tried[] = [];
    const next = plans(counts as Record<OperationName, Counts>, random);
    const wanted = (function* (): Generator<Plan> {
      while (tried.length < trials) yield next.next().value;
    })();
    await inLanes(sites, wanted, async (site, plan) => {
      const outcome = await trial(site, OPERATIONS[plan.operation], plan).catch((error: Error) => ({
        failure: error.message,
      }));
      // A run may end before its moment came: that was no trial.
      if (outcome) tried.push({ plan, outcome });
    });
    return tried;
  } finally {
    for (const site of sites) await site.close();
  }
}

async function inLanes<T>(sites: readonly Site[], work: Iterator<T>, act: (site: Site, item: T) => Promise<void>) {
  // Each lane to its end, so that nothing is at work any more when the sites are closed.
  const ends = await Promise.allSettled(
    sites.map(async (site) => {
      for (let step = work.next(); !step.done; step = work.next()) await act(site, step.value);
    }),
  );
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}
