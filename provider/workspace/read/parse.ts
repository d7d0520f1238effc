/** Reads one YAML file into a tree with places, and says what is wrong with it as YAML. Knows no kinds. */
import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
} from "yaml";
import type { Problem } from "../problem.ts";
import { syntaxProblems } from "./syntax.ts";
import {
  type MapTree,
  type Member,
  type Place,
  placeIn,
  type ScalarTree,
  type SourceFile,
  startOf,
  type Tree,
} from "./tree.ts";

/** Deeper than any document, and far from where the reader itself would give up. */
const MAX_DEPTH = 64;

/** How many values all aliases together may stand for: ten short lines can make billions. */
const MAX_COPIES = 100_000;

/** What looks like a space and isn't. */
const ODD_SPACE = /[\u00A0\u2000-\u200B\u202F\u3000\uFEFF]/;

const nothing = (at: Place): ScalarTree => ({ type: "scalar", value: null, at });

class Reader {
  readonly problems: Problem[] = [];
  private readonly file: SourceFile;
  private readonly lines: LineCounter;
  /** What an alias stands for, and how many values; undefined while it is being read. */
  private readonly anchors = new Map<string, { tree: Tree; size: number } | undefined>();
  private read = 0;
  private copies = 0;

  constructor(file: SourceFile, lines: LineCounter) {
    this.file = file;
    this.lines = lines;
  }

  tree(node: Node | null | undefined, fallback: Place, depth = 0): Tree {
    if (node === null || node === undefined) return nothing(fallback);
    const at = this.placeOf(node);
    if (depth > MAX_DEPTH) return this.refuse(at, `more than ${MAX_DEPTH} levels deep`);
    if (isAlias(node)) return this.alias(node, at);
    const { anchor } = node as Scalar;
    const before = this.read++;
    if (anchor !== undefined) this.anchors.set(anchor, undefined);
    const tree = this.value(node, at, depth);
    if (anchor !== undefined) this.anchors.set(anchor, { tree, size: this.read - before });
    return tree;
  }

  private placeOf(node: Node): Place {
    const [from, to] = node.range ?? [0, 1];
    return placeIn(this.file, this.lines, from, to);
  }

  private refuse(at: Place, message: string, hint?: string): ScalarTree {
    this.problems.push({ message, at, ...(hint !== undefined && { hint }) });
    return nothing(at);
  }

  private value(node: Node, at: Place, depth: number): Tree {
    if (isMap(node)) return this.map(node.items as Pair<Node, Node | null>[], at, depth);
    if (isSeq(node)) {
      return { type: "list", items: node.items.map((item) => this.tree(item as Node, at, depth + 1)), at };
    }
    return this.scalar(node as Scalar, at);
  }

  private alias({ source }: Alias, at: Place): Tree {
    if (!this.anchors.has(source)) {
      const hint = "`*name` repeats what `&name` marks further up. A text that begins with `*` stands in quotes.";
      return this.refuse(at, `there is no \`&${source}\` above`, hint);
    }
    const anchor = this.anchors.get(source);
    if (anchor === undefined) return this.refuse(at, `\`*${source}\` stands within what it repeats`);
    this.read += anchor.size;
    this.copies += anchor.size;
    if (this.copies <= MAX_COPIES) return anchor.tree;
    // Once is enough: every further alias is one too many as well.
    if (this.copies - anchor.size > MAX_COPIES) return nothing(at);
    return this.refuse(at, `what is repeated with \`*\` comes to more than ${MAX_COPIES} values`);
  }

  private scalar({ value }: Scalar, at: Place): ScalarTree {
    if (value === null || typeof value === "string" || typeof value === "boolean") return { type: "scalar", value, at };
    if (typeof value === "number" && Number.isFinite(value)) return { type: "scalar", value, at };
    return this.refuse(at, "must be text, a finite number, true, false or nothing");
  }

  private map(pairs: readonly Pair<Node, Node | null>[], at: Place, depth: number): MapTree {
    const members = new Map<string, Member>();
    for (const { key, value } of pairs) {
      const keyAt = key ? this.placeOf(key) : at;
      if (!isScalar(key) || key.value === null || typeof key.value === "object") {
        this.refuse(keyAt, "a key must be text");
        continue;
      }
      // `2024: …` and `yes: …` are names too, as they were written.
      const name = typeof key.value === "string" ? key.value : (key.source ?? String(key.value));
      const there = members.get(name);
      if (there !== undefined) {
        this.refuse(keyAt, `"${name}" stands in line ${there.at.line} already; keep one of them`);
      } else if (name === "<<") {
        const hint =
          "Repeat a whole value with `*name`, or say under `defaults:` what the entries of a section have in common.";
        this.refuse(keyAt, "`<<` has no meaning in a workspace document", hint);
      } else if (ODD_SPACE.test(name.at(0) ?? "")) {
        this.refuse(keyAt, "this begins with a character that looks like a space and is none; use spaces");
      } else members.set(name, { at: keyAt, value: this.tree(value, keyAt, depth + 1) });
    }
    return { type: "map", members, at };
  }
}

/** The tree, or what is wrong. An empty file is an empty map. */
export function parseFile(file: SourceFile): { tree: MapTree; problems: Problem[] } {
  const lines = new LineCounter();
  // The parser compares every key with every other; `Reader.map` finds the same with a table.
  const document = parseDocument(file.text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const start = startOf(file);
  const empty: MapTree = { type: "map", members: new Map(), at: start };
  const problems = syntaxProblems(document, file, lines);
  if (problems.length > 0) return { tree: empty, problems };
  const reader = new Reader(file, lines);
  const tree = reader.tree(document.contents as Node | null, start);
  if (tree.type === "map") return { tree, problems: reader.problems };
  if (tree.type === "list" || tree.value !== null) {
    reader.problems.push({
      message: "a workspace document is a map of sections, as `users:` and `channels:`",
      at: tree.at,
    });
  }
  return { tree: empty, problems: reader.problems };
}
