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
      [diagnosticsText(diagnostics), outputsText(outputs, planned), resources(planned)].filter(Boolean).join("\n"),
  };
}

/** Lines of the severity "info" were shown when they came. */
function diagnosticsText(diagnostics: readonly Diagnostic[]): string {
  const shown = diagnostics.filter(({ severity }) => severity !== "info");
  if (shown.length === 0) return "";
  const byUrn = Map.groupBy(shown, ({ urn }) => urn);
  const blocks = [...byUrn].map(([urn, list]) => {
    const head = urn === "" ? "" : `  ${typeOf(urn)} (${nameOf(urn)}):\n`;
    const lines = list.map(({ severity, message }) => {
      return `${severity}: ${message}`
        .trimEnd()
        .split("\n")
        .map((line) => `    ${line}`)
        .join("\n");
    });
    return `${head}${lines.join("\n")}\n`;
  });
  return `Diagnostics:\n${blocks.join("\n")}`;
}

/** All outputs after a run, what has changed among them marked; a preview names the changed ones only. */
function outputsText(outputs: { old: Properties; next: Properties } | undefined, planned: boolean): string {
  if (!outputs) return "";
  const { old, next } = outputs;
  const isFirst = Object.keys(old).length === 0;
  const isSame = (key: string) => key in old && equal({ value: old[key] }, { value: next[key] });
  const plain = Object.keys(next)
    .filter((key) => (isFirst ? true : !planned && isSame(key)))
    .sort();
  const width = Math.max(0, ...plain.map((key) => key.length));
  const lines = [
    ...plain.map((key) => `    ${key.padEnd(width)}: ${show(next[key])}`),
    ...(isFirst ? [] : showChanges(old, next)),
  ];
  return lines.length > 0 ? `Outputs:\n${lines.join("\n")}\n` : "";
}
