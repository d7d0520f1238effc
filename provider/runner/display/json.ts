/** `--json`: the document of the CLI's `preview --json`, with every secret as "[secret]". Collects; prints nothing. */
import type { Listener, StepInfo } from "../events.ts";
import type { ConfigValue, Resource } from "../state/index.ts";
import { isDefaultProvider, STACK_TYPE, typeOf } from "../urn.ts";
import { masked } from "../values.ts";
import { changedPaths } from "./paths.ts";
import type { Summary } from "./summary.ts";

export interface JsonReport {
  readonly listener: Listener;
  document(summary: Summary, config: ReadonlyMap<string, ConfigValue>, durationMs: number): Record<string, unknown>;
}

/** `planned`: a preview, whose states have no outcome yet. */
export function createJsonReport(planned = true): JsonReport {
  const steps: StepInfo[] = [];
  return {
    listener(event) {
      if (event.type !== "done" || isDefaultProvider(event.step.urn)) return;
      const { op, urn } = event.step;
      // The CLI shows of what stays the same the stack alone, and a replacement as one step.
      const hidden =
        op === "create-replacement" || op === "delete-replaced" || (op === "same" && typeOf(urn) !== STACK_TYPE);
      if (!hidden) steps.push(event.step);
    },
    document(summary, config, durationMs) {
      const outputs = summary.outputs();
      const diagnostics = summary.diagnostics.map(({ urn, message, severity }) => ({
        ...(urn && typeOf(urn) !== STACK_TYPE ? { urn } : {}),
        message: `${severity === "info" ? "" : `${severity}: `}${message}\n`,
        severity,
      }));
      const entries = [...config].map(([key, { value, secret }]) => [key, secret ? "[secret]" : value] as const);
      return {
        ...(entries.length > 0 ? { config: Object.fromEntries(entries) } : {}),
        steps: steps.map((step) => stepDocument(step, planned)),
        // Ours: the CLI's document leaves the stack's outputs out.
        ...(outputs ? { outputs: masked(outputs.next) } : {}),
        ...(diagnostics.length > 0 ? { diagnostics } : {}),
        // Nanoseconds, as a Go duration is.
        duration: Math.round(durationMs * 1e6),
        changeSummary: Object.fromEntries(
          [...summary.counts].filter(([op]) => op !== "create-replacement" && op !== "delete-replaced"),
        ),
      };
    },
  };
}

function stepDocument(
  { op, urn, old, next, keys, replaces, detailed }: StepInfo,
  planned: boolean,
): Record<string, unknown> {
  const isDiff = op === "update" || op === "replace";
  const changed = isDiff ? Object.keys(keys) : [];
  const provider = next?.provider ?? old?.provider;
  const paths =
    (detailed || op === "replace") && changed.length > 0 ? changedPaths(old?.inputs ?? {}, next?.inputs ?? {}) : {};
  const detailedDiff = Object.entries(paths).map(([path, kind]) => [path, { kind, inputDiff: true }]);
  return {
    op,
    urn,
    ...(provider ? { provider } : {}),
    ...(old ? { oldState: stateDocument(old) } : {}),
    ...(next ? { newState: stateDocument(planned ? unmade(next) : next) } : {}),
    ...(changed.length > 0 ? { diffReasons: changed } : {}),
    ...(replaces.length > 0 ? { replaceReasons: replaces } : {}),
    detailedDiff: detailedDiff.length > 0 ? Object.fromEntries(detailedDiff) : null,
  };
}

const unmade = ({ id: _, outputs: __, ...wanted }: Resource): Resource => wanted as Resource;

function stateDocument(state: Resource): unknown {
  return masked(state);
}
