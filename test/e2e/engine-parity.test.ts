/**
 * The Pulumi CLI still does what is recorded of it, so that the embedded runner is measured against the real thing. A CLI of
 * the version that was recorded is asked about every twentieth scenario, any other about all. UPDATE_SCENARIOS=1 records anew,
 * UPDATE_SCENARIOS=new what has no recording yet.
 */
import { execFileSync } from "node:child_process";
import { afterAll, expect, it } from "vitest";
import { describeOnCli, pulumiCli } from "../support/engines.ts";
import { comparable, play } from "../support/outcomes.ts";
import { keep, recordedWith, recordingOf } from "../support/recordings.ts";
import { themes } from "../support/scenarios/index.ts";

const update = process.env.UPDATE_SCENARIOS;
const version = pulumiCli && execFileSync(pulumiCli, ["version"], { encoding: "utf8" }).trim().replace(/^v/, "");
const isKnown = version === recordedWith() && update === undefined;
let index = 0;

for (const [theme, scenarios] of Object.entries(themes)) {
  const recorded = recordingOf(theme);
  const chosen = Object.entries(scenarios).filter(([title]) => {
    if (update === "new") return !(title in recorded);
    return !isKnown || index++ % 20 === 0;
  });
  if (chosen.length === 0) continue;
  describeOnCli(`${theme} ${isKnown ? "as recorded, every twentieth" : "as recorded"}`, () => {
    it.each(chosen)("%s", async (title, acts) => {
      const outcomes = await play("pulumi", acts);
      if (update) recorded[title] = outcomes;
      else expect(comparable(outcomes, acts)).toEqual(comparable(recorded[title], acts));
    });

    afterAll(() => {
      if (update && version) keep(theme, recorded, version);
    });
  });
}
