/** Changes one entry of a YAML file and leaves every other byte as it was. Knows nothing of configuration. */
import { isDeepStrictEqual } from "node:util";
import {
  Document,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  type Pair,
  parseDocument,
  Scalar,
  visit,
  YAMLMap,
} from "yaml";

const format = { lineWidth: 0, flowCollectionPadding: false } as const;

/**
 * As the parser, which compares every key of a map with every other: with a table that is done at once, and the parser says it in
 * its own words where two are alike.
 */
export function parseYaml(text: string): Document {
  const document: Document = parseDocument(text, { uniqueKeys: false });
  return hasTwins(document) ? parseDocument(text) : document;
}

function hasTwins(document: Document): boolean {
  let found = false;
  visit(document, {
    Map(_key, { items }) {
      const keys = items.map(({ key }) => (isScalar(key) ? key.value : key));
      if (new Set(keys).size === keys.length) return undefined;
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

/** A value's node, quoted where YAML 1.1 or 1.2 would take its text for something else than a string. */
export function textNode(text: string): Scalar {
  const node = new Scalar(text);
  const isMerge = text === "<<" || text === "=";
  const isOther =
    isMerge ||
    (["1.1", "1.2"] as const).some((version) => {
      const read = parseDocument(text, { version, logLevel: "silent" });
      return read.errors.length > 0 || !isScalar(read.contents) || typeof read.contents.value !== "string";
    });
  // Several lines are written as a block, which is always text.
  if (isOther && !text.includes("\n")) node.type = "QUOTE_DOUBLE";
  return node;
}

/**
 * The text with what `change` did to the document. `place` names the entry that it changed, which is written anew; when
 * that doesn't give the same document (an entry in an unusual form), the whole file is.
 */
export function editYaml(text: string, place: readonly string[], change: (document: Document) => void): string {
  const changed = parseYaml(text);
  change(changed);
  const wanted = changed.toJS();
  const edited = editEntry(text, place, changed);
  if (edited !== undefined && sameContent(edited, wanted)) return edited;
  return changed.toString(format);
}

function sameContent(text: string, wanted: unknown): boolean {
  const read = parseYaml(text);
  return read.errors.length === 0 && isDeepStrictEqual(read.toJS(), wanted);
}

function editEntry(text: string, place: readonly string[], changed: Document): string | undefined {
  const former = parseYaml(text);
  const above = place.slice(0, -1);
  const map = above.length === 0 ? former.contents : former.getIn(above);
  const old = findPair(map, place);
  const next = findPair(above.length === 0 ? changed.contents : changed.getIn(above), place);
  if (!isMap(map) || map.flow || map.items.length === 0) {
    // Nothing there yet: the outermost missing entry goes to the end of the file.
    if (above.length === 0 || former.has(above[0]) || !next) return appended(text, next, map);
    return appended(text, findPair(changed.contents, above), former.contents);
  }
  if (old && next) return replaced(text, old, next);
  if (old) return removed(text, old);
  const last = map.items.at(-1);
  return next && last ? inserted(text, last, next) : undefined;
}

function findPair(map: unknown, place: readonly string[]): Pair | undefined {
  return isMap(map) ? map.items.find(({ key }) => (isScalar(key) ? key.value : key) === place.at(-1)) : undefined;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

/** Where the content of an entry ends. Comments below a block belong to it by the grammar, but seldom by their meaning. */
function endOf({ key, value }: Pair): number | undefined {
  if (isCollection(value) && !value.flow && value.items.length > 0) {
    const last = value.items.at(-1);
    return isPair(last) ? endOf(last) : endOf({ key: value, value: last } as Pair);
  }
  return isNode(value) ? value.range?.[1] : isNode(key) ? key.range?.[1] : undefined;
}

/** The start of the next line; the end of the text when there is none. */
function nextLine(text: string, end: number): number {
  if (text[end - 1] === "\n") return end;
  const at = text.indexOf("\n", end);
  return at < 0 ? text.length : at + 1;
}

const lineStart = (text: string, at: number) => text.lastIndexOf("\n", at - 1) + 1;

function rendered(pair: Pair, indent: string): string {
  const map = new YAMLMap();
  map.items.push(pair);
  // What stands above the entry, and behind or below its value, stays in the text.
  if (isNode(pair.key)) Object.assign(pair.key, { commentBefore: undefined, spaceBefore: undefined });
  if (isNode(pair.value)) pair.value.comment = null;
  const document = new Document();
  document.contents = map as typeof document.contents;
  const lines = document.toString(format).trimEnd().split("\n");
  return lines.map((line, i) => (i === 0 || line === "" ? line : indent + line)).join("\n");
}

function indentOf(text: string, pair: Pair): string | undefined {
  const key = startOf(pair.key);
  if (key === undefined) return undefined;
  const indent = text.slice(lineStart(text, key), key);
  return indent.trim() === "" ? indent : undefined;
}

function replaced(text: string, old: Pair, next: Pair): string | undefined {
  const indent = indentOf(text, old);
  const [start, valueEnd] = [startOf(old.key), endOf(old)];
  if (indent === undefined || start === undefined || valueEnd === undefined) return undefined;
  // A comment behind a single value stays; those inside a block are written with it.
  const isBlock = isCollection(old.value) && !old.value.flow;
  const end = isBlock ? nextLine(text, valueEnd) : valueEnd;
  const line = text[end - 1] === "\n" ? "\n" : "";
  const [head = "", ...below] = rendered(next, indent).split("\n");
  const comment = isScalar(old.value) && old.value.type?.startsWith("BLOCK") ? old.value.comment : undefined;
  if (comment) {
    // It stands behind the key already.
    return `${text.slice(0, start)}${[`${head} #${comment}`, ...below].join("\n")}${line}${text.slice(end)}`;
  }
  const rest = line === "" && below.length > 0 ? /^[ \t]+#[^\r\n]*/.exec(text.slice(end))?.[0] : undefined;
  // Below several lines it would be a part of them: it goes behind the key.
  const lines = [head + (rest ?? ""), ...below].join("\n");
  return text.slice(0, start) + lines + line + text.slice(end + (rest?.length ?? 0));
}

function removed(text: string, old: Pair): string | undefined {
  const indent = indentOf(text, old);
  const [key, end] = [startOf(old.key), endOf(old)];
  if (indent === undefined || key === undefined || end === undefined) return undefined;
  let start = lineStart(text, key);
  // Comment lines right above belong to the entry.
  while (start > 0) {
    const above = lineStart(text, start - 1);
    if (!text.slice(above, start).startsWith(`${indent}#`)) break;
    start = above;
  }
  return text.slice(0, start) + text.slice(nextLine(text, end));
}

function inserted(text: string, last: Pair, next: Pair): string | undefined {
  const indent = indentOf(text, last);
  const end = endOf(last);
  if (indent === undefined || end === undefined) return undefined;
  const at = nextLine(text, end);
  const before = text.slice(0, at);
  return `${before}${before.endsWith("\n") ? "" : "\n"}${indent}${rendered(next, indent)}\n${text.slice(at)}`;
}

function appended(text: string, next: Pair | undefined, map: unknown): string | undefined {
  if (!next || (isMap(map) && map.flow)) return undefined;
  return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${rendered(next, "")}\n`;
}
