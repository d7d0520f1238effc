/** Puts values into a document's files where they stand. Knows no kinds: what is right is for the caller to see. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Document, isAlias, isCollection, isMap, LineCounter, type Node, type Pair, parseDocument } from "yaml";
import { InputError } from "../../errors.ts";
import type { Place, Tree } from "../read/tree.ts";
import { type Edit, edited, Unwritable } from "./text.ts";
import { ValueWriter } from "./value.ts";

/** One argument of an entry. */
export type Wish =
  | { readonly how: "set"; readonly tree: Tree; readonly value: unknown }
  /** The entry has it from elsewhere; `at`: where the entry's key stands. */
  | { readonly how: "add"; readonly at: Place; readonly key: string; readonly value: unknown };

interface File {
  /** As it was, to put it back. */
  readonly bytes: string;
  readonly mark: string;
  readonly text: string;
  readonly lines: LineCounter;
  readonly document: Document;
  readonly edits: Edit[];
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const BOM = "\uFEFF";

export class DocumentWriter {
  private readonly files = new Map<string, File>();
  private readonly touched = new Set<string>();

  /** Throws Unwritable, and then has noted nothing. */
  note(wish: Wish): void {
    const { file: source, line, column } = wish.how === "set" ? wish.tree.at : wish.at;
    const file = this.open(path.join(source.folder, path.basename(source.path)));
    const offset = (file.lines.lineStarts[line - 1] ?? 0) + column - 1;
    const edits = ValueWriter.edits(file.text, file.document, (writer) => {
      if (wish.how === "set") writer.set(nodeAt(file.document, offset, wish.tree.type), wish.value);
      else writer.add(pairAt(file.document, offset), wish.key, wish.value);
    });
    edited(file.text, [...file.edits, ...edits]);
    file.edits.push(...edits);
  }

  /** Throws InputError where a file can't be written; all are as before then. */
  write(): void {
    for (const [name, { mark, text, edits }] of this.files) {
      if (edits.length === 0) continue;
      // Before it is written: what breaks off in the middle is to be put back, too.
      this.touched.add(name);
      try {
        writeFileSync(name, mark + edited(text, edits));
      } catch (cause) {
        this.undo();
        throw new InputError(`${name} can't be written: ${reasonOf(cause)}. The document is as it was.`, { cause });
      }
    }
  }

  /** All files as they were. */
  undo(): void {
    for (const name of this.touched) {
      const bytes = this.files.get(name)?.bytes ?? "";
      try {
        // What could not be written at first has nothing to be put back.
        if (readFileSync(name, "utf8") !== bytes) writeFileSync(name, bytes);
      } catch (cause) {
        throw new InputError(`${name} can't be put back as it was: ${reasonOf(cause)}.`, {
          hint: "Take its former text from your version control.",
          cause,
        });
      }
    }
    this.touched.clear();
  }

  private open(name: string): File {
    const opened = this.files.get(name);
    if (opened !== undefined) return opened;
    const bytes = readFileSync(name, "utf8");
    const mark = bytes.startsWith(BOM) ? BOM : "";
    const text = bytes.slice(mark.length);
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: "silent" });
    const file: File = { bytes, mark, text, lines, document, edits: [] };
    this.files.set(name, file);
    return file;
  }
}

type Visit = (node: Node, holder: Pair<Node, Node | null> | undefined) => void;

/** Everything but what other places share by an anchor: a change there would be one in all of them. */
function walk(node: Node | null, visit: Visit, holder?: Pair<Node, Node | null>): void {
  if (node === null || isAlias(node) || ("anchor" in node && node.anchor)) return;
  visit(node, holder);
  if (!isCollection(node)) return;
  for (const item of node.items) {
    if (!isMap(node)) walk(item as Node, visit);
    else {
      const pair = item as Pair<Node, Node | null>;
      if (pair.value) walk(pair.value, visit, pair);
    }
  }
}

const typeOf = (node: Node): Tree["type"] => (!isCollection(node) ? "scalar" : isMap(node) ? "map" : "list");

const shared = () => new Unwritable("it stands at an anchor, which other places share");

function nodeAt(document: Document, offset: number, type: Tree["type"]): Node {
  let found: Node | undefined;
  walk(document.contents as Node | null, (node) => {
    if (node.range?.[0] === offset && typeOf(node) === type) found ??= node;
  });
  if (found === undefined) throw shared();
  return found;
}

function pairAt(document: Document, offset: number): Pair<Node, Node | null> {
  let found: Pair<Node, Node | null> | undefined;
  walk(document.contents as Node | null, (node) => {
    if (!isMap(node)) return;
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      const isShared = pair.value && (isAlias(pair.value) || ("anchor" in pair.value && pair.value.anchor));
      if (pair.key.range?.[0] === offset && !isShared) found = pair;
    }
  });
  if (found === undefined) throw shared();
  return found;
}
