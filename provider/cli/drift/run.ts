/** What somebody changed by hand: every object of the state is read, and what differs is told. Writes nothing, neither there nor here. */
import { handlers } from "../../kinds/handlers.ts";
import { type Change, type Plan, SECRET } from "../../review/change.ts";
import { readPreview } from "../../review/preview.ts";
import { visible } from "../../review/show.ts";
import { noStackOf } from "../../runner/state/index.ts";
import { cancelOnSignals } from "../engine/cancellation.ts";
import type { EngineOptions } from "../engine/options.ts";
import { runPhase } from "../engine/phase.ts";
import { openSession } from "../engine/session.ts";
import { open, writeDrift } from "./accept.ts";

/** Exit codes beside 0: something differs; not everything could be read. */
const DRIFT = 2;
const FAILED = 1;

const shown = (value: unknown): string => {
  if (value === undefined) return "nothing";
  return value === SECRET ? SECRET : visible(JSON.stringify(value));
};

function changeLines({ kind, op, resource, fields }: Change): string {
  const name = `${kind} ${visible(resource)}`;
  if (op === "delete") return `- ${name}: is gone\n`;
  return fields
    .map(({ key, before, after }) => {
      // Both sides of a secret look alike.
      const values = before === SECRET || after === SECRET ? "changed" : `${shown(before)} → ${shown(after)}`;
      return `~ ${name}: ${key}: ${values}\n`;
    })
    .join("");
}

/** One line for each changed argument: `was → is`. */
export function driftText({ changes, problems }: Plan): string {
  const found = changes.length === 1 ? "1 object" : `${changes.length} objects`;
  const end = changes.length === 0 ? "Nothing was changed by hand.\n" : `Somebody changed ${found} by hand.\n`;
  const failures = problems.map((problem) => `error: ${visible(problem)}\n`).join("");
  return `${changes.map(changeLines).join("")}${failures}${problems.length > 0 && changes.length === 0 ? "" : end}`;
}

/** Reads by the embedded runner, whichever engine runs the stack: the state is the same. */
async function look(options: EngineOptions): Promise<Plan> {
  const session = await openSession(options, false, false);
  // Nothing is managed there, which a nightly job must not take for "no drift".
  if (session.created) throw noStackOf(session.stack, session.project.name, []);
  const home = process.cwd();
  process.chdir(session.workingFolder);
  const cancellation = cancelOnSignals(() => session.store.close());
  try {
    const result = await runPhase("refresh", session, { ...options, json: true }, true, cancellation.signal);
    const { named } = readPreview(result.document, { known: session.store.resources });
    const changes = named.changes
      .filter(({ kind }) => handlers.has(kind))
      .toSorted((one, other) => (`${one.kind} ${one.resource}` < `${other.kind} ${other.resource}` ? -1 : 1));
    const problems = result.ok || named.problems.length > 0 ? named.problems : ["not everything could be read"];
    return { ...named, changes, problems };
  } finally {
    cancellation.release();
    await session.store.close();
    process.chdir(home);
  }
}

export interface DriftOptions extends EngineOptions {
  /** Puts it into the document. */
  readonly write?: boolean;
}

/** Sets the exit code: 0 none, or all of it written; 2 drift, or some of it left alone; 1 error. */
export async function runDrift(options: DriftOptions): Promise<void> {
  const target = options.write ? await open(options) : undefined;
  const plan = await look(options);
  const { changes, problems } = plan;
  const document = {
    changes: changes.map(({ kind, op, resource, fields }) => ({ kind, op, resource, fields })),
    problems,
  };
  if (target !== undefined && problems.length === 0 && changes.length > 0) {
    if (!options.json) process.stdout.write(driftText(plan));
    process.exitCode = await writeDrift(target, plan, options, document);
    return;
  }
  process.stdout.write(options.json ? `${JSON.stringify(document, undefined, 2)}\n` : driftText(plan));
  process.exitCode = problems.length > 0 ? FAILED : changes.length > 0 ? DRIFT : 0;
}
