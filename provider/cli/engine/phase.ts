/** One phase of a command, the preview or the real thing: runs the engine and shows what it tells. */
import { runDeclared } from "../../runner/declared.ts";
import { destroy } from "../../runner/destroy.ts";
import { diffText, isDetail } from "../../runner/display/diff.ts";
import { createJsonReport } from "../../runner/display/json.ts";
import { painterOf } from "../../runner/display/paint.ts";
import { createProgress } from "../../runner/display/progress.ts";
import { createSummary, type Summary } from "../../runner/display/summary.ts";
import type { Listener, RunEvent, StepInfo } from "../../runner/events.ts";
import { previewLedger } from "../../runner/ledger.ts";
import { clearPendingCreates, type SettlingLedger, settlePending } from "../../runner/pending.ts";
import { runProgram } from "../../runner/program.ts";
import type { Voice } from "../../runner/providers/provider.ts";
import { createRedaction } from "../../runner/redaction.ts";
import { refresh } from "../../runner/refresh.ts";
import type { Properties } from "../../runner/values.ts";
import { declare } from "../document/declare.ts";
import { guardProcess, unguarded } from "./guard.ts";
import { defaultParallel, type EngineOptions, type Operation } from "./options.ts";
import type { Session } from "./session.ts";
import { isDrawable } from "./terminal.ts";
import { recordUnchanged } from "./unchanged.ts";

export interface PhaseResult {
  readonly ok: boolean;
  readonly summary: Summary;
  /** The document of `--json`. */
  readonly document: Record<string, unknown>;
  /** Each change property by property, as `--diff` shows it. */
  details(): string;
  /** Of a preview by which an update that follows at once has nothing to do: what the update would tell. */
  readonly unchanged: readonly RunEvent[] | undefined;
}

const headings: Record<Exclude<Operation, "preview">, readonly [planned: string, real: string]> = {
  up: ["Previewing update", "Updating"],
  refresh: ["Previewing refresh", "Refreshing"],
  destroy: ["Previewing destroy", "Destroying"],
};

/** `foretold`: what comes of it is known from the preview; it is told again, and nothing is done. */
export async function runPhase(
  operation: Exclude<Operation, "preview">,
  session: Session,
  options: EngineOptions,
  dryRun: boolean,
  signal: AbortSignal,
  foretold?: readonly RunEvent[],
): Promise<PhaseResult> {
  const { json = false, diff = false, suppressOutputs = false, parallel = defaultParallel() } = options;
  const stream = unguarded(process.stdout);
  const paint = painterOf(stream);
  const heading = headings[operation][dryRun ? 0 : 1];
  const say = (text: string) => json || stream.write(text);
  say(
    `${paint(["bold", "magentaBright"], `${heading} (${session.stack}):`)}\n${isDrawable(stream) || diff ? "" : "\n"}`,
  );

  const began = performance.now();
  const summary = createSummary();
  const report = createJsonReport(dryRun);
  const changes: StepInfo[] = [];
  const shape = { stream, live: isDrawable(stream), planned: dryRun, doing: heading.toLowerCase(), diff };
  const progress = json ? undefined : createProgress(shape);
  const redaction = createRedaction([...session.config.values()].flatMap(({ secret, value }) => (secret ? value : [])));
  if (foretold === undefined) redaction.learn(session.store.resources);
  const unchanged = dryRun ? recordUnchanged() : undefined;
  const listener: Listener = redaction.cleaning((event) => {
    summary.listener(event);
    if (json || dryRun) report.listener(event);
    if (dryRun && event.type === "done" && isDetail(event.step)) changes.push(event.step);
    unchanged?.listener(event);
    progress?.listener(event);
  });
  const ledger = dryRun ? previewLedger(session.store) : session.store;
  const guard = guardProcess(listener);
  const continueOnError = options.continueOnError ?? process.env.PULUMI_CONTINUE_ON_ERROR === "true";
  const running = { ledger, listener, dryRun, parallel, continueOnError, learn: redaction.learn };
  const stop = AbortSignal.any([signal, guard.signal]);
  const note = () => progress?.note(String(signal.reason));
  signal.addEventListener("abort", note);
  let ok: boolean;
  try {
    foretold?.forEach(listener);
    ok = foretold !== undefined || (await act(operation, session, { ...running, signal: stop }, options));
    if (signal.aborted) listener({ type: "diagnostic", severity: "error", message: `${operation} canceled` });
  } finally {
    signal.removeEventListener("abort", note);
    guard.release();
    progress?.end();
  }
  const durationMs = performance.now() - began;
  const gap = diff ? "" : "\n";
  say(`${gap}${summary.text({ planned: dryRun, diff, suppressOutputs, paint })}${gap}`);
  if (!dryRun) say(`${paint(["bold", "magentaBright"], "Duration:")} ${Math.round(durationMs / 1000)}s\n${gap}`);
  return {
    ok: ok && !stop.aborted,
    summary,
    document: report.document(summary, session.config, durationMs),
    details: () => changes.map((step) => diffText(step, true, paint)).join("\n"),
    // A program may do otherwise when it runs again, and a refresh looks at the server.
    unchanged:
      session.document !== undefined && !options.refresh && session.store.pending.length === 0
        ? unchanged?.events
        : undefined,
  };
}

interface Running {
  readonly ledger: SettlingLedger;
  readonly listener: Listener;
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly continueOnError: boolean;
  readonly signal: AbortSignal;
  readonly learn: (values: Properties) => void;
}

async function act(
  operation: Exclude<Operation, "preview">,
  session: Session,
  running: Running,
  { refresh: refreshFirst = false, clearPendingCreates: clear = false }: EngineOptions,
) {
  const voice: Voice = {
    waiting: (wait) => running.listener({ type: "waiting", ...wait }),
    log: (message) => running.listener({ type: "diagnostic", severity: "info", message, passing: true }),
    signal: running.signal,
  };
  const providers = session.providers(voice);
  try {
    if (operation === "refresh" && clear) await clearPendingCreates(running.ledger);
    if (operation !== "destroy") await settlePending({ ...running, providers });
    if (operation === "refresh") return await refresh({ ...running, providers });
    if (refreshFirst && !(await refresh({ ...running, providers }))) return false;
    if (operation === "destroy") return await destroy({ ...running, providers });
    const { document, project, stack, defaultInputs, config, host } = session;
    const deployment = { ...running, providers: session.providers(voice), project: project.name, stack, defaultInputs };
    if (document === undefined) return await runProgram({ ...deployment, ...host });
    return await runDeclared(declare(document, project.name, config), deployment);
  } finally {
    await providers.dispose();
  }
}
