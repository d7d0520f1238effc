/** Reads a document and what it includes into one tree. Knows no kinds. */
import { globSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { nearest } from "../../engine/near.ts";
import type { Problem } from "../problem.ts";
import { parseFile } from "./parse.ts";
import { textOf } from "./text.ts";
import { type MapTree, type Member, type Place, startOf, type Tree, typeName } from "./tree.ts";

const isPattern = (name: string): boolean => /[*?[{]/.test(name);

/** Why a file can't be read, and one of a near name beside it. */
export function unreadable(file: string, shown: string, error: NodeJS.ErrnoException): string {
  if (error.code === "EISDIR") return `${shown} is a folder, not a file`;
  if (error.code !== "ENOENT") return `${shown} can't be read: ${error.message}`;
  let beside: string[] = [];
  try {
    beside = readdirSync(path.dirname(file));
  } catch {
    return `there is no file ${shown}: its folder doesn't exist`;
  }
  const [near] = nearest(path.basename(file), beside);
  return `there is no file ${shown}${near ? `; did you mean "${near}"?` : ""}`;
}

/** The file names that an `include` gives, each with its place. */
function includesOf(member: Member | undefined, problems: Problem[]): { name: string; at: Place }[] {
  if (member === undefined) return [];
  const items: readonly Tree[] = member.value.type === "list" ? member.value.items : [member.value];
  return items.flatMap((item) => {
    if (item.type === "scalar" && typeof item.value === "string") return [{ name: item.value, at: item.at }];
    problems.push({
      message: `include: must be the path of a file, or a list of paths, but is ${typeName(item)}`,
      at: item.at,
    });
    return [];
  });
}

/** What both hold, side by side; the same thing in both is a mistake. */
function join(into: MapTree, more: MapTree, levels: number, trail: string, problems: Problem[]): MapTree {
  const members = new Map(into.members);
  for (const [key, member] of more.members) {
    const there = members.get(key);
    if (there === undefined) members.set(key, member);
    else if (levels > 0 && there.value.type === "map" && member.value.type === "map") {
      members.set(key, {
        at: there.at,
        value: join(there.value, member.value, levels - 1, `${trail}${key}.`, problems),
      });
    } else if (there.value.type === "list" && member.value.type === "list") {
      members.set(key, {
        at: there.at,
        value: { ...there.value, items: [...there.value.items, ...member.value.items] },
      });
    } else {
      const { file, line } = there.at;
      problems.push({
        message: `${trail}${key} stands in ${file.path}, line ${line}, too`,
        at: member.at,
        hint: "Keep one of them. What is to differ between environments belongs into an overlay.",
      });
    }
  }
  return { ...into, members };
}

/** Sections, and the two levels of names that some of them have. */
const LEVELS = 2;

/**
 * The tree of a file with all that it includes, and what is wrong. Paths are printed as seen from the working folder.
 * `from`: where another file asked for this one.
 */
export function readTree(
  file: string,
  from?: Place,
  trail: readonly string[] = [],
): { tree: MapTree | undefined; problems: Problem[]; files: string[] } {
  const full = path.resolve(file);
  const shown = path.relative(process.cwd(), full) || full;
  const source = { path: shown, folder: path.dirname(full) };
  const unread = (message: string, place = from) => {
    const at = place ?? startOf({ ...source, text: "" });
    return { tree: undefined, problems: [{ message, at, hidesLine: place === undefined }], files: [] };
  };
  let bytes: Buffer;
  try {
    bytes = readFileSync(full);
  } catch (error) {
    return unread(unreadable(full, shown, error as NodeJS.ErrnoException));
  }
  const text = textOf(bytes, source);
  if ("reason" in text) return unread(`${shown} ${text.reason}`, text.at);
  const { tree, problems } = parseFile({ ...source, ...text });
  const files = [full];
  const { include, rest } = withoutInclude(tree);
  let whole = rest;
  for (const { name, at } of includesOf(include, problems)) {
    const pattern = path.resolve(path.dirname(full), name);
    const found = isPattern(name) ? globSync(pattern).sort() : [pattern];
    if (found.length === 0) problems.push({ message: `include: no file fits ${name}`, at });
    for (const next of found) {
      if (next === full || trail.includes(next)) {
        problems.push({ message: `include: ${name} includes this file again, in a circle`, at });
        continue;
      }
      const inner = readTree(next, at, [...trail, full]);
      problems.push(...inner.problems);
      files.push(...inner.files);
      if (inner.tree !== undefined) whole = join(whole, inner.tree, LEVELS, "", problems);
    }
  }
  return { tree: whole, problems, files };
}

function withoutInclude(tree: MapTree): { include: Member | undefined; rest: MapTree } {
  const members = new Map(tree.members);
  const include = members.get("include");
  members.delete("include");
  return { include, rest: { ...tree, members } };
}
