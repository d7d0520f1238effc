import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createJsonReport } from "../../../../provider/runner/display/json.ts";
import { createSummary } from "../../../../provider/runner/display/summary.ts";
import { changedKeys, type RunEvent, type StepOp } from "../../../../provider/runner/events.ts";
import { type Resource, secret } from "../../../../provider/runner/state/index.ts";

/** As the CLI wrote it (3.260) for a program with a change of every kind; without code and source positions. */
const recorded = JSON.parse(readFileSync(new URL("./fixtures/cli-preview.json", import.meta.url), "utf8")) as {
  steps: { op: StepOp; urn: string; oldState?: Resource; newState?: Resource; replaceReasons?: string[] }[];
  diagnostics: { urn?: string; severity: string; message: string }[];
  changeSummary: Record<string, number>;
};

/** What the CLI masked, as the runner has it: two secrets that differ. */
const unmasked = (state: Resource | undefined, value: string): Resource | undefined =>
  state &&
  (JSON.parse(JSON.stringify(state), (_, inner) => (inner === "[secret]" ? secret(value) : inner)) as Resource);

it("is the CLI's document, key by key", () => {
  const [summary, report] = [createSummary(), createJsonReport()];
  const tell = (event: RunEvent) => {
    summary.listener(event);
    report.listener(event);
  };
  for (const { op, urn, replaceReasons: replaces = [], ...states } of recorded.steps) {
    const [old, next] = [unmasked(states.oldState, "s3cret-old"), unmasked(states.newState, "s3cret-new")];
    const keys = old && next && op !== "same" ? changedKeys(old.inputs, next.inputs) : {};
    const step = {
      op,
      urn,
      keys,
      replaces,
      detailed: op === "update",
      ...(old ? { old } : {}),
      ...(next ? { next } : {}),
    };
    tell({ type: "done", step, seconds: 0 });
  }
  const plain = recorded.diagnostics.filter(({ severity }) => severity === "warning" || severity === "info");
  for (const { urn, severity, message } of plain) {
    const text = message.replace(/^warning: /, "").replace(/\n+$/, "");
    tell({ type: "diagnostic", severity: severity as "info", message: text, ...(urn ? { urn } : {}) });
  }
  const document = JSON.parse(JSON.stringify(report.document(summary, new Map(), 1)));
  expect(JSON.stringify(document)).not.toContain("s3cret");
  // A new object's outputs are not known yet; the CLI repeats the inputs of one kind of replacement there.
  const steps = recorded.steps.map((step) => {
    const { outputs: _, ...newState } = step.newState ?? ({} as Resource);
    return step.newState ? { ...step, newState } : step;
  });
  expect(document.steps).toEqual(steps);
  expect(document.diagnostics).toEqual(plain.map((line) => ({ ...line, message: line.message.replace(/\n+$/, "\n") })));
  const { same: _, ...changes } = recorded.changeSummary;
  expect(document.changeSummary).toMatchObject(changes);
  expect(Object.keys(document).sort()).toEqual(Object.keys(recorded).sort());
});

it("adds the stack's outputs, masked, and the configuration", () => {
  const [summary, report] = [createSummary(), createJsonReport(false)];
  summary.listener({ type: "outputs", old: {}, next: { token: secret("s3cret"), plain: 1 } });
  const config = new Map([["p:key", { value: "s3cret", secret: true, isObject: false }]]);
  expect(report.document(summary, config, 5)).toMatchObject({
    config: { "p:key": "[secret]" },
    outputs: { token: "[secret]", plain: 1 },
    duration: 5_000_000,
  });
});
