/**
 * What a Pulumi CLI tells line by line of a preview, as the document of `preview --json`. Its own document of a refresh leaves out what differs
 * in an argument that would make a new object (3.260): as if nothing were changed. Runs nothing.
 */
import { z } from "zod";

/** Makes `--json` of a preview a line for each event. */
export const LINE_BY_LINE: NodeJS.ProcessEnv = { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };

const metadata = z.looseObject({
  op: z.string(),
  urn: z.string(),
  old: z.unknown().optional(),
  new: z.unknown().optional(),
  diffs: z.unknown().optional(),
});
const event = z.looseObject({
  sequence: z.number(),
  resOutputsEvent: z.looseObject({ metadata }).optional(),
  diagnosticEvent: z.looseObject({ message: z.string(), severity: z.string() }).optional(),
  summaryEvent: z.looseObject({ resourceChanges: z.record(z.string(), z.number()).nullish() }).optional(),
});

/** Undefined where there is no event at all. Of diagnostics, errors alone: others may hold secrets in clear. */
export function documentOf(output: string): Record<string, unknown> | undefined {
  const events = output.split("\n").flatMap((line) => {
    if (!line.startsWith("{")) return [];
    try {
      const read = event.safeParse(JSON.parse(line));
      return read.success ? [read.data] : [];
    } catch {
      return [];
    }
  });
  if (events.length === 0) return undefined;
  return {
    steps: events.flatMap(({ resOutputsEvent }) => {
      if (resOutputsEvent === undefined) return [];
      const { op, urn, old, new: next, diffs } = resOutputsEvent.metadata;
      return [{ op, urn, oldState: old, newState: next, diffReasons: diffs }];
    }),
    diagnostics: events.flatMap(({ diagnosticEvent }) =>
      diagnosticEvent?.severity === "error" ? [diagnosticEvent] : [],
    ),
    changeSummary: events.find(({ summaryEvent }) => summaryEvent !== undefined)?.summaryEvent?.resourceChanges,
  };
}
