/** Changes to a file's text by position. All that they don't name stays as it is, byte for byte. */

/** What stands from `from` up to `to`, without it, becomes `text`. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** What can't be written without touching what isn't meant; its message says why, for people. */
export class Unwritable extends Error {}

/** At one place the earlier edit comes first. Throws Unwritable where two of them overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  let result = "";
  let done = 0;
  for (const edit of edits.toSorted((one, other) => one.from - other.from)) {
    if (edit.from < done) throw new Unwritable("two changes meet at one place of the file");
    result += text.slice(done, edit.from) + edit.text;
    done = edit.to;
  }
  return result + text.slice(done);
}

/** Where the line ends that holds the last character before `end` that is no space. */
export function endOfLine(text: string, end: number): number {
  const last = text.slice(0, end).trimEnd().length;
  const found = text.indexOf("\n", last);
  if (found === -1) return text.length;
  return text[found - 1] === "\r" ? found - 1 : found;
}

/** Where the next line begins. */
export function nextLine(text: string, position: number): number {
  const found = text.indexOf("\n", position);
  return found === -1 ? text.length : found + 1;
}

/** Where the line of something begins that stands first in it. Throws Unwritable where it doesn't. */
export function startOfLine(text: string, position: number): number {
  const start = text.lastIndexOf("\n", position - 1) + 1;
  if (text.slice(start, position).trim() === "") return start;
  throw new Unwritable("it shares its line with something else");
}

export const newlineOf = (text: string): string => (text.includes("\r\n") ? "\r\n" : "\n");

/** The next character of a flow list or map that is no space and in no comment. */
export function skip(text: string, from: number): number {
  const found = /(?:\s+#[^\n]*|\s)*/y;
  found.lastIndex = from;
  found.exec(text);
  return found.lastIndex;
}
