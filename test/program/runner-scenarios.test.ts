/**
 * The embedded runner does with each scenario what the Pulumi CLI did: same steps, calls, objects, state and exit code. By
 * default with every eighth of them; `npm run scenarios` plays all.
 */
import { describe, expect, it } from "vitest";
import { comparable, play } from "../support/outcomes.ts";
import { recordingOf } from "../support/recordings.ts";
import { themes } from "../support/scenarios/index.ts";

let index = 0;
const isChosen = () => process.env.SCENARIOS === "all" || index++ % 8 === 0;

for (const [theme, scenarios] of Object.entries(themes)) {
  const recorded = recordingOf(theme);
  const chosen = Object.entries(scenarios).filter(isChosen);
  describe.concurrent(`the embedded runner as the Pulumi CLI: ${theme}`, { timeout: 300_000 }, () => {
    it("has a recording for every scenario and no stale one", () => {
      expect(Object.keys(recorded)).toEqual(Object.keys(scenarios));
    });

    it.each(chosen)("%s", async (title, acts) => {
      expect(comparable(await play("embedded", acts), acts)).toEqual(comparable(recorded[title], acts));
    });
  });
}
