/** Values as text: as the CLI prints them, secrets as [secret], unknowns as [unknown]. Knows no resource. */
import { isSecret } from "../state/index.ts";
import { hasUnknown, isObject, signatureOf, UNKNOWN } from "../values.ts";
import { printable } from "./text.ts";

/** How far what is inside stands to the right. */
export const STEP = 4;
export const spaces = (count: number): string => " ".repeat(count);

/** One value; the lines after the first are indented for a key that stands in the given column. */
export function show(value: unknown, column = 4): string {
  if (isSecret(value)) return "[secret]";
  if (value === UNKNOWN) return "[unknown]";
  if (typeof value === "string") {
    const parsed = parseJson(value);
    return parsed === undefined ? quote(value) : `(json) ${show(parsed, column)}`;
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    const items = value.map((item, index) => `${spaces(column + STEP)}[${index}]: ${show(item, column + STEP)}\n`);
    return `[\n${items.join("")}${spaces(column)}]`;
  }
  if (!isObject(value)) return String(value);
  if (signatureOf(value) !== undefined) {
    return hasUnknown(value) ? "[unknown]" : String(value.path ?? value.id ?? value.urn ?? "{…}");
  }
  const keys = Object.keys(value).filter(isShown).sort();
  if (keys.length === 0) return "{}";
  const width = widest(keys);
  const lines = keys.map(
    (key) => `${spaces(column + STEP)}${printable(key).padEnd(width)}: ${show(value[key], column + STEP)}\n`,
  );
  return `{\n${lines.join("")}${spaces(column)}}`;
}

export const quote = (text: string): string => printable(JSON.stringify(text));

/** The object or array that a string stands for; undefined for any other string. */
export function parseJson(text: string): object | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

/** The handler's code is nobody's business. */
export const isShown = (key: string): boolean => !key.startsWith("__");
export const widest = (keys: readonly string[]): number => Math.max(0, ...keys.map((key) => key.length));
