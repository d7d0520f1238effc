/** Has a person type an answer on the terminal. Knows no stack and no configuration. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { RunnerError } from "../../runner/errors.ts";

/** True when there is somebody to ask. */
export const isInteractive = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true;

export const givenUp = (): RunnerError => new RunnerError("Given up; nothing was changed.");

/** One line; rejects when the person goes away. Questions go to standard error: standard output is for the answer's reader. */
export async function askLine(question: string): Promise<string> {
  const answer = await typedLine(question);
  if (answer === undefined) throw givenUp();
  return answer;
}

/** One line that is not shown while it is typed. */
export async function askHidden(question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    const typed = typedLine("", { output: silent });
    // Not before: until then the terminal itself shows what is typed.
    process.stderr.write(question);
    const answer = await typed;
    if (answer === undefined) throw givenUp();
    return answer;
  } finally {
    process.stderr.write("\n");
  }
}

/** Undefined when the person goes away: ^C, ^D, the end of input, the signal. */
export async function typedLine(
  question: string,
  { output = process.stderr, signal }: { readonly output?: NodeJS.WritableStream; readonly signal?: AbortSignal } = {},
): Promise<string | undefined> {
  const terminal = createInterface({ input: process.stdin, output, terminal: true });
  const gone = new AbortController();
  terminal.once("SIGINT", () => gone.abort());
  terminal.once("close", () => gone.abort());
  try {
    return await terminal.question(question, {
      signal: AbortSignal.any(signal ? [gone.signal, signal] : [gone.signal]),
    });
  } catch (error) {
    if ((error as Error).name === "AbortError") return undefined;
    throw error;
  } finally {
    terminal.close();
  }
}
