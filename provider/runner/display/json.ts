/** `--json`: the document of the CLI's `preview --json`, with every secret as "[secret]". Collects; prints nothing. */
import type { Listener, StepInfo } from "../events.ts";
import type { ConfigValue, Resource } from "../state/index.ts";
import { isDefaultProvider, STACK_TYPE, typeOf } from "../urn.ts";
import { masked } from "../values.ts";
import type { Summary } from "./summary.ts";

export interface JsonReport {
  readonly listener: Listener;
  document(summary: Summary, config: ReadonlyMap<string, ConfigValue>, durationMs: number): Record<string, unknown>;
}

export function createJsonReport(): JsonReport {
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
        ...(urn ? { urn } : {}),
        message: severity === "info" ? message : `${severity}: ${message}`,
        severity,
      }));
      return {
        config: Object.fromEntries([...config].map(([key, { value, secret }]) => [key, secret ? "[secret]" : value])),
        steps: steps.map(stepDocument),
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

function stepDocument({ op, urn, old, next, keys, replaces, detailed }: StepInfo): Record<string, unknown> {
  const changed = Object.keys(keys);
  const provider = next?.provider ?? old?.provider;
  return {
    op,
    urn,
    ...(provider ? { provider } : {}),
    ...(old ? { oldState: stateDocument(old) } : {}),
    ...(next ? { newState: stateDocument(next) } : {}),
    ...(changed.length > 0 && op === "update" ? { diffReasons: changed } : {}),
    ...(replaces.length > 0 ? { replaceReasons: replaces } : {}),
    detailedDiff:
      detailed && changed.length > 0
        ? Object.fromEntries(changed.map((key) => [key, { kind: keys[key], inputDiff: true }]))
        : null,
  };
}

function stateDocument(state: Resource): unknown {
  return masked(state);
}
