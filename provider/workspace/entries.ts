/** Finds the objects that a tree declares, section by section, and checks each by its kind's own schema. */
import { check, inputsOf } from "../engine/check.ts";
import type { AnyHandler } from "../engine/handler.ts";
import { nearest } from "../engine/near.ts";
import type { Entry } from "./entry.ts";
import { hintForArguments, hintForNames, hintForValue, inWordsOfYaml } from "./hints.ts";
import type { Problem } from "./problem.ts";
import { type MapTree, type Member, type Place, placeAt, plainOf, type Tree, treeAt, typeName } from "./read/tree.ts";
import { sections, topLevelKeys, WORDS } from "./sections.ts";
import { inputsOfTree, ownIdOf, rebaseFiles, referenceIn, refuseClearSecrets } from "./values.ts";

const isNothing = (tree: Tree): boolean => tree.type === "scalar" && tree.value === null;

const withHint = (message: string, { at }: Tree, hint: string | undefined): Problem => ({
  message,
  at,
  ...(hint !== undefined && { hint }),
});

const asMap = (tree: Tree, path: string, what: string, problems: Problem[]): MapTree => {
  if (tree.type === "map") return tree;
  if (!isNothing(tree)) {
    problems.push(withHint(`${path}: must be a map ${what}, but is ${typeName(tree)}`, tree, hintForNames(tree)));
  }
  return { type: "map", members: new Map(), at: tree.at };
};

interface Leaf {
  readonly keys: readonly string[];
  readonly member: Member;
}

/** The objects of a section, below as many names as its kind has keys. */
function* leaves(handler: AnyHandler, member: Member, path: string, problems: Problem[]): Generator<Leaf> {
  const depth = Math.max(1, handler.schema.document.keys.length);
  const walk = function* (here: Member, keys: readonly string[]): Generator<Leaf> {
    if (keys.length === depth) {
      yield { keys, member: here };
      return;
    }
    const what = `with a key for each ${handler.schema.document.keys[keys.length] ?? "name"}`;
    const names = asMap(here.value, [path, ...keys].join("."), what, problems);
    for (const [key, next] of names.members) yield* walk(next, [...keys, key]);
  };
  yield* walk(member, []);
}

/** An entry's own map: what stands for the short form spelled out, and nothing for an empty one. */
function bodyOf(handler: AnyHandler, { value, at }: Member, path: string, problems: Problem[]): MapTree | undefined {
  const { short } = handler.schema.document;
  if (value.type === "map" && !(short !== undefined && referenceIn(value))) return value;
  if (isNothing(value) && short === undefined) return { type: "map", members: new Map(), at: value.at };
  if (short !== undefined) return { type: "map", members: new Map([[short, { at, value }]]), at: value.at };
  const message = `${path}: must be a map of ${handler.kind} arguments, but is ${typeName(value)}`;
  problems.push(withHint(message, value, hintForArguments(value)));
  return undefined;
}

/** The keys' own inputs and the section's defaults, where the entry does not say them itself. */
function complete(handler: AnyHandler, body: MapTree, { keys, member }: Leaf, defaults: MapTree | undefined): MapTree {
  const members = new Map<string, Member>();
  for (const [index, input] of handler.schema.document.keys.entries()) {
    const value: Tree = { type: "scalar", value: keys[index] ?? "", at: member.at };
    members.set(input, { at: member.at, value });
  }
  for (const [key, value] of defaults?.members ?? []) members.set(key, value);
  for (const [key, value] of body.members) if (key !== "was") members.set(key, value);
  return { ...body, members };
}

const stepsOf = (path: string): string[] => path.split(/[.[\]]+/).filter((step) => step !== "");

