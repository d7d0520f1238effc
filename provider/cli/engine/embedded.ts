/** The engine commands on the embedded runner: preview, question, the real thing. */
import { messageOf } from "../../runner/errors.ts";
import { keepHeapSmall, keepYoungSpace } from "../../runner/small-heap.ts";
import { cancelOnSignals } from "./cancellation.ts";
import { confirmPreview, isConfirmed } from "./confirm.ts";
import type { EngineOptions, Operation } from "./options.ts";
import { type PhaseResult, runPhase } from "./phase.ts";
import { openSession, type Session } from "./session.ts";

const nouns = { up: "update", refresh: "refresh", destroy: "destroy" } as const;

/** The CLI's exit code for `--expect-no-changes`. */
const CHANGES_WERE_NOT_EXPECTED = 7;

/** What looks at the document of a run's own preview before that run goes on. */
export interface PreviewCheck {
  /** There is a preview for it, also when none was asked for. */
  readonly required: boolean;
  /** Rejects when the run must not go on. */
  check(document: unknown): Promise<void>;
}

/** Gives the exit code: 0, 1 when anything failed, 7 when changes were not expected. Rejects with what ends it beforehand. */
export async function runEmbedded(
  operation: Operation,
  options: EngineOptions,
  before: PreviewCheck = { required: false, check: async () => undefined },
): Promise<number> {
  const previewOnly = operation === "preview" || options.previewOnly === true;
  const asked = isConfirmed(options) || options.skipPreview === true;
  keepHeapSmall();
  keepYoungSpace();
  const session = await openSession(options, !previewOnly, operation === "up" || operation === "preview");
  // Handlers take relative paths from where the CLI runs them. All paths of the state are absolute by now.
  process.chdir(session.workingFolder);
  const cancellation = cancelOnSignals(async () => {
    // Without a change to write this is nothing; with calls in flight they become pending, for the CLI to see as well.
    if (!previewOnly) await session.store.save();
    await session.store.close();
  });
  try {
    for (const warning of session.store.warnings) process.stderr.write(`warning: ${warning}\n`);
    warnOfPending(session);
    if (session.created && !previewOnly && !options.json) process.stdout.write(`Created stack '${session.stack}'\n`);
    return await run(
      operation === "preview" ? "up" : operation,
      session,
      options,
      previewOnly,
      asked,
      cancellation.signal,
      before,
    );
  } finally {
    cancellation.release();
    await session.store.close();
  }
}

async function run(
  operation: Exclude<Operation, "preview">,
  session: Session,
  options: EngineOptions,
  previewOnly: boolean,
  asked: boolean,
  signal: AbortSignal,
  before: PreviewCheck,
): Promise<number> {
  // A refresh that was agreed to beforehand writes to the state alone and shows the same: reading twice would cost twice.
  let unchanged: PhaseResult["unchanged"];
  const needsPreview = operation !== "refresh" || !asked || options.expectNoChanges === true;
  if (previewOnly || before.required || (!options.skipPreview && needsPreview)) {
    const preview = await runPhase(operation, session, options, true, signal);
    if (previewOnly && options.json) print(preview);
    if (!preview.ok) {
      if (!previewOnly && options.json) print(preview);
      return 1;
    }
    if (isUnexpected(preview, operation, options)) return CHANGES_WERE_NOT_EXPECTED;
    if (previewOnly) return 0;
    await before.check(preview.document);
    if (!asked && !(await mayGoOn(operation, preview, signal))) {
      process.stderr.write(`confirmation declined, not proceeding with the ${nouns[operation]}\n`);
      return 1;
    }
    // Whoever is asked may take an hour: files and variables that the document names may be others by then.
    if (asked) unchanged = preview.unchanged;
  }
  const startTime = new Date();
  let result: PhaseResult | undefined;
  try {
    result = await runPhase(operation, session, options, false, signal, unchanged);
    if (options.json) print(result);
    else if (result.ok && operation === "destroy") {
      process.stdout.write("The resources of the stack are deleted; its configuration is still there.\n");
    }
    if (!result.ok) return 1;
    // Without a preview it shows only now.
    return isUnexpected(result, operation, options) ? CHANGES_WERE_NOT_EXPECTED : 0;
  } finally {
    // Whatever happened, what was done stands in the state.
    await session.store.save();
    await keepHistory(session, operation, startTime, result);
  }
}

function isUnexpected({ summary }: PhaseResult, operation: keyof typeof nouns, options: EngineOptions): boolean {
  if (!options.expectNoChanges || summary.changes() === 0) return false;
  process.stderr.write(`error: no changes were expected for ${nouns[operation]} but changes were proposed\n`);
  return true;
}

/** The update is done and in the state: that it can't be noted as well is no failure of it. */
async function keepHistory(
  session: Session,
  operation: keyof typeof nouns,
  startTime: Date,
  result: PhaseResult | undefined,
): Promise<void> {
  const update = {
    kind: nouns[operation],
    startTime,
    endTime: new Date(),
    result: result?.ok ? "succeeded" : "failed",
    resourceChanges: Object.fromEntries(result?.summary.counts ?? []),
  } as const;
  await session.recordUpdate(update).catch((error: unknown) => {
    process.stderr.write(`warning: the update is not noted in the stack's history: ${messageOf(error)}\n`);
  });
}

async function mayGoOn(operation: keyof typeof nouns, preview: PhaseResult, signal: AbortSignal): Promise<boolean> {
  for (;;) {
    const answer = await confirmPreview(`Do you want to perform this ${nouns[operation]}?`, signal);
    if (answer !== "details") return answer === "yes";
    process.stdout.write(`${preview.details()}\n`);
  }
}

function print({ document }: PhaseResult): void {
  process.stdout.write(`${JSON.stringify(document, undefined, 4)}\n`);
}

function warnOfPending({ store }: Session): void {
  if (store.pending.length === 0) return;
  const list = store.pending.map(({ type, resource }) => `  * ${resource.urn}, interrupted while ${type}`).join("\n");
  const creations = store.pending.some(({ type }) => type === "creating")
    ? "An object that was being created may exist: `up` creates it again, which takes it over where its provider can find it. If you made sure that it doesn't exist: pulumi-rocketchat refresh --clear-pending-creates.\n"
    : "";
  process.stderr.write(
    `warning: A former run was cut off, and it is not known how these operations ended:\n${list}\n${creations}`,
  );
}
