/** Writes an export as a workspace document: one file, or one for each section with a head that includes them. */
import { Document, isScalar, isSeq, stringify, visit } from "yaml";
import type { AnyHandler, Declared } from "../../engine/handler.ts";
import { byCodePoint, type ExportedObject, type ExportedSection } from "../model.ts";

const STYLE = { lineWidth: 0, indentSeq: false, aliasDuplicateObjects: false } as const;

/** What an entry says: its short form where its kind has one and that is all there is. */
function bodyOf({ handler, inputs, secrets }: ExportedObject): unknown {
  const { short } = handler.schema.document;
  const names = Object.keys(inputs);
  const value = short === undefined ? undefined : inputs[short];
  const isMap = value !== null && typeof value === "object" && !Array.isArray(value);
  const isSealed = secrets.some(({ path }) => path.length === 1 && path[0] === short);
  return short !== undefined && names.length === 1 && names[0] === short && (!isMap || isSealed) ? value : inputs;
}

/** Objects below their keys. */
function treeOf(objects: readonly ExportedObject[]): Map<string, unknown> {
  const tree = new Map<string, unknown>();
  for (const object of objects) {
    let level = tree;
    for (const key of object.keys.slice(0, -1)) {
      const next = (level.get(key) as Map<string, unknown> | undefined) ?? new Map<string, unknown>();
      level.set(key, next);
      level = next;
    }
    level.set(object.keys.at(-1) ?? "", bodyOf(object));
  }
  return tree;
}

/** `name: { … }` on one line where an entry is small; small means that it fits. */
const FITS = 100;

/** YAML as people write it: small entries on one line. */
export function text(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_key, node) {
      // As a block it would take the empty lines after it for its own.
      if (typeof node.value === "string" && /\n\s*\n$/.test(node.value)) node.type = "QUOTE_DOUBLE";
    },
    Map(key, node, path) {
      if (node.items.length === 0) return;
      const isEntry = path.length > 2 && key !== null;
      const isFlat = ({ value }: { value: unknown }) =>
        isScalar(value) || (isSeq(value) && value.items.every(isScalar));
      if (isEntry && node.items.every(isFlat) && JSON.stringify(node).length < FITS) {
        node.flow = true;
      }
    },
    Seq(_key, node) {
      if (node.items.every((item) => isScalar(item)) && JSON.stringify(node).length < FITS) node.flow = true;
    },
  });
  return document.toString({ ...STYLE, flowCollectionPadding: true });
}

/** Objects that are laid out at a time: the parser's nodes take a hundred times the space of their text. */
const AT_A_TIME = 250;

/** One section, as it stands in a document. */
export function sectionText({ handler, objects }: ExportedSection): string {
  const { section } = handler.schema.document;
  const texts: string[] = [];
  for (let from = 0; from < objects.length; ) {
    let to = Math.min(from + AT_A_TIME, objects.length);
    // What stands under one key stays together.
    while (to < objects.length && objects[to]?.keys[0] === objects[to - 1]?.keys[0]) to++;
    const part = text(new Map([[section, treeOf(objects.slice(from, to))]]));
    texts.push(from === 0 ? part : part.slice(part.indexOf("\n") + 1));
    from = to;
  }
  return texts.join("");
}

export interface Head {
  /** Comment lines, without the mark. */
  readonly comments: readonly string[];
  readonly include: readonly string[];
  readonly defaults: ReadonlyMap<AnyHandler, Declared>;
  readonly existing: ReadonlyMap<AnyHandler, readonly string[]>;
}

/** What stands above the sections. */
export function headText({ comments, include, defaults, existing }: Head): string {
  const parts: Record<string, unknown> = {};
  if (include.length > 0) parts.include = [...include];
  const bySection = <T>(values: ReadonlyMap<AnyHandler, T>): [string, T][] =>
    [...values].map(([handler, value]) => [handler.schema.document.section, value]);
  if (defaults.size > 0) parts.defaults = new Map(bySection(defaults));
  if (existing.size > 0)
    parts.existing = new Map(bySection(existing).map(([section, names]) => [section, [...names].sort(byCodePoint)]));
  const lines = comments.map((line) => `# ${line}`.trimEnd()).join("\n");
  const body = Object.keys(parts).length > 0 ? stringify(new Map(Object.entries(parts)), STYLE) : "";
  return [lines === "" ? "" : `${lines}\n`, body].filter((part) => part !== "").join("\n");
}
