/** Has a person choose one of a list: with the arrow keys, or in words where the cursor can't move. Knows no stack. */
import { givenUp, typedLine } from "./ask.ts";
import { select } from "./select.ts";
import { isDrawable } from "./terminal.ts";

interface ChoiceOptions<Answer extends string> {
  readonly question: string;
  readonly answers: readonly Answer[];
  /** Where the arrow stands at first; without it, on the first. */
  readonly preset?: Answer;
  readonly signal?: AbortSignal;
}

/** Undefined when the person goes away: ^C, ^D, the end of input, the signal. */
export async function chooseOrLeave<Answer extends string>(
  options: ChoiceOptions<Answer>,
): Promise<Answer | undefined> {
  const { stdin: input, stdout: output } = process;
  if (isDrawable(output)) return select({ ...options, input, output });
  const { question, answers, signal } = options;
  for (;;) {
    const line = await typedLine(`${question} [${answers.join("/")}] `, { output, ...(signal && { signal }) });
    if (line === undefined) return undefined;
    const text = line.trim();
    const begun = answers.filter((answer) => text !== "" && answer.toLowerCase().startsWith(text.toLowerCase()));
    const found = answers.find((answer) => answer === text) ?? (begun.length === 1 ? begun[0] : undefined);
    if (found !== undefined) return found;
  }
}

/** The same where there is nothing to do without an answer. */
export async function oneOf(question: string, answers: readonly string[]): Promise<string> {
  const answer = await chooseOrLeave({ question, answers });
  if (answer === undefined) throw givenUp();
  return answer;
}
