/** Puts what was changed by hand into the workspace document: which changes can stand in it, and where. Calls no server. */
import path from "node:path";
import { isEmpty, sameField } from "../../engine/compare.ts";
import { hasUnknown, rulesOf } from "../../engine/schema.ts";
import { holdsReference } from "../../exporter/inputs.ts";
import type { Change, FieldChange } from "../../review/change.ts";
import { holdsMask } from "../../review/mask.ts";
import type { Entry } from "../../workspace/entry.ts";
import type { WorkspaceDocument } from "../../workspace/load.ts";
import { childName } from "../../workspace/names.ts";
import { clearSecrets } from "../../workspace/values.ts";
import { DocumentWriter, type Wish } from "../../workspace/write/document.ts";
import { Unwritable } from "../../workspace/write/text.ts";
import { lostNames, type Task } from "./names.ts";

/** Where an argument was written, or why it was not; without `key`: the object as a whole. */
export interface Outcome {
  readonly change: Change;
  readonly key?: string;
  readonly where?: string;
  readonly reason?: string;
}

export interface WriteOptions {
  readonly project: string;
  /** Reads the document again. */
  readonly load: () => WorkspaceDocument;
  /** The document's own file and what it includes, without overlays; absolute. */
  readonly own: ReadonlySet<string>;
}

function entriesByName({ name, entries }: WorkspaceDocument, project: string): Map<string, Entry> {
  const found = new Map<string, Entry>();
  for (const entry of entries) {
    for (const one of [entry.name, entry.was]) {
      if (one !== undefined) found.set(`${entry.handler.kind} ${childName(name ?? project, one)}`, entry);
    }
  }
  return found;
}

/** Nothing on the server stands as the nothing of what was declared. */
const nothingLike = (value: unknown): unknown =>
  typeof value === "string" ? "" : Array.isArray(value) ? [] : typeof value === "boolean" ? false : undefined;

const fileOf = ({ file }: Entry["at"]): string => path.join(file.folder, path.basename(file.path));

/** Why a change can't stand in the document; undefined when it can. */
function refusal(entry: Entry, { key, before }: FieldChange, value: unknown, own: ReadonlySet<string>) {
  const { handler, inputs, secrets, tree } = entry;
  const { shape } = handler.schema.inputs;
  const isSecret =
    holdsMask(before) ||
    holdsMask(value) ||
    secrets.some(({ path: [first] }) => first === key) ||
    clearSecrets(handler, { ...inputs, [key]: value }).some(([first]) => first === key);
  if (isSecret) return "a secret does not stand in the document";
  const { file } = rulesOf(shape.file);
  if (rulesOf(shape[key]).file || (file && key === "contentHash")) return "it is what a file holds";
  if (hasUnknown(value) || holdsReference(value)) return "it can't be told in a document";
  const member = tree.members.get(key);
  if (member === undefined) return "the document does not say it";
  if (value === undefined) return "the server has nothing there";
  if (!sameField(shape[key], inputs[key], before) && !(isEmpty(inputs[key]) && isEmpty(before)))
    return "the document has another value than the last `up`";
  if (entry.defaulted.includes(key) && own.has(fileOf(entry.at)) && !own.has(fileOf(member.at)))
    return "an overlay's `defaults` have it";
  return undefined;
}

/** What can be written, and what is left alone. */
function sort(changes: readonly Change[], document: WorkspaceDocument, { project, own }: WriteOptions) {
  const entries = entriesByName(document, project);
  const tasks: Task[] = [];
  const left: Outcome[] = [];
  for (const change of changes) {
    const entry = entries.get(`${change.kind} ${change.resource}`);
    if (change.op !== "update" || entry === undefined) {
      left.push({ change, reason: entry === undefined ? "the document does not declare it" : "it is gone" });
      continue;
    }
    for (const field of change.fields) {
      const { key } = field;
      const value = "after" in field ? field.after : nothingLike(entry.inputs[key]);
      const reason = refusal(entry, field, value, own);
      if (reason === undefined) tasks.push({ change, key, value, entry });
      else left.push({ change, key, reason });
    }
  }
  const lost = lostNames(tasks, document);
  left.push(...[...lost].map(([{ change, key }, reason]) => ({ change, key, reason })));
  return { tasks: tasks.filter((task) => !lost.has(task)), left };
}

function wishFor({ entry, key, value }: Task): Wish {
  const member = entry.tree.members.get(key);
  // From the section's `defaults`; or its name, which its key says alone so far: with another key it would be another resource.
  if (entry.defaulted.includes(key) || member?.value.at === entry.at) return { how: "add", at: entry.at, key, value };
  if (member === undefined) throw new Unwritable("the document does not say it");
  return { how: "set", tree: member.value, value };
}

/** Writes the files. What did not come out as it was meant is taken back, and all others are written without it. */
function attempt(tasks: readonly Task[], left: Outcome[], options: WriteOptions): Task[] {
  const writer = new DocumentWriter();
  const noted = tasks.filter((task) => {
    try {
      writer.note(wishFor(task));
      return true;
    } catch (error) {
      if (!(error instanceof Unwritable)) throw error;
      left.push({ change: task.change, key: task.key, reason: error.message });
      return false;
    }
  });
  const wrong: Task[] = [];
  try {
    writer.write();
    const after = entriesByName(options.load(), options.project);
    for (const task of noted) {
      const { change, key, value, entry } = task;
      const found = after.get(`${change.kind} ${change.resource}`)?.inputs[key];
      if (!sameField(entry.handler.schema.inputs.shape[key], found, value)) wrong.push(task);
    }
  } catch (error) {
    writer.undo();
    throw error;
  }
  if (wrong.length === 0) return noted;
  writer.undo();
  const reason = "it can't be told in the document's own words";
  left.push(...wrong.map(({ change, key }) => ({ change, key, reason })));
  return attempt(
    noted.filter((task) => !wrong.includes(task)),
    left,
    options,
  );
}

/** Throws DocumentError where the result would be no right document; the files are as before then. */
export function writeChanges(changes: readonly Change[], document: WorkspaceDocument, options: WriteOptions) {
  const { tasks, left } = sort(changes, document, options);
  const written = attempt(tasks, left, options).map(({ change, key, entry }): Outcome => {
    const place = entry.defaulted.includes(key) ? entry.at : (entry.tree.members.get(key)?.value.at ?? entry.at);
    return { change, key, where: `${place.file.path}:${place.line}` };
  });
  return { written, left };
}
