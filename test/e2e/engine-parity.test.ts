/**
 * The Pulumi CLI still does what is recorded of it, so that the embedded runner is measured against the real thing. A CLI of
 * the version that was recorded is asked about every tenth scenario, any other about all. UPDATE_SCENARIOS=1 records anew.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { describeOnCli, pulumiCli, repository } from "../support/engines.ts";
import { type Outcome, play } from "../support/outcomes.ts";
import { scenarios } from "../support/scenarios.ts";

const file = path.join(repository, "test/fixtures/runner/scenarios.json");
const isRecording = process.env.UPDATE_SCENARIOS === "1";
const versionFile = path.join(repository, "test/fixtures/runner/recorded-with.json");
const version = pulumiCli && execFileSync(pulumiCli, ["version"], { encoding: "utf8" }).trim().replace(/^v/, "");
const recordedWith = (JSON.parse(readFileSync(versionFile, "utf8")) as { pulumi: string }).pulumi;
const isKnown = version === recordedWith && !isRecording;
const chosen = Object.entries(scenarios).filter((_, index) => !isKnown || index % 10 === 0);
const recorded = JSON.parse(readFileSync(file, "utf8")) as Record<string, Outcome[]>;

describeOnCli(isKnown ? "every tenth scenario as recorded" : "scenarios as recorded", () => {
  it.each(chosen)("%s", async (title, acts) => {
    const outcomes = await play("pulumi", acts);
    if (isRecording) recorded[title] = outcomes;
    else expect(outcomes).toEqual(recorded[title]);
  });

  afterAll(() => {
    if (isRecording) {
      const sorted = Object.fromEntries(Object.keys(scenarios).map((title) => [title, recorded[title]]));
      writeFileSync(versionFile, `${JSON.stringify({ pulumi: version })}\n`);
      writeFileSync(file, `${JSON.stringify(sorted, undefined, 1)}\n`);
    }
  });
});
