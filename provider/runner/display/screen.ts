/** Lines at the end of a terminal that are drawn over themselves, only those that changed. Knows nothing of what they say. */
import { widthOf } from "./text.ts";

export type Terminal = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

export interface Screen {
  /** None may be wider than the terminal. */
  draw(lines: readonly string[]): void;
  /** Takes the lines away and puts text in their place that stays. */
  replace(text: string): void;
  /** To be called when the terminal got another size, before drawing again. */
  resized(): void;
  /** Leaves the lines, gives the cursor back. */
  end(): void;
}

// Terminals that know it show what is between at once: no half-drawn table is ever seen.
const [BEGIN, DONE] = ["\u001b[?2026h", "\u001b[?2026l"];
const [HIDE, SHOW] = ["\u001b[?25l", "\u001b[?25h"];
const ERASE_LINE = "\u001b[2K";
const ERASE_BELOW = "\u001b[J";
const up = (lines: number): string => (lines > 0 ? `\u001b[${lines}A` : "");

export function createScreen(stream: Terminal): Screen {
  let shown: readonly string[] = [];
  const show = () => void stream.write(SHOW);
  // However the process ends, the person gets the cursor back.
  process.on("exit", show);
  stream.write(HIDE);

  return {
    draw(lines) {
      if (lines.length === shown.length && lines.every((line, index) => line === shown[index])) return;
      const text = lines.map((line, index) => (line === shown[index] ? "\n" : `${ERASE_LINE}${line}\n`));
      stream.write(`${BEGIN}${up(shown.length)}\r${text.join("")}${ERASE_BELOW}${DONE}`);
      shown = lines;
    },
    replace(text) {
      stream.write(`${BEGIN}${up(shown.length)}\r${ERASE_BELOW}${text}${DONE}`);
      shown = [];
    },
    /** A narrower terminal has broken the longer lines in two. */
    resized() {
      const columns = Math.max(1, stream.columns ?? 80);
      const height = shown.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns)), 0);
      stream.write(`${up(height)}\r${ERASE_BELOW}`);
      shown = [];
    },
    end() {
      process.off("exit", show);
      show();
    },
  };
}

/** How wide a line may be: one less than the terminal, for some begin a new line when the last column is written. */
export const usableWidth = ({ columns = 80 }: Terminal): number => Math.max(1, columns - 1);
