/** A YAML document as plain trees in which every key and value knows its place. Knows no kinds. */
import type { LineCounter } from "yaml";

/** One file's text, for messages. `path` is as it is to be printed. */
export interface SourceFile {
  readonly path: string;
  /** Absolute; paths inside the file start at its folder. */
  readonly folder: string;
  readonly text: string;
}

/** A stretch of one line. `line` and `column` count from 1. */
export interface Place {
  readonly file: SourceFile;
  readonly line: number;
  readonly column: number;
  /** Characters to underline; at least 1. */
  readonly length: number;
}

export const startOf = (file: SourceFile): Place => ({ file, line: 1, column: 1, length: 1 });

/** From one offset to another, as far as the line goes. */
export function placeIn(file: SourceFile, lines: LineCounter, from: number, to: number): Place {
  const { line, col } = lines.linePos(from);
  const endOfLine = file.text.indexOf("\n", from);
  const end = Math.min(to, endOfLine === -1 ? file.text.length : endOfLine);
  return { file, line: Math.max(1, line), column: Math.max(1, col), length: Math.max(1, end - from) };
}

export interface ScalarTree {
  readonly type: "scalar";
  readonly value: string | number | boolean | null;
  readonly at: Place;
}

export interface ListTree {
  readonly type: "list";
  readonly items: readonly Tree[];
  readonly at: Place;
}

export interface Member {
  /** Where the key stands. */
  readonly at: Place;
  readonly value: Tree;
}

export interface MapTree {
  readonly type: "map";
  readonly members: ReadonlyMap<string, Member>;
  readonly at: Place;
}

export type Tree = ScalarTree | ListTree | MapTree;

/** The value without places. */
export function plainOf(tree: Tree): unknown {
  if (tree.type === "scalar") return tree.value;
  if (tree.type === "list") return tree.items.map(plainOf);
  return Object.fromEntries([...tree.members].map(([key, { value }]) => [key, plainOf(value)]));
}

/** Where the value at a path stands; the nearest thing above it where there is none. With `key`, the last step's key. */
export function placeAt(tree: Tree, path: readonly PropertyKey[], key = false): Place {
  let at = tree.at;
  let here: Tree | undefined = tree;
  for (const [depth, step] of path.entries()) {
    if (here?.type === "map") {
      const member = here.members.get(String(step));
      if (member === undefined) return at;
      at = key && depth === path.length - 1 ? member.at : member.value.at;
      here = member.value;
    } else if (here?.type === "list") {
      here = here.items[Number(step)];
      if (here === undefined) return at;
      at = here.at;
    } else return at;
  }
  return at;
}

/** The value at a path; undefined where there is none. */
export function treeAt(tree: Tree, path: readonly PropertyKey[]): Tree | undefined {
  let here: Tree | undefined = tree;
  for (const step of path) {
    if (here?.type === "map") here = here.members.get(String(step))?.value;
    else here = here?.type === "list" ? here.items[Number(step)] : undefined;
  }
  return here;
}

export const typeName = ({ type, ...rest }: Tree): string => {
  if (type === "list") return "a list";
  if (type === "map") return "a map";
  const { value } = rest as ScalarTree;
  if (value === null) return "nothing";
  return typeof value === "string" ? "text" : `the ${typeof value} ${value}`;
};
