/** Reads one YAML file into a tree with places, and says what is wrong with it as YAML. Knows no kinds. */
import {
  type Document,
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
import type { MapTree, Member, Place, SourceFile, Tree } from "./tree.ts";

/** How often anchors may lead on: a document that names itself would never end. */
const MAX_DEPTH = 64;

/** What the parser says, in our words where the user needs more than it gives. */
const WORDS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "a tab can't indent a line; use spaces",
  MULTIPLE_DOCS: "only one document to a file; remove what begins with `---` here, or put it into a file of its own",
  BAD_INDENT: "the indentation doesn't fit the lines above",
  MISSING_CHAR: "something is missing here, as a closing quote, bracket or comma",
};

class Reader {
  private readonly file: SourceFile;
  private readonly lines: LineCounter;
  private readonly document: Document;
  readonly problems: Problem[];

  constructor(file: SourceFile, lines: LineCounter, document: Document, problems: Problem[]) {
    this.file = file;
    this.lines = lines;
    this.document = document;
    this.problems = problems;
  }

  place(from: number, to: number): Place {
    return placeOf(this.file, this.lines, from, to);
  }

  placeOfNode(node: Node): Place {
    const [from, to] = node.range ?? [0, 1];
    return this.place(from, to);
  }

  tree(node: Node | null | undefined, fallback: Place, depth = 0): Tree {
    if (node === null || node === undefined) return { type: "scalar", value: null, at: fallback };
    const at = this.placeOfNode(node);
    if (depth > MAX_DEPTH) {
      this.problems.push({ message: `more than ${MAX_DEPTH} levels deep`, at });
      return { type: "scalar", value: null, at };
    }
    if (isAlias(node)) return this.tree(node.resolve(this.document), at, depth + 1);
    if (isMap(node)) return this.map(node.items as Pair<Node, Node | null>[], at, depth);
    if (isSeq(node)) {
      return { type: "list", items: node.items.map((item) => this.tree(item as Node, at, depth + 1)), at };
    }
    return { type: "scalar", value: this.scalar(node as Scalar, at), at };
  }

  private scalar({ value }: Scalar, at: Place): string | number | boolean | null {
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    this.problems.push({ message: "must be text, a finite number, true, false or nothing", at });
    return null;
  }

  private map(pairs: readonly Pair<Node, Node | null>[], at: Place, depth: number): MapTree {
    const members = new Map<string, Member>();
    for (const { key, value } of pairs) {
      const keyAt = key ? this.placeOfNode(key) : at;
      if (!isScalar(key) || key.value === null || typeof key.value === "object") {
        this.problems.push({ message: "a key must be text", at: keyAt });
        continue;
      }
      // `2024: …` and `yes: …` are names too, as they were written.
      const name = typeof key.value === "string" ? key.value : (key.source ?? String(key.value));
      if (members.has(name))
        this.problems.push({ message: "this key stands twice in the same map; keep one of them", at: keyAt });
      else members.set(name, { at: keyAt, value: this.tree(value, keyAt, depth + 1) });
    }
    return { type: "map", members, at };
  }
}

function placeOf(file: SourceFile, lines: LineCounter, from: number, to: number): Place {
  const { line, col } = lines.linePos(from);
  const endOfLine = file.text.indexOf("\n", from);
  const end = Math.min(to, endOfLine === -1 ? file.text.length : endOfLine);
  return { file, line: Math.max(1, line), column: Math.max(1, col), length: Math.max(1, end - from) };
}

/** Length of the word that begins here: the parser marks only the first character of a key. */
const wordAt = (text: string, from: number): number => /^[\w.-]*/.exec(text.slice(from, from + 80))?.[0].length ?? 0;

/** The tree, or what is wrong. An empty file is an empty map. */
export function parseFile(file: SourceFile): { tree: MapTree; problems: Problem[] } {
  const lines = new LineCounter();
  // The parser compares every key with every other; `Reader.map` finds the same with a table.
  const options = { lineCounter: lines, prettyErrors: false, logLevel: "silent", uniqueKeys: false } as const;
  const document = parseDocument(file.text, options);
  const start: Place = { file, line: 1, column: 1, length: 1 };
  const empty: MapTree = { type: "map", members: new Map(), at: start };
  const problems: Problem[] = document.errors.map(({ code, message, pos: [from, to] }) => ({
    message: WORDS[code] ?? `not valid YAML: ${message}`,
    at: placeOf(file, lines, from, Math.max(to, from + wordAt(file.text, from))),
  }));
  if (problems.length > 0) return { tree: empty, problems };
  const reader = new Reader(file, lines, document, problems);
  const tree = reader.tree(document.contents as Node | null, start);
  if (tree.type === "map") return { tree, problems };
  if (tree.type === "scalar" && tree.value === null) return { tree: empty, problems };
  problems.push({ message: "a workspace document is a map of sections, as `users:` and `channels:`", at: tree.at });
  return { tree: empty, problems };
}
