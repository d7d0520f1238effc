/** Asks a person on the terminal whether to go on. Never asks a machine. */
import { createInterface } from "node:readline/promises";

export type Answer = "yes" | "no" | "details";

export async function confirm(question: string, signal: AbortSignal): Promise<Answer> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    for (;;) {
      const text = (await terminal.question(`${question} [yes/no/details] `, { signal })).trim().toLowerCase();
      const answer = (["yes", "no", "details"] as const).find((word) => text !== "" && word.startsWith(text));
      if (answer) return answer;
    }
  } catch (error) {
    // ^C and the end of input both mean: don't.
    if (signal.aborted || (error as Error).name === "AbortError") return "no";
    throw error;
  } finally {
    terminal.close();
  }
}
