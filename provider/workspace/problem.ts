/** What is wrong with a document, told as compilers tell it: file, line, column, the line itself with a caret. */
import { RocketChatError } from "../errors.ts";
import type { Place } from "./read/tree.ts";

export interface Problem {
  /** What is wrong, what is allowed, what was probably meant: one sentence, never a secret's value. */
  readonly message: string;
  readonly at: Place;
  /** What to do, on a line of its own. */
  readonly hint?: string;
  /** The line holds something that must not be shown. */
  readonly hidesLine?: boolean;
}

/** Longest stretch of a line that is shown; the caret stays within it. */
const WIDTH = 120;

/** A line that may hold a secret in clear: a mistake beside it is no reason to print it. */
const MAY_HOLD_SECRET = /(?:password|token|joincode|\wsecret)["']?\s*:\s*[^\s{]/i;

/** Errors that are printed; more of them nobody reads before the first are mended. */
const MOST = 100;

/** The lines of each file, which thousands of problems may ask for. */
const linesByFile = new WeakMap<Place["file"], readonly string[]>();

function lineOf({ file, line }: Place): string {
  const lines = linesByFile.get(file) ?? file.text.split(/\r?\n/);
  linesByFile.set(file, lines);
  return (lines[line - 1] ?? "").replaceAll("\t", " ");
}

function quote(at: Place): string | undefined {
  const { line, column, length } = at;
  const text = lineOf(at);
  if (MAY_HOLD_SECRET.test(text)) return undefined;
  const from = Math.max(0, Math.min(column - 1 - WIDTH / 2, text.length - WIDTH));
  const shown = text.slice(from, from + WIDTH);
  const gutter = `${String(line).padStart(5)} | `;
  const under = "^".repeat(Math.max(1, Math.min(length, shown.length - (column - 1 - from))));
  return `${gutter}${shown}\n${" ".repeat(gutter.length - 2)}| ${" ".repeat(column - 1 - from)}${under}`;
}

export function formatProblem({ message, at, hint, hidesLine }: Problem): string {
  const head = `${at.file.path}:${at.line}:${at.column}: ${message}`;
  const lines = [head];
  const line = hidesLine ? undefined : quote(at);
  if (line !== undefined) lines.push(line);
  if (hint !== undefined) lines.push(`  ${hint}`);
  return lines.join("\n");
}

const inOrder = (a: Problem, b: Problem): number =>
  a.at.file.path === b.at.file.path
    ? a.at.line - b.at.line || a.at.column - b.at.column
    : a.at.file.path < b.at.file.path
      ? -1
      : 1;

/** A document that can't be used; says all that is wrong with it at once. */
export class DocumentError extends RocketChatError {
  readonly code = "document";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const sorted = [...problems].sort(inOrder);
    const files = new Set(sorted.map(({ at }) => at.file.path));
    const where = files.size === 1 ? `${[...files][0]}` : `${files.size} files`;
    const count = sorted.length === 1 ? "1 error" : `${sorted.length} errors`;
    const rest = sorted.length > MOST ? ` These are the first ${MOST}.` : "";
    const told = sorted.slice(0, MOST).map(formatProblem).join("\n\n");
    super(`${told}\n\n${count} in ${where}; nothing was changed.${rest}`);
    this.problems = sorted;
  }
}
