import { expect, test } from "vitest";
import { documentOf } from "../../../../provider/cli/engine/pulumi-events.ts";

const line = (event: object) => JSON.stringify({ sequence: 1, timestamp: 1, ...event });

test("keeps steps, errors and counts, and no other message: those may hold secrets", () => {
  const old = { urn: "u", type: "t" };
  const output = [
    "Previewing refresh",
    line({ preludeEvent: { config: {} } }),
    line({
      resOutputsEvent: { metadata: { op: "update", urn: "u", old, new: old, diffs: ["topic"] }, planning: true },
    }),
    line({ resOutputsEvent: { metadata: { op: "delete", urn: "v", old, new: null } } }),
    line({ diagnosticEvent: { message: "token=abc", severity: "debug" } }),
    line({ diagnosticEvent: { message: "token=abc", severity: "info#err" } }),
    line({ diagnosticEvent: { message: "No answer.", severity: "error" } }),
    line({ summaryEvent: { resourceChanges: { update: 1, delete: 1 } } }),
    "{ broken",
  ].join("\n");
  const document = documentOf(output);
  expect(document).toMatchObject({
    steps: [
      { op: "update", urn: "u", oldState: old, newState: old, diffReasons: ["topic"] },
      { op: "delete", urn: "v", oldState: old, newState: null },
    ],
    diagnostics: [{ message: "No answer." }],
    changeSummary: { update: 1, delete: 1 },
  });
  expect(JSON.stringify(document)).not.toContain("abc");
});

test("nothing told is not nothing found", () => {
  expect(documentOf("error: no stack\n")).toBeUndefined();
});
