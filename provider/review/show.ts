/** Values as a reviewer reads them. Knows no format: what it gives is plain text in one line. */
import { UNKNOWN } from "../engine/schema.ts";
import { SECRET } from "./change.ts";

const LONGEST = 160;

/**
 * Control characters, those that turn the direction of text, and those that nobody sees are shown by their numbers: they could forge a report,
 * or make one name look like another. Joiners stay, for scripts and emoji need them.
 */
export const visible = (text: string): string =>
  text.replace(
    /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Between two texts from right to left, an arrow and quotes would run that way too: "after → before". A mark at each holds the order. */
export const directed = (text: string): string =>
  RIGHT_TO_LEFT.test(text) ? text.replace(/["→]/g, "\u200e$&\u200e") : text;

/** `absent`: what stands for no value. */
export function show(value: unknown, absent = "not managed"): string {
  if (value === undefined) return absent;
  if (value === SECRET) return "secret";
  if (value === UNKNOWN) return "known after up";
  const text = visible(JSON.stringify(value, (_key, inner: unknown) => (inner === UNKNOWN ? "known after up" : inner)));
  if (text.length <= LONGEST) return text;
  const lines = typeof value === "string" ? value.split("\n").length : 0;
  const size = lines > 1 ? `${lines} lines` : `${text.length} characters`;
  return `${Array.from(text).slice(0, LONGEST).join("")}… (${size})`;
}
