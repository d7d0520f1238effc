/** What a run came to: counts by operation, diagnostics by resource, outputs. Fed with events; prints nothing itself. */
import type { Listener, RunEvent, Severity, StepOp } from "../events.ts";
import { isDefaultProvider, nameOf, shownTypeOf } from "../urn.ts";
import { equal, type Properties } from "../values.ts";
import { showChanges } from "./changes.ts";
import { type Paint, unpainted } from "./paint.ts";
import { printable } from "./text.ts";
import { wordsOf } from "./words.ts";

export interface Diagnostic {
  readonly severity: Severity;
  readonly urn: string;
  readonly message: string;
}

export interface SummaryOptions {
  readonly planned: boolean;
  /** Messages were shown in full when they came. */
  readonly diff?: boolean;
  readonly suppressOutputs?: boolean;
  readonly paint?: Paint;
}

export interface Summary {
  readonly listener: Listener;
  /** Operations that count: a replacement once. Changes only when `changesOnly`. */
  readonly counts: ReadonlyMap<StepOp, number>;
  readonly diagnostics: readonly Diagnostic[];
  /** How many operations change something. */
  changes(): number;
  /** The block that ends a run. */
  text(options: SummaryOptions): string;
  outputs(): { readonly old: Properties; readonly next: Properties } | undefined;
}

const counted: readonly StepOp[] = ["create", "update", "delete", "replace", "discard"];

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
        if (event.passing) return;
        diagnostics.push({ severity: event.severity, urn: event.urn ?? "", message: event.message });
        if (event.severity === "error") errored.add(event.urn ?? "");
        return;
      case "outputs":
        outputs = event;
    }
  }

  const changes = () => counted.reduce((sum, op) => sum + (counts.get(op) ?? 0), 0);

  function resources(planned: boolean, paint: Paint): string {
    const lines = counted.flatMap((op) => {
      const count = counts.get(op);
      const { symbol, color, plan, done } = wordsOf(op);
      return count ? [`    ${paint(color, `${symbol}${count} ${planned ? `to ${plan}` : done}`)}`] : [];
    });
    const same = counts.get("same") ?? 0;
    if (same > 0)
      lines.push(
        changes() > 0
          ? `    ${paint("bold", `${changes()} change${changes() === 1 ? "" : "s"}`)}. ${same} unchanged`
          : `    ${same} unchanged`,
      );
    if (errored.size > 0) lines.push(`    ${paint("red", `${errored.size} errored`)}`);
    return lines.length > 0 ? `${heading("Resources:", paint)}\n${lines.join("\n")}\n` : "";
  }

  return {
    listener,
    counts,
    diagnostics,
    changes,
    outputs: () => outputs,
    text: ({ planned, diff = false, suppressOutputs = false, paint = unpainted }) =>
      [
        diff ? "" : diagnosticsText(diagnostics, paint),
        suppressOutputs ? "" : outputsText(outputs, planned, diff, paint),
        resources(planned, paint),
      ]
        .filter(Boolean)
        .join(diff ? "" : "\n"),
  };
}

const heading = (text: string, paint: Paint) => paint(["bold", "magentaBright"], text);

function diagnosticsText(diagnostics: readonly Diagnostic[], paint: Paint): string {
  if (diagnostics.length === 0) return "";
  const byUrn = Map.groupBy(diagnostics, ({ urn }) => urn);
  const blocks = [...byUrn].map(([urn, list]) => {
    const head = urn === "" ? "" : `  ${paint("blueBright", `${shownTypeOf(urn)} (${nameOf(urn)}):`)}\n`;
    const texts = list.map(({ severity, message }) => {
      const [first = "", ...rest] = printable(message).trimEnd().split("\n");
      const label = severity === "info" ? "" : paint(severity === "error" ? "red" : "yellow", `${severity}: `);
      return [`    ${label}${first}\n`, ...rest.map((line) => (line === "" ? "\n" : `    ${line}\n`))].join("");
    });
    return head + texts.join("\n");
  });
  return `${heading("Diagnostics:", paint)}\n${blocks.join("\n")}`;
}

/** All outputs after a run, what has changed among them marked; a preview names the changed ones only. */
function outputsText(
  outputs: { old: Properties; next: Properties } | undefined,
  planned: boolean,
  diff: boolean,
  paint: Paint,
): string {
  if (!outputs) return "";
  const { old, next } = outputs;
  const isSame = (key: string) => key in old && equal(old[key], next[key]);
  const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])];
  const shown = keys.filter((key) => !planned || !isSame(key));
  const only = (values: Properties) =>
    Object.fromEntries(Object.entries(values).filter(([key]) => shown.includes(key)));
  // Of a first run everything is new: signs would say nothing.
  const isFirst = Object.keys(old).length === 0;
  const lines = showChanges(isFirst ? next : only(old), only(next), { whole: true, paint });
  if (lines.length === 0) return "";
  return `${diff ? "    --outputs:--" : heading("Outputs:", paint)}\n${lines.join("\n")}\n`;
}
