/** Changes of values as text, as the CLI prints them: nested in their place, arrays by index, long texts line by line. */
import { diff as compare } from "node:util";
import { isSecret } from "../state/index.ts";
import { equal, isObject, type Properties, signatureOf, UNKNOWN } from "../values.ts";
import { type Color, type Paint, unpainted } from "./paint.ts";
import { printable } from "./text.ts";
import { isShown, parseJson, quote, STEP, show, spaces, widest } from "./values.ts";

type Sign = "+" | "-" | "~" | " ";

const colors: Record<Sign, Color> = { "+": "green", "-": "red", "~": "yellow", " ": "reset" };

export interface ChangeOptions {
  /** Where the keys stand; the sign is two columns before. */
  readonly column?: number;
  /** Neighbours that stay the same are shown as well. */
  readonly whole?: boolean;
  readonly paint?: Paint;
}

/** The keys in which two objects differ: `~ key: old => new`, `+ key: new`, `- key: old`. A line, or several, each. */
export function showChanges(old: Properties, next: Properties, options: ChangeOptions = {}): string[] {
  const { column = 4, whole = false, paint = unpainted } = options;
  const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])].filter(isShown).sort();
  const shown = keys.filter((key) => whole || !isSame(old, next, key));
  const width = widest(shown);
  const label = (key: string) => `${printable(key).padEnd(width)}: `;
  return shown.flatMap((key) => member(old, next, key, label(key), { column, whole, paint }));
}

function elements(old: readonly unknown[], next: readonly unknown[], options: Required<ChangeOptions>): string[] {
  const indices = Array.from({ length: Math.max(old.length, next.length) }, (_, index) => String(index));
  const [before, after] = [{ ...old }, { ...next }] as [Properties, Properties];
  const shown = indices.filter((index) => options.whole || !isSame(before, after, index));
  return shown.flatMap((index) => member(before, after, index, `[${index}]: `, options));
}

const isSame = (old: Properties, next: Properties, key: string): boolean =>
  key in old && key in next && equal(old[key], next[key]);

function member(old: Properties, next: Properties, key: string, label: string, options: Required<ChangeOptions>) {
  const { column, paint } = options;
  const [before, after] = [old[key], next[key]];
  if (isSame(old, next, key)) return [signed(" ", column, label + show(after, column), paint)];
  if (!(key in old)) return [signed("+", column, label + show(after, column), paint)];
  if (!(key in next)) return [signed("-", column, label + show(before, column), paint)];

  const inside = { ...options, column: column + STEP };
  const around = (opening: string, lines: string[], closing: string) => [
    signed("~", column, label + opening, paint),
    ...lines,
    paint(colors["~"], spaces(column) + closing),
  ];
  if (isPlain(before) && isPlain(after)) return around("{", showChanges(before, after, inside), "}");
  if (Array.isArray(before) && Array.isArray(after)) return around("[", elements(before, after, inside), "]");
  if (isText(before) && isText(after)) {
    const [one, other] = [parseJson(before), parseJson(after)];
    const context = { ...inside, whole: true };
    if (isPlain(one) && isPlain(other)) return around("(json) {", showChanges(one, other, context), "}");
    if (Array.isArray(one) && Array.isArray(other)) return around("(json) [", elements(one, other, context), "]");
    if (before.includes("\n") || after.includes("\n")) {
      return [signed("~", column, label.trimEnd(), paint), ...textChanges(before, after, inside)];
    }
    return [signed("~", column, `${label}${quote(before)} => ${quote(after)}`, paint)];
  }
  return [signed("~", column, `${label}${show(before, column)} => ${show(after, column)}`, paint)];
}

/** With its line break each, so that one more or less at the end shows. */
const linesOf = (text: string): string[] => text.split(/(?<=\n)/);

function textChanges(before: string, after: string, { column, paint }: Required<ChangeOptions>): string[] {
  return compare(linesOf(before), linesOf(after)).map(([kind, text]) => {
    const sign: Sign = kind === 0 ? " " : kind < 0 ? "+" : "-";
    return signed(sign, column, printable(text).replace(/\n$/, ""), paint);
  });
}

/** The sign stands before the first line, and before those that lie deeper. */
function signed(sign: Sign, column: number, text: string, paint: Paint): string {
  const [first = "", ...rest] = text.split("\n");
  const before = `${spaces(column - 2)}${sign}`;
  const lines = rest.map((line) => (line[column] === " " && sign !== "~" ? before + line.slice(column - 1) : line));
  return [`${before} ${first}`, ...lines].map((line) => paint(colors[sign], line.trimEnd())).join("\n");
}

/** A string that may be shown. */
const isText = (value: unknown): value is string => typeof value === "string" && value !== UNKNOWN;

export function isPlain(value: unknown): value is Properties {
  return isObject(value) && !isSecret(value) && signatureOf(value) === undefined;
}
