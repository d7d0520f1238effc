/**
 * The Pulumi CLI still does what is recorded of it, so that the embedded runner is measured against the real thing.
 * UPDATE_SCENARIOS=1 records anew.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { describeOnCli, repository } from "../support/engines.ts";
import { type Outcome, play } from "../support/outcomes.ts";
import { scenarios } from "../support/scenarios.ts";

const file = path.join(repository, "test/fixtures/runner/scenarios.json");
const isRecording = process.env.UPDATE_SCENARIOS === "1";
const recorded = JSON.parse(readFileSync(file, "utf8")) as Record<string, Outcome[]>;

describeOnCli("scenarios as recorded", () => {
  it.each(Object.entries(scenarios))("%s", async (title, acts) => {
    const outcomes = await play("pulumi", acts);
    if (isRecording) recorded[title] = outcomes;
    else expect(outcomes).toEqual(recorded[title]);
  });

  afterAll(() => {
    if (isRecording) {
      const sorted = Object.fromEntries(Object.keys(scenarios).map((title) => [title, recorded[title]]));
      writeFileSync(file, `${JSON.stringify(sorted, undefined, 1)}\n`);
    }
  });
});
