/** Edits that make a YAML node have another value. Knows no kinds and no files. */
import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, isScalar, isSeq, type Node, type Pair, Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { inline, literal } from "./render.ts";
import { type Edit, endOfLine, newlineOf, nextLine, skip, startOfLine, Unwritable } from "./text.ts";

type Values = Record<string, unknown>;

const isPlainMap = (value: unknown): value is Values =>
  value !== null && typeof value === "object" && !Array.isArray(value);

const isBlock = (node: YAMLMap | YAMLSeq): boolean => node.flow !== true;

export class ValueWriter {
  private readonly text: string;
  private readonly document: Document;
  private readonly edits: Edit[] = [];

  constructor(text: string, document: Document) {
    this.text = text;
    this.document = document;
  }

  /** What has to be done to the text for what was asked. Throws Unwritable, as everything here. */
  static edits(text: string, document: Document, ask: (writer: ValueWriter) => void): Edit[] {
    const writer = new ValueWriter(text, document);
    ask(writer);
    return writer.edits;
  }

  /** Makes a node have a value; what it has already is not touched. */
  set(node: Node | null | undefined, value: unknown): void {
    if (node === null || node === undefined) throw new Unwritable("nothing stands there");
    if (isDeepStrictEqual(node.toJS(this.document), value)) return;
    if (isMap(node) && isPlainMap(value) && Object.keys(value).length > 0) this.setMap(node, value);
    else if (isSeq(node) && Array.isArray(value)) this.setList(node, value);
    else if (isScalar(node)) this.setScalar(node, value);
    else if ((isMap(node) || isSeq(node)) && !isBlock(node)) this.put(...this.rangeOf(node), inline(value));
    else throw new Unwritable("it has another form there");
  }

  /** Adds an argument to an entry, of which only the key may stand there. */
  add(entry: Pair<Node, Node | null>, key: string, value: unknown): void {
    const isNothing = !entry.value || (isScalar(entry.value) && entry.value.value === null && !entry.value.source);
    if (isNothing) {
      const colon = skip(this.text, this.rangeOf(entry.key)[1]);
      if (this.text[colon] !== ":") throw new Unwritable("its entry has no place for it");
      this.put(colon + 1, colon + 1, ` { ${inline(key)}: ${inline(value)} }`);
    } else if (isMap(entry.value)) this.addMember(entry.value, key, value);
    else throw new Unwritable("its entry has the short form");
  }

  private put(from: number, to: number, text: string): void {
    this.edits.push({ from, to, text });
  }

  private rangeOf(node: Node | null | undefined): [number, number] {
    if (!node?.range) throw new Unwritable("nothing stands there");
    return [node.range[0], node.range[1]];
  }

  private setScalar(node: Scalar, value: unknown): void {
    const [from, to] = this.rangeOf(node);
    if (node.type !== Scalar.BLOCK_LITERAL && node.type !== Scalar.BLOCK_FOLDED) {
      if (from === to) throw new Unwritable("nothing stands there");
      this.put(from, to, inline(value, typeof value === "string" ? (node.type as Scalar.Type) : undefined));
      return;
    }
    const newline = newlineOf(this.text);
    const [head = "", ...lines] = this.text.slice(from, to).split(/\r?\n/);
    const indent = /^ +/.exec(lines.find((line) => line.trim() !== "") ?? "")?.[0];
    // A comment may stand beside the sign.
    const comment = /[ \t]+#.*$/.exec(head)?.[0] ?? "";
    const block = typeof value === "string" && indent ? literal(value, indent, newline) : undefined;
    this.put(from, to, block?.replace("\0", () => comment) ?? `${inline(value)}${comment}${newline}`);
  }

  private setMap(node: YAMLMap, value: Values): void {
    const pairs = node.items as Pair<Node, Node | null>[];
    const keyOf = ({ key }: Pair<Node, Node | null>) => (isScalar(key) ? String(key.value) : "");
    const names = pairs.map(keyOf);
    if (!names.some((name) => name in value)) throw new Unwritable("nothing of it stays");
    const last = pairs.findLast((pair) => keyOf(pair) in value);
    for (const [key, part] of Object.entries(value)) if (!names.includes(key)) this.addMember(node, key, part, last);
    for (const [index, pair] of pairs.entries()) {
      const name = names[index] ?? "";
      if (name in value) this.set(pair.value, value[name]);
      else if (isBlock(node)) this.removeLines(this.rangeOf(pair.key)[0], this.rangeOf(pair.value)[1]);
      else this.removeFlow(this.rangeOf(pair.key)[0], this.rangeOf(pair.value)[1]);
    }
  }

  /** `last`: what it comes after. */
  private addMember(
    node: YAMLMap,
    key: string,
    value: unknown,
    last = node.items.at(-1) as Pair<Node, Node | null> | undefined,
  ): void {
    const member = `${inline(key)}: ${inline(value)}`;
    if (last === undefined) {
      this.put(...this.rangeOf(node), `{ ${member} }`);
      return;
    }
    const [, end] = this.rangeOf(last.value ?? last.key);
    if (!isBlock(node)) {
      this.put(end, end, `, ${member}`);
      return;
    }
    const start = this.rangeOf(last.key)[0];
    const indent = this.text.slice(startOfLine(this.text, start), start);
    const at = endOfLine(this.text, end);
    this.put(at, at, `${newlineOf(this.text)}${indent}${member}`);
  }

