/** One of a few answers on a terminal: by the arrow keys, or by typing its beginning. Knows no engine. */
import { emitKeypressEvents, type Key } from "node:readline";
import { painterOf } from "../../runner/display/paint.ts";
import { createScreen, type Terminal } from "../../runner/display/screen.ts";

export interface SelectOptions<Answer extends string> {
  readonly question: string;
  readonly answers: readonly Answer[];
  /** Chosen at first, and whenever the person goes away: ^C, ^D, the end of input, the signal. */
  readonly preset: Answer;
  readonly input: NodeJS.ReadableStream & { setRawMode?(mode: boolean): unknown };
  readonly output: Terminal;
  readonly signal: AbortSignal;
}

export async function select<Answer extends string>(options: SelectOptions<Answer>): Promise<Answer> {
  const { question, answers, preset, input, output, signal } = options;
  if (signal.aborted) return preset;
  const paint = painterOf(output);
  const screen = createScreen(output);
  const { promise, resolve } = Promise.withResolvers<Answer>();
  let typed = "";
  let chosen: Answer = preset;

  const title = (after: string) => `${paint(["bold", "cyan"], question)} ${after}`;
  const matching = () => answers.filter((answer) => answer.startsWith(typed.toLowerCase()));
  function redraw(): void {
    const rows = matching().map((answer) =>
      answer === chosen ? `${paint("greenBright", ">")} ${answer}` : `  ${answer}`,
    );
    screen.draw([title(`${typed} [Use arrows to move, type to filter]`), ...rows]);
  }
  function move(by: number): void {
    const shown = matching();
    const at = shown.indexOf(chosen) + by;
    chosen = shown.at(at % shown.length) ?? chosen;
  }
  function filter(text: string): void {
    typed = text;
    chosen = text === "" ? preset : (matching()[0] ?? preset);
  }
  const leave = () => resolve(preset);
  function pressed(text: string | undefined, { name, ctrl = false, meta = false }: Key): void {
    if (ctrl && (name === "c" || name === "d")) leave();
    else if (name === "return" || name === "enter") {
      // What matches nothing is no answer.
      if (matching().length > 0) resolve(chosen);
    } else {
      if (name === "up") move(-1);
      else if (name === "down" || name === "tab") move(1);
      else if (name === "backspace") filter(typed.slice(0, -1));
      else if (text !== undefined && /^[a-z]$/i.test(text) && !ctrl && !meta) filter(typed + text);
      redraw();
    }
  }

  emitKeypressEvents(input);
  input.setRawMode?.(true);
  input.on("keypress", pressed);
  input.on("end", leave);
  signal.addEventListener("abort", leave);
  input.resume();
  redraw();
  try {
    const answer = await promise;
    screen.replace(`${title(answer)}\n`);
    return answer;
  } finally {
    screen.end();
    signal.removeEventListener("abort", leave);
    input.off("end", leave);
    input.off("keypress", pressed);
    input.setRawMode?.(false);
    input.pause();
  }
}
