/** `drift --write`: document and state follow what the server has. Writes nothing to the server. */
import path from "node:path";
import type { Plan } from "../../review/change.ts";
import { visible } from "../../review/show.ts";
import type { Properties, Resource, StackStore } from "../../runner/state/index.ts";
import { loadDocument, type WorkspaceDocument } from "../../workspace/load.ts";
import { readTree } from "../../workspace/read/files.ts";
import { documentGiven } from "../document/given.ts";
import { projectOf } from "../document/project.ts";
import { cancelOnSignals } from "../engine/cancellation.ts";
import type { EngineChoice } from "../engine/choose.ts";
import type { EngineOptions } from "../engine/options.ts";
import { runPhase } from "../engine/phase.ts";
import { refreshPulumi } from "../engine/pulumi-ask.ts";
import { openSession } from "../engine/session.ts";
import { type Outcome, writeChanges } from "./write.ts";

export interface Target {
  readonly project: string;
  readonly document: WorkspaceDocument;
  readonly load: () => WorkspaceDocument;
  readonly own: ReadonlySet<string>;
}

/** Before anything is read from the server: a faulty document is told at once. */
export async function open(options: EngineOptions): Promise<Target> {
  const file = path.resolve(documentGiven(options.file));
  const overlays = (options.overlay ?? []).map((one) => path.resolve(one));
  const project = await projectOf(file);
  const load = () => loadDocument(file, overlays, project.dir);
  return { project: project.name, document: load(), load, own: new Set(readTree(file).files) };
}

const lineOf = ({ change: { kind, resource }, key, where, reason }: Outcome): string => {
  const name = `${kind} ${visible(resource)}${key === undefined ? "" : `: ${key}`}`;
  return where === undefined ? `left alone: ${name}: ${reason}\n` : `written: ${name}: ${visible(where)}\n`;
};

/** The exit code. `document`: what `--json` prints, to which this adds. */
export async function writeDrift(
  target: Target,
  plan: Plan,
  choice: EngineChoice,
  options: EngineOptions,
  document: object,
): Promise<number> {
  const { written, left } = writeChanges(plan.changes, target.document, target);
  const told = ({ change: { kind, resource }, ...rest }: Outcome) => ({ kind, resource, ...rest });
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ ...document, written: written.map(told), left: left.map(told) }, undefined, 2)}\n`
      : [...written, ...left].map(lineOf).join(""),
  );
  const changed = writtenOf(written, left);
  const record = choice.engine === "pulumi" ? recordByPulumi : recordHere;
  if (changed.size > 0 && !(await record(changed, options, choice))) {
    process.stderr.write("error: the state could not be brought up to date; run pulumi-rocketchat refresh\n");
    return 1;
  }
  return left.length > 0 ? 2 : 0;
}

/** What was written, by URN: these arguments, or all that differed. */
type Written = ReadonlyMap<string, ReadonlySet<string> | "all">;

function writtenOf(written: readonly Outcome[], left: readonly Outcome[]): Written {
  const partly = new Set(left.map(({ change: { urn } }) => urn));
  const found = new Map<string, Set<string> | "all">();
  for (const {
    change: { urn },
    key,
  } of written) {
    if (urn === undefined || key === undefined) continue;
    const keys = found.get(urn);
    if (!partly.has(urn)) found.set(urn, "all");
    else found.set(urn, keys instanceof Set ? keys.add(key) : new Set([key]));
  }
  return found;
}

/** As the state had it, with the arguments that were written as they are now. */
function partOf(old: Resource, next: Resource, keys: ReadonlySet<string>): Resource {
  const merged = (before: Properties = {}, after: Properties = {}): Properties =>
    Object.fromEntries(
      [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
        const from = keys.has(key) ? after : before;
        return key in from ? [[key, from[key]]] : [];
      }),
    );
  return { ...next, inputs: merged(old.inputs, next.inputs), outputs: merged(old.outputs, next.outputs) };
}

/** A store in which only what was written changes: what is left alone shall be found again. */
function only(store: StackStore, written: Written): StackStore {
  const record: StackStore["record"] = async ({ replace = [] }) => {
    const kept = replace.flatMap(([old, next]): [Resource, Resource][] => {
      const keys = written.get(old.urn);
      if (keys === undefined || next.urn !== old.urn) return [];
      return [[old, keys === "all" ? next : partOf(old, next, keys)]];
    });
    if (kept.length > 0) await store.record({ replace: kept });
  };
  return new Proxy(store, {
    get(_target, key) {
      if (key === "record") return record;
      const value: unknown = Reflect.get(store, key, store);
      return typeof value === "function" ? value.bind(store) : value;
    },
  });
}

/** The CLI's refresh takes a whole object or none. */
async function recordByPulumi(written: Written, options: EngineOptions, choice: EngineChoice): Promise<boolean> {
  const whole = [...written].flatMap(([urn, keys]) => (keys === "all" ? [urn] : []));
  const partly = written.size - whole.length;
  if (partly > 0) {
    const objects = partly === 1 ? "1 object keeps" : `${partly} objects keep`;
    process.stderr.write(
      `warning: ${objects} the former state, because something of it was left alone: the next up brings all of it to what the document says\n`,
    );
  }
  return whole.length === 0 || (await refreshPulumi(whole, options, choice)) === 0;
}

/** Reads them once more, now under the state's lock. */
async function recordHere(written: Written, options: EngineOptions): Promise<boolean> {
  const session = await openSession(options, true, false);
  const home = process.cwd();
  process.chdir(session.workingFolder);
  const cancellation = cancelOnSignals(() => session.store.close());
  const startTime = new Date();
  let ok = false;
  try {
    const inPart = { ...session, store: only(session.store, written) };
    const result = await runPhase("refresh", inPart, { ...options, json: true }, false, cancellation.signal);
    ok = result.ok;
    return ok;
  } finally {
    cancellation.release();
    await session.store.save();
    const resourceChanges = { update: written.size };
    const outcome = ok ? "succeeded" : "failed";
    // Document and state are right already.
    await session
      .recordUpdate({ kind: "refresh", startTime, endTime: new Date(), result: outcome, resourceChanges })
      .catch(() => undefined);
    await session.store.close();
    process.chdir(home);
  }
}