function entryOf(
  handler: AnyHandler,
  leaf: Leaf,
  defaults: MapTree | undefined,
  root: string,
  problems: Problem[],
): Entry | undefined {
  const path = [handler.schema.document.section, ...leaf.keys].join(".");
  const body = bodyOf(handler, leaf.member, path, problems);
  if (body === undefined) return undefined;
  const was = body.members.get("was")?.value;
  if (was !== undefined && (was.type !== "scalar" || typeof was.value !== "string")) {
    problems.push({ message: `${path}.was: must be the entry's former name, but is ${typeName(was)}`, at: was.at });
  }
  const tree = complete(handler, body, leaf, defaults);
  const { inputs: given, secrets } = inputsOfTree(tree);
  const clear = refuseClearSecrets(handler, leaf.keys, path, given, tree);
  problems.push(...clear);
  const isClear = (at: Place) => clear.some((one) => one.at.file === at.file && one.at.line === at.line);
  const placed = { ...rebaseFiles(handler, given, tree, root), ...ownIdOf(handler, leaf.keys, given) };
  const { inputs, failures } = check(handler, placed, { reveal: clear.length === 0 });
  for (const failure of failures) {
    const steps = stepsOf(failure.path);
    const isUnknownKey = failure.reason.includes("no such argument");
    const isMissing = steps.length > 0 && !((steps[0] as string) in given);
    const at = isMissing && !isUnknownKey ? leaf.member.at : placeAt(tree, steps, isUnknownKey);
    // What stands there in clear has been told already.
    if (clear.some((one) => one.at === at)) continue;
    const hint = isMissing ? undefined : hintForValue(failure.reason, treeAt(tree, steps));
    const hidesLine = isClear(placeAt(tree, steps));
    problems.push({
      message: `${path}.${inWordsOfYaml(failure.reason)}`,
      at,
      hidesLine,
      ...(hint && !hidesLine && { hint }),
    });
  }
  const wasName = was?.type === "scalar" && typeof was.value === "string" ? was.value : undefined;
  return {
    handler,
    keys: leaf.keys,
    path,
    name: leaf.keys.join("/"),
    was: wasName,
    inputs,
    secrets,
    defaulted: [...(defaults?.members.keys() ?? [])].filter((key) => !body.members.has(key)),
    tree,
    at: leaf.member.at,
  };
}

/** `defaults:` by section: arguments for every object of it. */
function defaultsIn(tree: MapTree, problems: Problem[]): Map<string, MapTree> {
  const found = new Map<string, MapTree>();
  const member = tree.members.get("defaults");
  if (member === undefined) return found;
  for (const [section, { at, value }] of asMap(member.value, "defaults", "of sections", problems).members) {
    const handler = sections.get(section);
    if (handler === undefined) {
      problems.push(unknownKey(`defaults.${section}`, section, [...sections.keys()], at));
      continue;
    }
    const map = asMap(value, `defaults.${section}`, `of ${handler.kind} arguments`, problems);
    const known = Object.keys(inputsOf(handler).shape);
    for (const [key, inner] of map.members) {
      if (!known.includes(key)) problems.push(unknownKey(`defaults.${section}.${key}`, key, known, inner.at));
    }
    found.set(section, map);
  }
  return found;
}

function unknownKey(path: string, key: string, known: readonly string[], at: Entry["at"]): Problem {
  const [near] = nearest(key, known);
  return {
    message: `${path}: no such key; ${near ? `did you mean "${near}"?` : `allowed: ${[...known].sort().join(", ")}`}`,
    at,
  };
}

/** Names that are on the server already, by kind: the document may refer to them without declaring them. */
function existingIn(tree: MapTree, problems: Problem[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const member = tree.members.get("existing");
  if (member === undefined) return found;
  for (const [section, { at, value }] of asMap(member.value, "existing", "of sections", problems).members) {
    const handler = sections.get(section);
    if (handler === undefined) problems.push(unknownKey(`existing.${section}`, section, [...sections.keys()], at));
    else if (value.type !== "list") {
      const message = `existing.${section}: must be a list of names, but is ${typeName(value)}`;
      problems.push(withHint(message, value, hintForValue(message, value)));
    } else found.set(handler.kind, new Set(value.items.map((item) => String(plainOf(item)))));
  }
  return found;
}

export interface Declarations {
  readonly entries: readonly Entry[];
  /** By kind. */
  readonly existing: ReadonlyMap<string, ReadonlySet<string>>;
}

/** `root`: the folder that paths of files are to start at. */
export function declarationsIn(tree: MapTree, root: string, problems: Problem[]): Declarations {
  const defaults = defaultsIn(tree, problems);
  const existing = existingIn(tree, problems);
  const entries: Entry[] = [];
  for (const [section, member] of tree.members) {
    if ((WORDS as readonly string[]).includes(section)) continue;
    const handler = sections.get(section);
    if (handler === undefined) {
      problems.push(unknownKey(section, section, topLevelKeys, member.at));
      continue;
    }
    for (const leaf of leaves(handler, member, section, problems)) {
      const entry = entryOf(handler, leaf, defaults.get(section), root, problems);
      if (entry !== undefined) entries.push(entry);
    }
  }
  return { entries, existing };
}
