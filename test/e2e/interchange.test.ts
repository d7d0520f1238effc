/**
 * The engines can take turns at any point: random programs, each step on an engine chosen at random, after each the other
 * engine sees nothing to do, and there is what a run on one engine alone leaves. By default the first steps of one journey;
 * INTERCHANGE_SEEDS=1-20 goes whole ones.
 */
import { expect } from "vitest";
import { describeOnCli, type Engine } from "../support/engines.ts";
import { journey, type Step } from "../support/random/journey.ts";
import { differences } from "../support/random/names.ts";
import { Traveller } from "../support/random/traveller.ts";
import { scenario } from "../support/scenario.ts";

const [from = 1, to = from] = (process.env.INTERCHANGE_SEEDS ?? "1").split("-").map(Number);
const seeds = Array.from({ length: to - from + 1 }, (_, index) => from + index);
/** Many seeds share the machine: only a hang takes this long. */
const TIMEOUT = 3_600_000;
/** A whole journey takes some minutes of two processors. */
const STEPS = process.env.INTERCHANGE_SEEDS === undefined ? 3 : undefined;
const engine = (isEmbedded: boolean): Engine => (isEmbedded ? "embedded" : "pulumi");

function report(seed: number, index: number, step: Step, what: string, ...travellers: Traveller[]): string {
  const logs = travellers.map(({ log }) => log.slice(-4).join("\n")).join("\n===\n");
  return `Seed ${seed}, step ${index}: ${step.title}\n${what}\n${step.broken ?? ""}\n${step.program}\n${logs}`;
}

describeOnCli("Engines that take turns", () => {
  for (const seed of seeds) {
    scenario(
      `agree after each step of a random program, seed ${seed}`,
      async ({ lab }) => {
        const [both, alone] = await Promise.all([Traveller.start(lab), Traveller.start(lab)]);
        // The embedded runner is the cheaper one to measure by; every third journey measures by the CLI.
        const only = engine(seed % 3 !== 0);
        for (const [index, step] of journey(seed).slice(0, STEPS).entries()) {
          const chosen = step.engines.map(engine);
          const [mixed, pure] = await Promise.all([
            both.go(step, chosen),
            alone.go(
              step,
              chosen.map(() => only),
            ),
          ]);
          const found = differences(mixed, pure).join("\n");
          expect(
            found,
            report(seed, index, step, `${chosen} (left), ${only} alone (right):\n${found}`, both, alone),
          ).toBe("");
          expect(mixed.codes.at(-1), report(seed, index, step, chosen.join(", "), both)).toBe(0);
          const other = engine(chosen.at(-1) !== "embedded");
          const agreed = await both.agrees(other);
          expect(agreed, report(seed, index, step, `after ${chosen}, ${other} sees changes`, both)).toBe(0);
        }
      },
      TIMEOUT,
    );
  }
});
