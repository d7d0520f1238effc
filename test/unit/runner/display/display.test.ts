import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { showChanges } from "../../../../provider/runner/display/changes.ts";
import { diffText } from "../../../../provider/runner/display/diff.ts";
import { createJsonReport } from "../../../../provider/runner/display/json.ts";
import { createProgress } from "../../../../provider/runner/display/progress.ts";
import { createSummary } from "../../../../provider/runner/display/summary.ts";
import { show } from "../../../../provider/runner/display/values.ts";
import type { RunEvent, StepInfo } from "../../../../provider/runner/events.ts";
import { changedKeys } from "../../../../provider/runner/events.ts";
import { type Resource, secret } from "../../../../provider/runner/state/index.ts";
import { UNKNOWN } from "../../../../provider/runner/values.ts";

const urn = "urn:pulumi:dev::p::pulumi-nodejs:dynamic/x:T::alice";
const state = (inputs: Record<string, unknown>): Resource => ({
  urn,
  type: "pulumi-nodejs:dynamic/x:T",
  custom: true,
  inputs,
});
const old = state({ __provider: "code", color: "red", pw: secret("s3cret"), nest: { a: 1, b: 1 }, gone: true });
const next = state({ __provider: "code2", color: "blue", pw: secret("other"), nest: { a: 1, b: 2 }, fresh: UNKNOWN });
const update: StepInfo = {
  op: "update",
  urn,
  old,
  next,
  keys: changedKeys(old.inputs, next.inputs),
  replaces: [],
  detailed: true,
};

function printed(events: readonly RunEvent[], planned: boolean, diff = false): string {
  let text = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  const progress = createProgress({ stream, planned, diff, live: false, doing: "updating" });
  for (const event of events) progress.listener(event);
  progress.end();
  return text;
}

it("shows values as the CLI does", () => {
  expect(show({ b: [1, secret("x")], a: "text", u: UNKNOWN, e: {} })).toBe(
    '{\n        a: "text"\n        b: [\n            [0]: 1\n            [1]: [secret]\n        ]\n        e: {}\n        u: [unknown]\n    }',
  );
});

it("shows changes only, nested ones in their place", () => {
  expect(showChanges(old.inputs ?? {}, next.inputs ?? {})).toEqual([
    '  ~ color: "red" => "blue"',
    "  + fresh: [unknown]",
    "  - gone : true",
    "  ~ nest : {",
    "      ~ b: 1 => 2",
    "    }",
    "  ~ pw   : [secret] => [secret]",
  ]);
});

it("writes a line a step, in the CLI's words", () => {
  expect(
    printed(
      [
        { type: "start", step: update },
        { type: "done", step: update, seconds: 0.1 },
      ],
      true,
    ),
  ).toBe(" ~  pulumi-nodejs:dynamic/x:T alice update [diff: +fresh-gone~color,nest,pw]\n");
  expect(
    printed(
      [
        { type: "start", step: update },
        { type: "done", step: update, seconds: 0.1 },
      ],
      false,
    ),
  ).toBe(
    " ~  pulumi-nodejs:dynamic/x:T alice updating (0s) [diff: +fresh-gone~color,nest,pw]\n ~  pulumi-nodejs:dynamic/x:T alice updated (0.10s) [diff: +fresh-gone~color,nest,pw]\n",
  );
  expect(printed([{ type: "failed", step: update, message: "no\nbecause", seconds: 1 }], false)).toBe(
    " ~  pulumi-nodejs:dynamic/x:T alice **updating failed** error: no\n",
  );
});

it("never shows a secret, nor a handler's code", () => {
  const summary = createSummary();
  const report = createJsonReport();
  const outputs: RunEvent = { type: "outputs", old: {}, next: { token: secret("s3cret") } };
  for (const event of [{ type: "done", step: update, seconds: 1 } as const, outputs]) {
    summary.listener(event);
    report.listener(event);
  }
  const json = JSON.stringify(
    report.document(summary, new Map([["p:key", { value: "s3cret", secret: true, isObject: false }]]), 5),
  );
  const everything = [
    json,
    summary.text({ planned: true }),
    diffText(update),
    printed([{ type: "done", step: update, seconds: 1 }], true, true),
  ];
  expect(everything.join("\n")).not.toMatch(/s3cret|other/);
  expect(diffText(update)).not.toContain("code");
});

it("counts, and tells what went wrong at the end", () => {
  const summary = createSummary();
  const done = (op: StepInfo["op"]): RunEvent => ({ type: "done", step: { ...update, op }, seconds: 0 });
  for (const op of ["same", "create-replacement", "replace", "delete-replaced", "update"] as const)
    summary.listener(done(op));
  summary.listener({ type: "failed", step: update, message: "no\nbecause", seconds: 0 });
  summary.listener({ type: "diagnostic", severity: "warning", message: "mind" });
  expect(summary.changes()).toBe(2);
  expect(summary.text({ planned: false })).toBe(
    "Diagnostics:\n  pulumi-nodejs:dynamic/x:T (alice):\n    error: no\n    because\n\n    warning: mind\n\n" +
      "Resources:\n    ~ 1 updated\n    +-1 replaced\n    2 changes. 1 unchanged\n    1 errored\n",
  );
});

it("tells how far something is when it is, and not again at the end", () => {
  const event = { type: "diagnostic", severity: "info", message: "1 of 2 layers", passing: true } as const;
  expect(printed([event], false)).toContain("1 of 2 layers");
  const summary = createSummary();
  summary.listener(event);
  expect(summary.text({ planned: false })).not.toContain("layers");
});

it("gives the document of `preview --json`", () => {
  const summary = createSummary();
  const report = createJsonReport();
  const provider: StepInfo = {
    op: "create",
    urn: "urn:pulumi:dev::p::pulumi:providers:x::default",
    keys: {},
    replaces: [],
  };
  for (const step of [update, provider, { ...update, op: "same" as const }]) {
    report.listener({ type: "done", step, seconds: 0 });
    summary.listener({ type: "done", step, seconds: 0 });
  }
  const document = report.document(summary, new Map(), 2);
  expect(document).toMatchObject({ changeSummary: { update: 1, same: 1 }, duration: 2_000_000 });
  expect(document.steps).toMatchObject([
    {
      op: "update",
      urn,
      oldState: { inputs: { pw: "[secret]", color: "red" } },
      newState: { inputs: { pw: "[secret]", color: "blue" } },
      diffReasons: ["color", "fresh", "gone", "nest", "pw"],
      detailedDiff: { color: { kind: "update", inputDiff: true }, gone: { kind: "delete" }, fresh: { kind: "add" } },
    },
  ]);
});

it("shows all outputs after a run, and only the changed ones in a preview", () => {
  const summary = createSummary();
  const outputs = (before: Record<string, unknown>, after: Record<string, unknown>) =>
    summary.listener({ type: "outputs", old: before, next: after } as RunEvent);
  outputs({ a: 1, token: secret("x") }, { a: 1, token: secret("x") });
  expect(summary.text({ planned: true })).toBe("");
  expect(summary.text({ planned: false })).toBe("Outputs:\n    a    : 1\n    token: [secret]\n");
  outputs({ a: 1, b: 1 }, { a: 1, b: 2 });
  expect(summary.text({ planned: true })).toBe("Outputs:\n  ~ b: 1 => 2\n");
  expect(summary.text({ planned: false })).toBe("Outputs:\n    a: 1\n  ~ b: 1 => 2\n");
});