  /** Items that stay are not touched, so that what is said beside them stays beside them. */
  private setList(node: YAMLSeq, value: readonly unknown[]): void {
    const items = node.items as Node[];
    const found = items.map((item) => item.toJS(this.document));
    const kept = common(found, value);
    if (this.setRow(node, kept, value)) return;
    const ends = [...kept, [items.length, value.length] as const];
    let [here, there] = [0, 0];
    let last: Node | undefined;
    for (const [item, index] of ends) {
      // Another version of an item has its comments; a name that stands in for another has not.
      while (here < item && there < index && isMap(items[here]) && isPlainMap(value[there])) {
        last = items[here++];
        this.set(last, value[there++]);
      }
      const added = value.slice(there, index);
      if (added.length > 0) this.addItems(node, last, added);
      for (const gone of items.slice(here, item)) {
        const [from, to] = this.rangeOf(gone);
        if (isBlock(node)) this.removeLines(this.dashOf(gone), to);
        else this.removeFlow(from, to);
      }
      last = items[item];
      [here, there] = [item + 1, index + 1];
    }
    // A list in lines that has none would be nothing at all.
    if (value.length === 0 && isBlock(node)) this.emptyList(node);
  }

  /** A list in one line is short: what stays keeps its own form, and the commas come out even. */
  private setRow(node: YAMLSeq, kept: readonly (readonly [number, number])[], value: readonly unknown[]): boolean {
    const [from, to] = this.rangeOf(node);
    const items = node.items as Node[];
    const isMarked = items.some((item) => "anchor" in item && item.anchor);
    // A comment would go to the end of its line, and the list over it.
    if (isBlock(node) || items.length === 0 || isMarked || this.text.slice(from, to).includes("\n")) return false;
    const places = new Map(kept.map(([item, index]) => [index, items[item]]));
    const texts = value.map((one, index) => {
      const item = places.get(index);
      return item === undefined ? inline(one) : this.text.slice(...this.rangeOf(item));
    });
    const before = this.text.slice(from, this.rangeOf(items[0])[0]);
    const behind = this.text.slice(this.rangeOf(items.at(-1))[1], to).replace(",", "");
    this.put(from, to, `${before}${texts.join(", ")}${behind}`);
    return true;
  }

  private dashOf(item: Node): number {
    const before = this.text.slice(0, this.rangeOf(item)[0]).trimEnd();
    if (!before.endsWith("-")) throw new Unwritable("an item of the list has another form there");
    return before.length - 1;
  }

  private addItems(node: YAMLSeq, after: Node | undefined, values: readonly unknown[]): void {
    const [first] = node.items as Node[];
    if (first === undefined) {
      this.put(...this.rangeOf(node), `[${values.map((one) => inline(one)).join(", ")}]`);
      return;
    }
    if (!isBlock(node)) {
      const texts = values.map((one) => inline(one)).join(", ");
      if (after === undefined) {
        this.put(this.rangeOf(first)[0], this.rangeOf(first)[0], `${texts}, `);
        return;
      }
      this.put(this.rangeOf(after)[1], this.rangeOf(after)[1], `, ${texts}`);
      return;
    }
    const newline = newlineOf(this.text);
    const dash = this.dashOf(first);
    const start = startOfLine(this.text, dash);
    const lines = values.map((one) => `${this.text.slice(start, dash)}- ${inline(one)}`).join(newline);
    if (after === undefined) {
      this.put(start, start, `${lines}${newline}`);
      return;
    }
    const at = endOfLine(this.text, this.rangeOf(after)[1]);
    this.put(at, at, `${newline}${lines}`);
  }

  private emptyList(node: YAMLSeq): void {
    const colon = this.text.slice(0, this.rangeOf(node)[0]).trimEnd().length;
    if (this.text[colon - 1] !== ":") throw new Unwritable("a comment stands before the list");
    this.put(colon, colon, " []");
  }

  private removeLines(from: number, to: number): void {
    this.put(startOfLine(this.text, from), nextLine(this.text, endOfLine(this.text, to)), "");
  }

  /** With the comma behind it, else the one before it. Comments stay. */
  private removeFlow(from: number, to: number): void {
    const next = skip(this.text, to);
    if (this.text[next] === ",") {
      const end = this.text.slice(to, next).trim() === "" ? next + 1 : undefined;
      if (end === undefined) {
        this.put(from, to, "");
        this.put(next, next + 1, "");
        return;
      }
      this.put(from, this.text[end] === " " ? end + 1 : end, "");
      return;
    }
    const before = this.text.slice(0, from).trimEnd();
    // The comma may have gone with the item before it.
    const isOurs = before.endsWith(",") && !this.edits.some((edit) => edit.to >= before.length && edit.from < from);
    this.put(isOurs ? before.length - 1 : from, to, "");
  }
}

/** The longest list of pairs of places at which both have the same, in the order of both. */
function common(one: readonly unknown[], other: readonly unknown[]): [number, number][] {
  const keys = one.map((item) => JSON.stringify(item));
  const others = other.map((item) => JSON.stringify(item));
  const length = keys.map(() => new Uint32Array(others.length + 1));
  length.push(new Uint32Array(others.length + 1));
  const at = (i: number, j: number): number => length[i]?.[j] ?? 0;
  for (let i = keys.length - 1; i >= 0; i--) {
    for (let j = others.length - 1; j >= 0; j--) {
      const row = length[i] as Uint32Array;
      row[j] = keys[i] === others[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < keys.length && j < others.length; ) {
    if (keys[i] === others[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
