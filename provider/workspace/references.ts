/** What each entry refers to by name: dependencies, names that lead nowhere, and circles. */
import { z } from "zod";
import { inputsOf } from "../engine/check.ts";
import type { AnyHandler, Declared } from "../engine/handler.ts";
import { formatPath } from "../engine/issue.ts";
import { nearest } from "../engine/near.ts";
import { isUnknown, rulesOf, unwrap } from "../engine/schema.ts";
import { handlers } from "../kinds/handlers.ts";
import type { Declarations } from "./entries.ts";
import type { Entry } from "./entry.ts";
import type { Problem } from "./problem.ts";
import { put } from "./put.ts";
import { placeAt } from "./read/tree.ts";

/** One text inside inputs that names an object. */
export interface Naming {
  readonly kind: string;
  /** As it stands: `#ops`. */
  readonly text: string;
  /** Without the mark. */
  readonly name: string;
  readonly steps: readonly (string | number)[];
}

/** Inputs that matter here, by name: what kind they name, what names lie within them, the settings they depend on. */
type NamingFields = ReadonlyMap<
  string,
  {
    readonly refers?: string | undefined;
    readonly within?: NamingFields | undefined;
    readonly settings?: readonly string[] | undefined;
  }
>;

const fieldsOfKind = new WeakMap<AnyHandler, NamingFields>();

/** Most kinds have two or three of them, and a document has thousands of objects. */
function namingFields(handler: AnyHandler): NamingFields {
  const known = fieldsOfKind.get(handler) ?? fieldsOf(inputsOf(handler).shape);
  fieldsOfKind.set(handler, known);
  return known;

  function fieldsOf(shape: z.core.$ZodShape): NamingFields {
    const found = Object.entries(shape).map(([input, type]) => {
      const { refers, settings } = rulesOf(type);
      const inner = unwrap(type);
      const within = refers === undefined && inner instanceof z.ZodObject ? fieldsOf(inner.shape) : undefined;
      return [input, { refers, settings, within: within?.size ? within : undefined }] as const;
    });
    return new Map(found.filter(([, { refers, within, settings }]) => refers ?? within ?? settings));
  }
}

