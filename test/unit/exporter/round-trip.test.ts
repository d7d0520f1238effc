/**
 * Random workspaces out of one server, onto it again, and onto an empty one. `ROUND_TRIPS=<n>` runs n seeds (npm run
 * test:roundtrip), without it three. What may differ is listed in test/support/workspaces/round-trip.ts.
 */
import { describe, expect, it } from "vitest";
import { roundTrip } from "../../support/workspaces/round-trip.ts";

const seeds = Number(process.env.ROUND_TRIPS ?? 3);
const first = Number(process.env.FIRST_SEED ?? 1);
/** The content of files can't be read back: taking one over sends it. */
const SENDS_FILES = ["POST /api/v1/emoji-custom.update", "POST /api/v1/custom-sounds.update"];
/** The server answers with the link that is there. */
const ASKS = ["POST /api/v1/findOrCreateInvite"];

describe.each(Array.from({ length: seeds }, (_, index) => first + index))("workspace %i", (seed) => {
  const version = seed % 2 === 1 ? "8.6.1" : "7.7.1";
  it(`fits its own server without a write, and makes another equal (${version})`, { timeout: 120_000 }, async () => {
    const trip = await roundTrip(seed, version, { bigRoom: seed % 50 === 3 ? 120 : 0 });
    expect(trip.writes.filter((route) => ![...SENDS_FILES, ...ASKS].includes(route))).toEqual([]);
    expect(trip.differences).toEqual([]);
    expect(trip.own).toBe(trip.first);
    expect(trip.again).toBe(trip.wanted);
  });
});
