/** What a run came to: counts by operation, diagnostics by resource, outputs. Fed with events; prints nothing itself. */
import type { Listener, RunEvent, Severity, StepOp } from "../events.ts";
import { isDefaultProvider, nameOf, typeOf } from "../urn.ts";
import { equal, type Properties } from "../values.ts";
import { show, showChanges } from "./values.ts";
import { wordsOf } from "./words.ts";

export interface Diagnostic {
  readonly severity: Severity;
  readonly urn: string;
  readonly message: string;
}

export interface Summary {
  readonly listener: Listener;
  /** Operations that count: a replacement once. Changes only when `changesOnly`. */
  readonly counts: ReadonlyMap<StepOp, number>;
  readonly diagnostics: readonly Diagnostic[];
  /** How many operations change something. */
  changes(): number;
  /** The block that ends a run. */
  text(planned: boolean): string;
  outputs(): { readonly old: Properties; readonly next: Properties } | undefined;
}

const counted: readonly StepOp[] = ["create", "update", "replace", "delete", "discard"];

export function createSummary(): Summary {
  const counts = new Map<StepOp, number>();
  const diagnostics: Diagnostic[] = [];
  const errored = new Set<string>();
  let outputs: { old: Properties; next: Properties } | undefined;

  function listener(event: RunEvent): void {
    switch (event.type) {
      case "done": {
        const { op, urn } = event.step;
        if (!isDefaultProvider(urn)) counts.set(op, (counts.get(op) ?? 0) + 1);
        return;
      }
      case "failed":
        errored.add(event.step.urn);
        diagnostics.push({ severity: "error", urn: event.step.urn, message: event.message });
        return;
      case "diagnostic":
        diagnostics.push({ severity: event.severity, urn: event.urn ?? "", message: event.message });
        if (event.severity === "error") errored.add(event.urn ?? "");
        return;
      case "outputs":
        outputs = event;
    }
  }

  const changes = () => counted.reduce((sum, op) => sum + (counts.get(op) ?? 0), 0);

  function resources(planned: boolean): string {
    const lines = counted.flatMap((op) => {
      const count = counts.get(op);
      const { symbol, plan, done } = wordsOf(op);
      return count ? [`    ${symbol}${count} ${planned ? `to ${plan}` : done}`] : [];
    });
    const same = counts.get("same") ?? 0;
    if (same > 0)
      lines.push(
        changes() > 0
          ? `    ${changes()} change${changes() === 1 ? "" : "s"}. ${same} unchanged`
          : `    ${same} unchanged`,
      );
    if (errored.size > 0) lines.push(`    ${errored.size} errored`);
    return lines.length > 0 ? `Resources:\n${lines.join("\n")}\n` : "";
  }

  return {
    listener,
    counts,
    diagnostics,
    changes,
    outputs: () => outputs,
    text: (planned) =>
      [diagnosticsText(diagnostics), outputsText(outputs), resources(planned)].filter(Boolean).join("\n"),
  };
}

function diagnosticsText(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return "";
  const byUrn = Map.groupBy(diagnostics, ({ urn }) => urn);
  const blocks = [...byUrn].map(([urn, list]) => {
    const head = urn === "" ? "" : `  ${typeOf(urn)} (${nameOf(urn)}):\n`;
    const lines = list.map(({ severity, message }) => {
      const text = severity === "info" ? message : `${severity}: ${message}`;
      return text
        .trimEnd()
        .split("\n")
        .map((line) => `    ${line}`)
        .join("\n");
    });
    return `${head}${lines.join("\n")}\n`;
  });
  return `Diagnostics:\n${blocks.join("\n")}`;
}

/** Nothing when the outputs are as they were. */
function outputsText(outputs: { old: Properties; next: Properties } | undefined): string {
  if (!outputs || equal(outputs.old, outputs.next)) return "";
  const { old, next } = outputs;
  if (Object.keys(old).length > 0) return `Outputs:\n${showChanges(old, next).join("\n")}\n`;
  const keys = Object.keys(next).sort();
  const width = Math.max(...keys.map((key) => key.length));
  return `Outputs:\n${keys.map((key) => `    ${key.padEnd(width)}: ${show(next[key])}`).join("\n")}\n`;
}
