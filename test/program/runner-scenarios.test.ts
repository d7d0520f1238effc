/** The embedded runner does with each scenario what the Pulumi CLI did: same calls, same objects, same state. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { repository } from "../support/engines.ts";
import { type Outcome, play } from "../support/outcomes.ts";
import { scenarios } from "../support/scenarios.ts";

const file = path.join(repository, "test/fixtures/runner/scenarios.json");
const recorded = JSON.parse(readFileSync(file, "utf8")) as Record<string, Outcome[]>;

describe.concurrent("the embedded runner as the Pulumi CLI", { timeout: 300_000 }, () => {
  it("has a recording for every scenario and no stale one", () => {
    expect(Object.keys(recorded)).toEqual(Object.keys(scenarios));
  });

  it.each(Object.entries(scenarios))("%s", async (title, acts) => {
    expect(await play("embedded", acts)).toEqual(recorded[title]);
  });
});
