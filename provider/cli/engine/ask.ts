/** Questions to a person on the terminal. Knows no stack and no configuration. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { RunnerError } from "../../runner/errors.ts";

/** True when there is somebody to ask. */
export const isInteractive = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true;

export const confirmationsSkipped = (env: NodeJS.ProcessEnv = process.env): boolean =>
  env.PULUMI_SKIP_CONFIRMATIONS === "true" || env.PULUMI_SKIP_CONFIRMATIONS === "1";

/** One line. ^C and the end of input give up. Questions go to standard error: standard output is for the answer's reader. */
export async function askLine(question: string): Promise<string> {
  return ask(question, process.stderr);
}

/** One line that is not shown while it is typed. */
export async function askHidden(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    return await ask("", silent);
  } finally {
    process.stderr.write("\n");
  }
}

async function ask(question: string, output: NodeJS.WritableStream): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output, terminal: true });
  try {
    const given = new AbortController();
    terminal.once("SIGINT", () => given.abort());
    terminal.once("close", () => given.abort());
    return await terminal.question(question, { signal: given.signal });
  } catch (error) {
    if ((error as Error).name === "AbortError") throw new RunnerError("Given up; nothing was changed.");
    throw error;
  } finally {
    terminal.close();
  }
}

interface Confirmed {
  readonly yes?: boolean;
}

/** Has the name of what is at stake typed, unless that was agreed to beforehand. Rejects when it is not. */
export async function confirm(options: Confirmed, warning: string, name: string): Promise<void> {
  if (options.yes || confirmationsSkipped()) return;
  if (!isInteractive())
    throw new RunnerError("--yes must be passed in to proceed when running in non-interactive mode");
  const question = `${warning}\nPlease confirm that this is what you'd like to do by typing \`${name}\`: `;
  if ((await askLine(question)).trim() !== name) throw new RunnerError("confirmation declined");
}

/** The same with a simple yes. */
export async function confirmYes(options: Confirmed, question: string): Promise<void> {
  if (options.yes || confirmationsSkipped()) return;
  if (!/^y(es)?$/i.test((await askLine(`${question} [y/N] `)).trim())) throw new RunnerError("confirmation declined");
}

/** One of a list, by number or by its words. */
export async function choose(question: string, options: readonly string[]): Promise<string> {
  const lines = options.map((option, i) => `  ${i + 1}) ${option}`).join("\n");
  for (;;) {
    const text = (await askLine(`${question}\n${lines}\n> `)).trim();
    const found = options.includes(text) ? text : /^\d+$/.test(text) ? options[Number(text) - 1] : undefined;
    if (found !== undefined) return found;
    process.stderr.write(`Type a number from 1 to ${options.length}, or a name of the list.\n`);
  }
}
