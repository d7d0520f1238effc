/** What the table says about one resource beside its name: symbol, status, and the column Info. Knows no widths but the last. */
import type { ChangeKind } from "../events.ts";
import type { Color, Paint } from "./paint.ts";
import type { Row } from "./rows.ts";
import { firstLine, fit, widthOf } from "./text.ts";
import { seconds, wordsOf } from "./words.ts";

/** A piece of a line in one colour. */
export interface Span {
  readonly text: string;
  readonly color?: Color;
}

/** "create" in a preview; else "creating (3s)", "created (3s)" or "**creating failed**". */
export function statusOf(row: Row, planned: boolean, now: number): Span {
  if (row.op === undefined || row.op === "same") return { text: "" };
  const { color, plan, doing, done } = wordsOf(row.op);
  if (planned) return { text: plan, color };
  if (row.failed) return { text: `**${doing} failed**`, color: "red" };
  const since = Math.max(0, now - row.began) / 1000;
  return { text: row.running ? `${doing} (${Math.floor(since)}s)` : `${done} (${seconds(row.seconds)})`, color };
}

const messages = [
  ["error", "errors", "red"],
  ["warning", "warnings", "yellow"],
  ["message", "messages", "magenta"],
] as const;

/** What changes; then the latest message, or when all is over how many there were. */
export function infoOf(row: Row, over: boolean): Span[] {
  const { error, warning, info } = row.counts;
  const parts = diffSpans(row.keys);
  if (!over && row.last !== undefined) return join(parts, { text: firstLine(row.last) });
  for (const [index, count] of [error, warning, info].entries()) {
    const [one, many, color] = messages[index]!;
    if (count > 0)
      parts.push({ text: `${parts.length > 0 ? "; " : ""}${count} ` }, { text: count > 1 ? many : one, color });
  }
  return parts;
}

const join = (parts: readonly Span[], last: Span): Span[] => [
  ...parts,
  ...(parts.length > 0 ? [{ text: "; " }] : []),
  last,
];

const signs = [
  ["+", "add", "green"],
  ["-", "delete", "red"],
  ["~", "update", "yellow"],
] as const;

/** `[diff: +added-removed~changed]` */
function diffSpans(kinds: Readonly<Record<string, ChangeKind>>): Span[] {
  const parts = signs.flatMap(([sign, kind, color]) => {
    const keys = Object.keys(kinds).filter((key) => kinds[key] === kind);
    return keys.length > 0 ? [{ text: `${sign}${keys.join(",")}`, color }] : [];
  });
  return parts.length > 0 ? [{ text: "[diff: " }, ...parts, { text: "]" }] : [];
}

export const plainText = (spans: readonly Span[]): string => spans.map(({ text }) => text).join("");

export const diffNote = (kinds: Readonly<Record<string, ChangeKind>>): string => plainText(diffSpans(kinds));

/** As much as fits. */
export function paintSpans(spans: readonly Span[], width: number, paint: Paint): string {
  let left = width;
  let line = "";
  for (const { text, color } of spans) {
    const cut = fit(text, left);
    line += color ? paint(color, cut) : cut;
    left -= widthOf(cut);
    if (cut !== text) break;
  }
  return line;
}
