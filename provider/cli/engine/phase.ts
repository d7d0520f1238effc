/** One phase of a command, the preview or the real thing: runs the engine and shows what it tells. */
import { destroy } from "../../runner/destroy.ts";
import { diffText, isDetail } from "../../runner/display/diff.ts";
import { createJsonReport } from "../../runner/display/json.ts";
import { createProgress } from "../../runner/display/progress.ts";
import { createSummary, type Summary } from "../../runner/display/summary.ts";
import { seconds } from "../../runner/display/words.ts";
import type { Listener } from "../../runner/events.ts";
import { type Ledger, previewLedger } from "../../runner/ledger.ts";
import { runProgram } from "../../runner/program.ts";
import { refresh } from "../../runner/refresh.ts";
import { captureConsole } from "./console.ts";
import { defaultParallel, type EngineOptions, type Operation } from "./options.ts";
import type { Session } from "./session.ts";

export interface PhaseResult {
  readonly ok: boolean;
  readonly summary: Summary;
  /** The document of `--json`. */
  readonly document: Record<string, unknown>;
  /** Each change property by property, as `--diff` shows it. */
  readonly details: string;
}

const headings: Record<Exclude<Operation, "preview">, readonly [planned: string, real: string]> = {
  up: ["Previewing update", "Updating"],
  refresh: ["Previewing refresh", "Refreshing"],
  destroy: ["Previewing destroy", "Destroying"],
};

export async function runPhase(
  operation: Exclude<Operation, "preview">,
  session: Session,
  options: EngineOptions,
  dryRun: boolean,
  signal: AbortSignal,
): Promise<PhaseResult> {
  const { json = false, diff = false, parallel = defaultParallel() } = options;
  const [planned, real] = headings[operation];
  const say = (text: string) => json || process.stdout.write(`${text}\n`);
  say(`${dryRun ? planned : real} (${session.stack}):\n`);

  const began = performance.now();
  const summary = createSummary();
  const report = createJsonReport();
  const details: string[] = [];
  const progress = json ? undefined : createProgress({ stream: process.stdout, planned: dryRun, diff });
  const listener: Listener = (event) => {
    summary.listener(event);
    report.listener(event);
    if (event.type === "done" && isDetail(event.step)) details.push(diffText(event.step));
    progress?.listener(event);
  };
  const ledger = dryRun ? previewLedger(session.store) : session.store;
  const release = captureConsole(listener);
  let ok: boolean;
  try {
    ok = await act(operation, session, { ledger, listener, dryRun, parallel, signal }, options.refresh ?? false);
  } finally {
    release();
    progress?.end();
  }
  const durationMs = performance.now() - began;
  if (signal.aborted) listener({ type: "diagnostic", severity: "error", message: `${operation} canceled` });
  say(`\n${summary.text(dryRun)}`);
  if (!dryRun) say(`Duration: ${seconds(durationMs / 1000)}\n`);
  return {
    ok: ok && !signal.aborted,
    summary,
    document: report.document(summary, session.config, durationMs),
    details: details.join("\n"),
  };
}

interface Running {
  readonly ledger: Ledger;
  readonly listener: Listener;
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly signal: AbortSignal;
}

async function act(
  operation: Exclude<Operation, "preview">,
  session: Session,
  running: Running,
  refreshFirst: boolean,
) {
  const providers = session.providers();
  try {
    if (operation === "refresh") return await refresh({ ...running, providers });
    if (operation === "destroy") return await destroy({ ...running, providers });
    if (refreshFirst && !(await refresh({ ...running, providers }))) return false;
    return await runProgram({
      ...running,
      ...session.host,
      providers: session.providers(),
      project: session.project.name,
      stack: session.stack,
      defaultInputs: session.defaultInputs,
    });
  } finally {
    await providers.dispose();
  }
}
