/** Colours, where the stream shows them: not in a pipe, not with NO_COLOR, but with FORCE_COLOR. Knows no words. */
import { styleText } from "node:util";

export type Color = Extract<Parameters<typeof styleText>[0], string>;
export type Paint = (color: Color | readonly Color[], text: string) => string;

export const unpainted: Paint = (_, text) => text;

/** Asks once: the answer costs more than the painting. */
export function painterOf(stream: NodeJS.WritableStream): Paint {
  const sample = "x";
  if (styleText("red", sample, { stream }) === sample) return unpainted;
  return (color, text) =>
    text === "" ? "" : styleText(typeof color === "string" ? color : [...color], text, { validateStream: false });
}
