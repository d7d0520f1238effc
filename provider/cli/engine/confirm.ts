/** Asks a person on the terminal to agree to what was announced. Never asks a machine. */
import { RunnerError } from "../../runner/errors.ts";
import { askLine, isInteractive } from "./ask.ts";
import { chooseOrLeave } from "./one-of.ts";
import { UnconfirmedError } from "./report.ts";

interface Confirmed {
  readonly yes?: boolean;
}

/** True when `--yes` or the environment agreed beforehand. */
export function isConfirmed(options: Confirmed, env: NodeJS.ProcessEnv = process.env): boolean {
  return options.yes === true || ["1", "true"].includes(env.PULUMI_SKIP_CONFIRMATIONS?.toLowerCase() ?? "");
}

/** A person at a terminal reads the preview and says yes, unless that was said beforehand. */
export const isAsked = (options: Confirmed & { readonly skipPreview?: boolean }): boolean =>
  isInteractive() && !isConfirmed(options) && options.skipPreview !== true;

/** Throws where nobody said yes and nobody can be asked: before anything else is done. */
export function requireAnswer(
  options: Confirmed & { readonly skipPreview?: boolean; readonly previewOnly?: boolean; readonly json?: boolean },
): void {
  const agreed = isConfirmed(options) || options.skipPreview === true || options.previewOnly === true;
  if (agreed || (isInteractive() && !options.json)) return;
  throw new UnconfirmedError(
    "--yes or --skip-preview or --preview-only must be passed in to proceed when running in non-interactive mode",
  );
}

const answers = ["yes", "no", "details"] as const;
export type Answer = (typeof answers)[number];

/** Whether to go on after a preview. ^C, the end of input and the signal all mean: no. */
export async function confirmPreview(question: string, signal: AbortSignal): Promise<Answer> {
  return (await chooseOrLeave({ question, answers, preset: "no", signal })) ?? "no";
}

/** Has the name of what is at stake typed, unless that was agreed to beforehand. Rejects when it is not. */
export async function confirmByName(options: Confirmed, warning: string, name: string): Promise<void> {
  if (isConfirmed(options)) return;
  if (!isInteractive())
    throw new RunnerError("--yes must be passed in to proceed when running in non-interactive mode");
  const question = `${warning}\nPlease confirm that this is what you'd like to do by typing \`${name}\`: `;
  if ((await askLine(question)).trim() !== name) throw new RunnerError("confirmation declined");
}

/** The same with a simple yes. */
export async function confirmByYes(options: Confirmed, question: string): Promise<void> {
  if (isConfirmed(options)) return;
  if (!/^y(es)?$/i.test((await askLine(`${question} [y/N] `)).trim())) throw new RunnerError("confirmation declined");
}
