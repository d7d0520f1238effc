/**
 * Reads the plain part of YAML that documents are made of, line by line: maps, lists, words, numbers, quoted texts, `[a]`, `{ a: b }`
 * and `|`. Whatever else a file holds, or what is wrong in it, is for the whole parser: then it gives nothing. A file of
 * thousands of objects is read in a tenth of the time. Knows no kinds.
 */
import { isScalar, parseDocument } from "yaml";
import type { MapTree, Member, Place, ScalarTree, SourceFile, Tree } from "./tree.ts";

/** Far below what the whole parser takes. */
const MAX_DEPTH = 32;
/** The whole parser looks only so far for the end of a key. */
const MAX_KEY = 500;

/** Line ends of other systems, tabs, what can't be seen, and what looks like a space and is none. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are meant.
const STRANGE = /[\u0000-\u0009\u000b-\u001f\u007f-\u00a0\u2000-\u200b\u2028\u2029\u202f\u3000\ufeff]/;
/** The begin of a document, its end, a directive. */
const MARKER = /^(?:---|\.\.\.|%)/m;

const KEY = /([\p{L}\p{N}_.$/](?:[\p{L}\p{M}\p{N}_./@+$-]| (?=[\p{L}\p{N}_]))*|"[^"\\]*"|'[^']*'):(?= |$)/uy;
/** Keys that are refused. */
const NO_KEY = /^(?:null|Null|NULL|["']<<["'])$/;
const WORD = /^[\p{L}_]/u;
/** Words that are no texts. */
const MEANS_MORE = /^(?:[Nn]ull|NULL|[Tt]rue|TRUE|[Ff]alse|FALSE)$/;
/** Begins a value of another sort. */
const INDICATOR = /^(?:-(?!\d)|[?:,[\]{}#&*!|>'"%@`])/;
const REST = / *(?: #.*)?$/y;
const DOUBLE_QUOTED = /"(?:[^"\\]|\\["\\nt])*"/y;
const SINGLE_QUOTED = /'(?:[^']|'')*'/y;
const FLOW_WORD = /(?:-(?=\d)|[^\s,[\]{}:#"'&*!|>%@`?-])(?:[^,[\]{}:#\s]|:(?=[^\s,[\]{}])| +(?=[^\s,[\]{}#:]))*/y;

class NotPlain extends Error {}

const giveUp = (): never => {
  throw new NotPlain();
};

class PlainReader {
  readonly #file: SourceFile;
  readonly #lines: readonly string[];
  /** The line that is read, from 0. */
  #at = -1;
  /** The first character of it that is not read. */
  #column = 0;

  constructor(file: SourceFile) {
    this.#file = file;
    this.#lines = file.text.split("\n");
    this.#advance();
  }

  get #line(): string {
    return this.#lines[this.#at] ?? "";
  }

  get #atEnd(): boolean {
    return this.#at >= this.#lines.length;
  }

  /** To the next line with content. */
  #advance(): void {
    do {
      this.#at++;
      this.#column = this.#line.search(/[^ ]/);
    } while (!this.#atEnd && (this.#column === -1 || this.#line[this.#column] === "#"));
    if (this.#atEnd) this.#column = -1;
  }

  #place(column: number, length: number): Place {
    return { file: this.#file, line: this.#at + 1, column: column + 1, length: Math.max(1, length) };
  }

  #toEndOfLine(): Place {
    return this.#place(this.#column, this.#line.length - this.#column);
  }

  /** What fits at the column; it is read then. */
  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#column;
    const found = pattern.exec(this.#line)?.[0];
    if (found !== undefined) this.#column += found.length;
    return found;
  }

  #skipBlanks(): void {
    while (this.#line[this.#column] === " ") this.#column++;
  }

  #endLine(): void {
    if (this.#take(REST) === undefined) giveUp();
    this.#advance();
  }

  whole(): MapTree {
    if (this.#atEnd || this.#column !== 0) giveUp();
    const tree = this.#map(0);
    return this.#atEnd ? tree : giveUp();
  }

  /** From its first key on, in whose column all others stand. */
  #map(depth: number): MapTree {
    if (depth > MAX_DEPTH) giveUp();
    const at = this.#toEndOfLine();
    const indent = this.#column;
    const members = new Map<string, Member>();
    do {
      const { key, at: keyAt } = this.#key();
      if (members.has(key)) giveUp();
      members.set(key, { at: keyAt, value: this.#value(indent, depth) });
    } while (this.#column === indent);
    // Further in: it would belong to the value, or to nothing.
    return this.#column > indent ? giveUp() : { type: "map", members, at };
  }

  #key(): { key: string; at: Place } {
    const from = this.#column;
    const found = this.#take(KEY) ?? giveUp();
    const source = found.slice(0, -1);
    if (source.length > MAX_KEY || NO_KEY.test(source)) giveUp();
    const isQuoted = /^["']/.test(source);
    return { key: isQuoted ? source.slice(1, -1) : source, at: this.#place(from, source.length) };
  }

  /** What stands behind a key: in its line, or further in below it. A list may stand right below. */
  #value(indent: number, depth: number): Tree {
    this.#skipBlanks();
    if (this.#column < this.#line.length && this.#line[this.#column] !== "#") return this.#inLine(indent, depth);
    const nothing: ScalarTree = { type: "scalar", value: null, at: this.#place(this.#column, 1) };
    const from = this.#at;
    this.#advance();
    const isList = this.#isItem();
    if (this.#column > indent) return isList ? this.#list(depth + 1) : this.#map(depth + 1);
    if (this.#column === indent && isList) return this.#list(depth + 1);
    // Of comments the whole parser has its own mind.
    return this.#lines.slice(from + 1, this.#at).every((line) => line === "") ? nothing : giveUp();
  }

  #isItem(): boolean {
    return this.#line[this.#column] === "-" && this.#line[this.#column + 1] === " ";
  }

  #list(depth: number): Tree {
    if (depth > MAX_DEPTH) giveUp();
    const at = this.#toEndOfLine();
    const indent = this.#column;
    const items: Tree[] = [];
    do {
      this.#column++;
      this.#skipBlanks();
      KEY.lastIndex = this.#column;
      items.push(KEY.test(this.#line) ? this.#map(depth + 1) : this.#inLine(indent, depth));
    } while (this.#column === indent && this.#isItem());
    return this.#column > indent ? giveUp() : { type: "list", items, at };
  }

  /** `indent`: of what it belongs to. */
  #inLine(indent: number, depth: number): Tree {
    if (this.#line[this.#column] === "|") return this.#literal(indent);
    const value = this.#quotedOrFlow(depth) ?? this.#word();
    this.#endLine();
    return value;
  }

  #quotedOrFlow(depth: number): Tree | undefined {
    const from = this.#column;
    const first = this.#line[from];
    if (first === "[" || first === "{") return this.#flow(depth + 1);
    if (first !== '"' && first !== "'") return undefined;
    const source = this.#take(first === '"' ? DOUBLE_QUOTED : SINGLE_QUOTED) ?? giveUp();
    const value = first === '"' ? (JSON.parse(source) as string) : source.slice(1, -1).replaceAll("''", "'");
    return { type: "scalar", value, at: this.#place(from, source.length) };
  }

  /** Goes to the end of the line, or to a comment. */
  #word(): Tree {
    const rest = this.#line.slice(this.#column);
    const comment = rest.indexOf(" #");
    const text = (comment === -1 ? rest : rest.slice(0, comment)).replace(/ +$/, "");
    if (INDICATOR.test(text) || text.includes(": ") || text.endsWith(":")) giveUp();
    const at = this.#place(this.#column, text.length);
    this.#column += text.length;
    return { type: "scalar", value: meaningOf(text), at };
  }

  #flow(depth: number): Tree {
    if (depth > MAX_DEPTH) giveUp();
    const from = this.#column;
    const isList = this.#line[from] === "[";
    const close = isList ? "]" : "}";
    const items: Tree[] = [];
    const members = new Map<string, Member>();
    this.#column++;
    this.#skipBlanks();
    while (this.#line[this.#column] !== close) {
      if (isList) items.push(this.#flowValue(depth));
      else {
        const { key, at } = this.#key();
        this.#skipBlanks();
        if (members.has(key)) giveUp();
        members.set(key, { at, value: this.#flowValue(depth) });
      }
      this.#skipBlanks();
      if (this.#line[this.#column] === ",") this.#column++;
      else if (this.#line[this.#column] !== close) giveUp();
      this.#skipBlanks();
    }
    this.#column++;
    const at = this.#place(from, this.#column - from);
    return isList ? { type: "list", items, at } : { type: "map", members, at };
  }

  #flowValue(depth: number): Tree {
    const from = this.#column;
    const other = this.#quotedOrFlow(depth);
    if (other !== undefined) return other;
    const text = this.#take(FLOW_WORD) ?? giveUp();
    return { type: "scalar", value: meaningOf(text), at: this.#place(from, text.length) };
  }

  /** `|` and `|-`: the lines below, as far as they stand further in. */
  #literal(indent: number): Tree {
    const header = this.#line.slice(this.#column);
    if (header !== "|" && header !== "|-") giveUp();
    const at = this.#toEndOfLine();
    const first = this.#lines[this.#at + 1] ?? "";
    const inner = first.search(/[^ ]/);
    if (inner <= indent) giveUp();
    const lines: string[] = [];
    let next = this.#at + 1;
    for (; next < this.#lines.length; next++) {
      const line = this.#lines[next] ?? "";
      const column = line.search(/[^ ]/);
      if (column === -1 ? line !== "" : column < inner) break;
      lines.push(line.slice(inner));
    }
    // Its last line has to end, and blanks alone would be content.
    if (next >= this.#lines.length && lines.at(-1) !== "") giveUp();
    if (/^ +$/.test(this.#lines[next] ?? "")) giveUp();
    this.#at = next - 1;
    this.#advance();
    if (this.#column > indent) giveUp();
    const text = lines.join("\n").replace(/\n+$/, "");
    return { type: "scalar", value: header === "|" ? `${text}\n` : text, at };
  }
}

const meanings = new Map<string, ScalarTree["value"]>();

/** A word is a text, but for a few; what numbers are is the whole parser's to say. */
function meaningOf(text: string): ScalarTree["value"] {
  if (WORD.test(text) && !MEANS_MORE.test(text)) return text;
  const known = meanings.get(text);
  if (known !== undefined) return known;
  const { contents, errors } = parseDocument(text, { logLevel: "silent" });
  if (errors.length > 0 || !isScalar(contents) || contents.source !== text) return giveUp();
  const { value } = contents;
  const isNumber = typeof value === "number" && Number.isFinite(value);
  if (!isNumber && value !== null && typeof value !== "string" && typeof value !== "boolean") return giveUp();
  meanings.set(text, value);
  return value;
}

/** The tree that the whole parser would give, or undefined where that has to say. */
export function readPlain(file: SourceFile): MapTree | undefined {
  if (STRANGE.test(file.text) || MARKER.test(file.text)) return undefined;
  try {
    return new PlainReader(file).whole();
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}
