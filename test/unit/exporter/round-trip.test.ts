/**
 * Random workspaces out of one server, onto it again, and onto an empty one. `ROUND_TRIPS=<n>` runs n seeds on both versions (npm run
 * test:roundtrip), without it three. What may differ is listed in test/support/workspaces/{round-trip,truth}.ts and docs/export.md.
 */
import { describe, expect, it } from "vitest";
import { VERSIONS } from "../../../provider/sandbox/index.ts";
import { sections } from "../../../provider/workspace/sections.ts";
import { NEVER_EXPORTED, roundTrip } from "../../support/workspaces/round-trip.ts";

const count = process.env.ROUND_TRIPS;
const first = Number(process.env.FIRST_SEED ?? 1);
const seeds = Array.from({ length: Number(count ?? 3) }, (_, index) => first + index);
/** Each seed on both where all are run, else in turn. */
const trips = seeds.flatMap((seed) =>
  VERSIONS.filter((_, index) => count !== undefined || seed % 2 === index).map((version) => ({ seed, version })),
);
/** A room of a thousand members. */
const crowdOf = (seed: number) => (count !== undefined && seed % 20 === 0 ? 1_000 : 0);

describe.each(trips)("workspace $seed ($version)", ({ seed, version }) => {
  it("fits its own server without a write, and makes another equal", { timeout: 600_000 }, async () => {
    const trip = await roundTrip(seed, version, { crowd: crowdOf(seed) });
    const kinds = [...sections.keys()].filter((section) => version === "8.6.1" || section !== "customSounds");
    const there = kinds.filter((section) => trip.first.text.includes(`\n${section}:`));
    expect(there).toEqual(kinds.filter((section) => !NEVER_EXPORTED.includes(section)));
    for (const section of NEVER_EXPORTED) expect(trip.made[section]).toBeGreaterThan(0);

    expect(trip.writes).toEqual([]);
    expect(trip.differences).toEqual([]);
    expect(trip.own).toBe(trip.first.text);
    expect(trip.again).toBe(trip.wanted);
    expect(trip.truth.own).toEqual(trip.truth.first);
    expect(trip.truth.again).toEqual(trip.truth.first);
  });
});
