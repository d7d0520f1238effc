import { expect, it, onTestFinished } from "vitest";
import { Heartbeat, INTERVAL_MS } from "../../../../provider/sandbox/realtime/heartbeat.ts";

/** A heartbeat on a clock that only the test moves. */
function beating() {
  let now = 1_000_000;
  const seen: string[] = [];
  const heartbeat = new Heartbeat(
    () => now,
    () => seen.push("ping"),
    () => seen.push("end"),
  );
  onTestFinished(() => heartbeat.stop());
  const move = (ms: number) => {
    now += ms;
    heartbeat.look();
    return seen.splice(0);
  };
  return { heartbeat, move };
}

it("asks a client that was silent for a whole interval, and no other", () => {
  const { heartbeat, move } = beating();
  expect(move(INTERVAL_MS)).toEqual([]);
  heartbeat.heard();
  expect(move(INTERVAL_MS)).toEqual([]);
  expect(move(INTERVAL_MS - 1)).toEqual([]);
  expect(move(1)).toEqual(["ping"]);
});

it("gives up on a client that doesn't answer, and goes on with one that does", () => {
  const { heartbeat, move } = beating();
  move(INTERVAL_MS);
  expect(move(INTERVAL_MS)).toEqual(["ping"]);
  heartbeat.heard();
  expect(move(INTERVAL_MS)).toEqual([]);
  expect(move(INTERVAL_MS)).toEqual(["ping"]);
  expect(move(INTERVAL_MS)).toEqual(["end"]);
});

it("leaves time to answer however far the clock was moved", () => {
  const { move } = beating();
  expect(move(100 * INTERVAL_MS)).toEqual(["ping"]);
  expect(move(INTERVAL_MS - 1)).toEqual([]);
  expect(move(1)).toEqual(["end"]);
});
