/** How wide text is on a terminal, and how it is made to fit. Knows no stream, no colour and no resource. */
import { stripVTControlCharacters } from "node:util";
import stringWidth from "string-width";

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const isAscii = (text: string) => /^[\x20-\x7e]*$/.test(text);

export const widthOf = (text: string): number => (isAscii(text) ? text.length : stringWidth(text));

export const pad = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - widthOf(text)));

/** Cut at the end, with … in the place of what is missing. */
export function fit(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  return width < 1 ? "" : `${firstOf(segments(text), width - 1).join("")}…`;
}

/** Cut at the beginning: what tells types apart is their end. */
export function fitEnd(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  return width < 1
    ? ""
    : `…${firstOf(segments(text).reverse(), width - 1)
        .reverse()
        .join("")}`;
}

/** The first line, without what would move the cursor or ring the bell. */
export function firstLine(text: string): string {
  const [line = ""] = printable(text).trimStart().split("\n");
  return line.trimEnd();
}

/** Without control characters, but with its line breaks: what programs and servers say must not steer the terminal. */
export function printable(text: string): string {
  if (isAscii(text)) return text;
  return (
    stripVTControlCharacters(text)
      .replaceAll("\r\n", "\n")
      .replaceAll("\t", "    ")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, "")
  );
}

const segments = (text: string): string[] => Array.from(graphemes.segment(text), ({ segment }) => segment);

function firstOf(parts: readonly string[], width: number): string[] {
  let left = width;
  const end = parts.findIndex((part) => {
    left -= widthOf(part);
    return left < 0;
  });
  return parts.slice(0, end < 0 ? undefined : end);
}
