/** A file's text, or why it has none: documents are UTF-8. Knows no YAML. */
import { isUtf8 } from "node:buffer";
import { type Place, startOf } from "./tree.ts";

const MARKS: readonly (readonly [name: string, ...bytes: number[]])[] = [
  ["UTF-16", 0xff, 0xfe],
  ["UTF-16", 0xfe, 0xff],
];

/** `at`: the first place that can't be read, when the rest of the file can. */
export type Text = { readonly text: string } | { readonly reason: string; readonly at?: Place };

export function textOf(bytes: Buffer, file: { readonly path: string; readonly folder: string }): Text {
  const marked = MARKS.find(([, ...mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked !== undefined) return { reason: `is saved as ${marked[0]}; save it as UTF-8` };
  if (bytes.includes(0)) return { reason: "is not a text file" };
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  if (isUtf8(bytes)) return { text };
  const broken = text.indexOf("\uFFFD");
  const before = text.slice(0, broken).split("\n");
  const at = { ...startOf({ ...file, text }), line: before.length, column: (before.at(-1) ?? "").length + 1 };
  return { reason: "is not saved as UTF-8, so that this character can't be told; save it as UTF-8", at };
}
