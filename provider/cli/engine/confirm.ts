/** Asks a person on the terminal whether to go on. Never asks a machine. */
import { createInterface } from "node:readline/promises";
import { select } from "./select.ts";
import { isDrawable } from "./terminal.ts";

const answers = ["yes", "no", "details"] as const;
export type Answer = (typeof answers)[number];

/** ^C, the end of input and the signal all mean: no. */
export function confirm(question: string, signal: AbortSignal): Promise<Answer> {
  const { stdin: input, stdout: output } = process;
  if (!isDrawable(output)) return typed(question, signal);
  return select({ question, answers, preset: "no", input, output, signal });
}

/** For terminals without a cursor that could move. */
async function typed(question: string, signal: AbortSignal): Promise<Answer> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const over = new AbortController();
  terminal.on("close", () => over.abort());
  try {
    for (;;) {
      const asked = { signal: AbortSignal.any([signal, over.signal]) };
      const text = (await terminal.question(`${question} [yes/no/details] `, asked)).trim().toLowerCase();
      const answer = answers.find((word) => text !== "" && word.startsWith(text));
      if (answer) return answer;
    }
  } catch (error) {
    if ((error as Error).name === "AbortError" || over.signal.aborted) return "no";
    throw error;
  } finally {
    terminal.close();
  }
}
