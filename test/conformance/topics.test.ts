/** The sandbox answers as the recorded servers did: every required topic, on both releases. */
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { VERSIONS } from "../../provider/sandbox/index.ts";
import { conformanceDir, type Exchange, explained, replayTopic, required, topicsOf } from "./replay.ts";

const there = existsSync(conformanceDir);

/** What differs, in a form that a person can act on. */
const told = (exchanges: readonly Exchange[]): string[] =>
  exchanges.map(({ name, diffs }) => `${name}: ${diffs.map(({ path, why }) => `${path} ${why}`).join("; ")}`);

for (const version of VERSIONS) {
  const suite = there ? describe : describe.skip;
  suite(`recordings of ${version}${there ? "" : " (skipped: no recordings here; set CONFORMANCE_DIR)"}`, () => {
    for (const topic of there ? topicsOf(version).filter(required) : []) {
      it(topic, async () => {
        const { results } = await replayTopic(version, topic);
        expect(told(results.filter(({ status }) => !status))).toEqual([]);
        const differing = results.filter((exchange) => !exchange.strict && !explained(topic, exchange));
        expect(differing.length / results.length, told(differing).join("\n")).toBeLessThanOrEqual(0.02);
      });
    }
    if (!there) it("needs the recordings", () => undefined);
  });
}
