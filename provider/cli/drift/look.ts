/** Reads every object of the state, by either engine, and gives what differs. Writes nothing, neither there nor here. */
import type { Plan } from "../../review/change.ts";
import { driftOf } from "../../review/drift.ts";
import type { Known } from "../../review/names.ts";
import { readPreview } from "../../review/preview.ts";
import { noStackOf } from "../../runner/state/index.ts";
import { cancelOnSignals } from "../engine/cancellation.ts";
import type { EngineChoice } from "../engine/choose.ts";
import type { EngineOptions } from "../engine/options.ts";
import { runPhase } from "../engine/phase.ts";
import { refreshPreviewPulumi } from "../engine/pulumi-ask.ts";
import { openSession } from "../engine/session.ts";

export async function look(choice: EngineChoice, options: EngineOptions): Promise<Plan> {
  if (choice.engine === "embedded") return lookHere(options);
  const { ok, document } = await refreshPreviewPulumi(options, choice);
  return planOf(document, ok, []);
}

async function lookHere(options: EngineOptions): Promise<Plan> {
  const session = await openSession(options, false, false);
  // Nothing is managed there, which a nightly job must not take for "no drift".
  if (session.created) throw noStackOf(session.stack, session.project.name, []);
  const home = process.cwd();
  process.chdir(session.workingFolder);
  const cancellation = cancelOnSignals(() => session.store.close());
  try {
    const { ok, document } = await runPhase("refresh", session, { ...options, json: true }, true, cancellation.signal);
    return planOf(document, ok, session.store.resources);
  } finally {
    cancellation.release();
    await session.store.close();
    process.chdir(home);
  }
}

function planOf(document: unknown, ok: boolean, known: readonly Known[]): Plan {
  const { named } = readPreview(document, { known });
  const drift = driftOf(named);
  const changes = drift.changes.toSorted((one, other) =>
    `${one.kind} ${one.resource}` < `${other.kind} ${other.resource}` ? -1 : 1,
  );
  // What is wrong with the connection is told of each object.
  const problems = [...new Set(named.problems)];
  return { ...drift, changes, problems: ok || problems.length > 0 ? problems : ["not everything could be read"] };
}