/** What people write before a name; in the names of other kinds it is a letter like any other. */
const MARKS: Readonly<Record<string, RegExp>> = { Channel: /^#/, User: /^@/ };

/** Every text of the inputs that names an object. */
export function* namesIn(handler: AnyHandler, inputs: Declared): Generator<Naming> {
  yield* within(namingFields(handler), inputs, []);

  function* within(fields: NamingFields, values: Declared, above: readonly string[]): Generator<Naming> {
    for (const input of Object.keys(values)) {
      const field = fields.get(input);
      if (field === undefined) continue;
      const value = values[input];
      if (field.refers !== undefined) yield* named(field.refers, value, [...above, input]);
      else if (field.within !== undefined && value !== null && typeof value === "object") {
        yield* within(field.within, value as Declared, [...above, input]);
      }
    }
  }

  function* named(refers: string, value: unknown, path: readonly string[]): Generator<Naming> {
    const isList = Array.isArray(value);
    for (const [index, text] of (isList ? value : [value]).entries()) {
      if (typeof text !== "string" || text === "" || isUnknown(text)) continue;
      const kind = text.startsWith("@") && refers === "Channel" ? "User" : refers;
      const mark = MARKS[kind];
      const name = mark === undefined ? text : text.replace(mark, "");
      yield { kind, text, name, steps: isList ? [...path, index] : path };
    }
  }
}

/** The name that others use for an entry: the inputs that its keys stand for. */
export function naturalName({ handler, inputs, keys }: Entry): string {
  const names = handler.schema.document.keys.map((input, index) => inputs[input] ?? keys[index]);
  return names.length > 0 ? names.join("/") : keys.join("/");
}

/** Puts the ids of objects in the place of their keys, for kinds that are referred to by an id of one's own choice. */
export function withOwnIds(entries: readonly Entry[]): readonly Entry[] {
  if (!entries.some(({ handler }) => handler.schema.document.ownId !== undefined)) return entries;
  const index = indexOf(entries);
  return entries.map((entry) => {
    let { inputs } = entry;
    for (const { kind, name, steps } of namesIn(entry.handler, inputs)) {
      const target = index.get(kind)?.get(name);
      const ownId = target?.handler.schema.document.ownId;
      if (target !== undefined && ownId !== undefined) inputs = put(inputs, steps, target.inputs[ownId]) as Declared;
    }
    return inputs === entry.inputs ? entry : { ...entry, inputs };
  });
}

/** Settings that decide whether the server takes what the entry declares. */
function settingsFor({ handler, inputs }: Entry): string[] {
  const fields = namingFields(handler);
  return Object.keys(inputs).flatMap((input) => fields.get(input)?.settings ?? []);
}

export type Dependencies = ReadonlyMap<Entry, ReadonlySet<Entry>>;

/** Entries by kind and natural name. */
export function indexOf(entries: readonly Entry[]): Map<string, Map<string, Entry>> {
  const index = new Map<string, Map<string, Entry>>();
  for (const entry of entries) {
    const names = index.get(entry.handler.kind) ?? new Map<string, Entry>();
    names.set(naturalName(entry), entry);
    const { ownId } = entry.handler.schema.document;
    if (ownId !== undefined) names.set(String(entry.inputs[ownId]), entry);
    index.set(entry.handler.kind, names);
  }
  for (const entry of entries) {
    const { actsAs } = entry.handler.schema.document;
    if (actsAs === undefined) continue;
    const names = index.get(actsAs) ?? new Map<string, Entry>();
    if (!names.has(naturalName(entry))) names.set(naturalName(entry), entry);
    index.set(actsAs, names);
  }
  return index;
}

/** True for what a document may refer to: it declares it, takes it to be there, or every server has it. */
export function isKnown(
  { kind, name }: Pick<Naming, "kind" | "name">,
  index: ReturnType<typeof indexOf>,
  existing: ReadonlyMap<string, ReadonlySet<string>> | undefined,
): boolean {
  const isDeclared = index.get(kind)?.has(name) === true || existing?.get(kind)?.has(name) === true;
  return isDeclared || handlers.get(kind)?.schema.document.builtIn?.includes(name) === true;
}

/** Two entries for one object would undo each other's work. */
function refuseTwins(entries: readonly Entry[], index: ReturnType<typeof indexOf>, problems: Problem[]): void {
  for (const entry of entries) {
    const other = index.get(entry.handler.kind)?.get(naturalName(entry));
    if (!entry.handler.uniqueKey || other === undefined || other === entry) continue;
    problems.push({
      message: `${entry.path}: stands for the same ${entry.handler.kind} "${naturalName(entry)}" as ${other.path} in line ${other.at.line} of ${other.at.file.path}`,
      at: entry.at,
      hint: "Keep one of them.",
    });
  }
}

/** Problems up to which a near name is looked for. */
const MOST_NEAR = 100;

export function dependenciesIn({ entries, existing }: Declarations, problems: Problem[]): Dependencies {
  const index = indexOf(entries);
  refuseTwins(entries, index, problems);
  const dependencies = new Map<Entry, Set<Entry>>();
  for (const entry of entries) {
    const needed = new Set<Entry>();
    for (const { kind, name, steps } of namesIn(entry.handler, entry.inputs)) {
      const target = index.get(kind)?.get(name);
      if (target !== undefined) {
        if (target !== entry) needed.add(target);
        continue;
      }
      const section = handlers.get(kind)?.schema.document.section;
      if (section === undefined || isKnown({ kind, name }, index, existing)) continue;
      // Looking through all names for each of thousands that are wrong takes minutes.
      const known = () => [...(index.get(kind)?.keys() ?? []), ...(existing.get(kind) ?? [])];
      const [near] = problems.length < MOST_NEAR ? nearest(name, known()) : [];
      problems.push({
        message: `${entry.path}.${formatPath(steps)}: no ${kind} "${name}" in this document${near ? `; did you mean "${near}"?` : ""}`,
        at: placeAt(entry.tree, steps),
        hint: `Declare it under \`${section}:\`, or, if it is on the server already and is not to be managed, name it under \`existing: { ${section}: [${name}] }\`.`,
      });
    }
    for (const setting of settingsFor(entry)) {
      const target = index.get("Setting")?.get(setting);
      if (target !== undefined) needed.add(target);
    }
    dependencies.set(entry, needed);
  }
  return dependencies;
}

/** Every entry after what it needs, else in the document's order. Circles are told and cut. */
export function inOrder(entries: readonly Entry[], dependencies: Dependencies, problems: Problem[]): Entry[] {
  const sorted: Entry[] = [];
  const state = new Map<Entry, "open" | "done">();
  const visit = (entry: Entry, trail: readonly Entry[]): void => {
    if (state.get(entry) === "done") return;
    if (state.get(entry) === "open") {
      const circle = [...trail.slice(trail.indexOf(entry)), entry];
      problems.push({
        message: `${entry.path} needs itself: ${circle.map(({ path }) => path).join(" → ")}`,
        at: entry.at,
        hint: "Take one of these references away.",
      });
      return;
    }
    state.set(entry, "open");
    for (const needed of dependencies.get(entry) ?? []) visit(needed, [...trail, entry]);
    state.set(entry, "done");
    sorted.push(entry);
  };
  for (const entry of entries) visit(entry, []);
  return sorted;
}
