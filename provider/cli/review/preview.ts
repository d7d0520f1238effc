/** What a run would do, from whichever engine; shows nothing, changes nothing. */
import { NAMES } from "../../engine/connection.ts";
import type { Known } from "../../review/names.ts";
import { type Previewed, readPreview } from "../../review/preview.ts";
import { cancelOnSignals } from "../engine/cancellation.ts";
import type { EngineChoice } from "../engine/choose.ts";
import type { EngineOptions } from "../engine/options.ts";
import { runPhase } from "../engine/phase.ts";
import { previewPulumi } from "../engine/pulumi-ask.ts";
import { openSession } from "../engine/session.ts";

export async function previewWith(choice: EngineChoice, options: EngineOptions): Promise<Previewed> {
  if (choice.engine === "pulumi") {
    const { document, discard } = await previewPulumi(options, choice);
    await discard();
    return reviewable(document);
  }
  const session = await openSession(options, false, true);
  const home = process.cwd();
  // Handlers take relative paths from where the program runs.
  process.chdir(session.workingFolder);
  const cancellation = cancelOnSignals(() => session.store.close());
  try {
    const { document } = await runPhase("up", session, { ...options, json: true }, true, cancellation.signal);
    return reviewable(document, session.store.resources);
  } finally {
    cancellation.release();
    await session.store.close();
    process.chdir(home);
  }
}

/** `known`: what the state holds beside the steps. */
export function reviewable(document: unknown, known: readonly Known[] = [], source?: string): Previewed {
  const onDestroy = process.env[NAMES.onDestroy] || undefined;
  return readPreview(document, { onDestroy, known, ...(source !== undefined && { source }) });
}
