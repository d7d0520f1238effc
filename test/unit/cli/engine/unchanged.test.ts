import { expect, test } from "vitest";
import { recordUnchanged } from "../../../../provider/cli/engine/unchanged.ts";
import type { RunEvent, StepInfo } from "../../../../provider/runner/events.ts";
import type { Resource } from "../../../../provider/runner/state/index.ts";

const state = { urn: "urn:pulumi:dev::p::t::n", type: "t", custom: true } as Resource;
const step = (given: Partial<StepInfo> = {}): StepInfo => ({
  op: "same",
  urn: state.urn,
  old: state,
  next: state,
  keys: {},
  replaces: [],
  ...given,
});
const same: RunEvent[] = [
  { type: "start", step: step({ next: { ...state } }) },
  { type: "done", step: step(), seconds: 0 },
  { type: "outputs", old: { a: 1 }, next: { a: 1 } },
];

const recorded = (events: readonly RunEvent[]) => {
  const record = recordUnchanged();
  events.forEach(record.listener);
  return record.events;
};

test("what changes nothing is kept to be told again", () => {
  expect(recorded(same)).toEqual(same.slice(1));
});

test.each<[string, RunEvent]>([
  ["an update", { type: "done", step: step({ op: "update" }), seconds: 0 }],
  ["a deletion", { type: "start", step: step({ op: "delete" }) }],
  ["a state that is to be written", { type: "done", step: step({ next: { ...state } }), seconds: 0 }],
  ["a failure", { type: "failed", step: step(), message: "no", seconds: 0 }],
  ["a message", { type: "diagnostic", severity: "warning", message: "look" }],
  ["a wait", { type: "waiting", reason: "the server", until: 0, message: "Waiting for the server." }],
  ["other outputs", { type: "outputs", old: { a: 1 }, next: { a: 2 } }],
])("after %s the run is done", (_, event) => {
  expect(recorded([event, ...same])).toBeUndefined();
  expect(recorded([...same, event])).toBeUndefined();
});
