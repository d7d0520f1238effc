/** One of a few answers on a terminal: by the arrow keys, or by typing its beginning. Knows no engine. */
import { emitKeypressEvents, type Key } from "node:readline";
import { painterOf } from "../../runner/display/paint.ts";
import { createScreen, type Terminal, usableWidth } from "../../runner/display/screen.ts";
import { fit, widthOf } from "../../runner/display/text.ts";

export interface SelectOptions<Answer extends string> {
  readonly question: string;
  readonly answers: readonly Answer[];
  /** Where the arrow stands at first; without it, on the first. */
  readonly preset?: Answer;
  readonly input: NodeJS.ReadableStream & { setRawMode?(mode: boolean): unknown };
  readonly output: Terminal;
  readonly signal?: AbortSignal;
}

/** Undefined when the person goes away: ^C, ^D, the end of input, the signal. */
export async function select<Answer extends string>(options: SelectOptions<Answer>): Promise<Answer | undefined> {
  const { question, answers, input, output, signal } = options;
  const preset = options.preset ?? answers[0];
  if (preset === undefined || signal?.aborted) return undefined;
  const paint = painterOf(output);
  const screen = createScreen(output);
  const { promise, resolve } = Promise.withResolvers<Answer | undefined>();
  let typed = "";
  let chosen: Answer = preset;

  const title = (after: string) => `${paint(["bold", "cyan"], question)} ${after}`;
  const matching = () => answers.filter((answer) => answer.toLowerCase().startsWith(typed.toLowerCase()));
  function redraw(): void {
    const rows = around(chosen, matching(), (output.rows ?? 24) - 2).map((answer) => {
      const text = fit(answer, usableWidth(output) - 2);
      return answer === chosen ? `${paint("greenBright", ">")} ${text}` : `  ${text}`;
    });
    const help = fit(`${typed} [Use arrows to move, type to filter]`, usableWidth(output) - widthOf(question) - 1);
    screen.draw([title(help), ...rows]);
  }
  function move(by: number): void {
    const shown = matching();
    const at = shown.indexOf(chosen) + by;
    chosen = shown.at(at % shown.length) ?? chosen;
  }
  const filter = (text: string) => {
    typed = text;
    chosen = text === "" ? preset : (matching()[0] ?? preset);
  };
  const leave = () => resolve(undefined);
  function pressed(text: string | undefined, { name, ctrl = false, meta = false }: Key): void {
    if (ctrl && (name === "c" || name === "d")) leave();
    else if (name === "return" || name === "enter") {
      // What matches nothing is no answer.
      if (matching().length > 0) resolve(chosen);
    } else {
      if (name === "up") move(-1);
      else if (name === "down" || name === "tab") move(1);
      else if (name === "backspace") filter(typed.slice(0, -1));
      else if (text !== undefined && /^[!-~]$/.test(text) && !ctrl && !meta) filter(typed + text);
      redraw();
    }
  }

  emitKeypressEvents(input);
  input.setRawMode?.(true);
  input.on("keypress", pressed);
  input.on("end", leave);
  signal?.addEventListener("abort", leave);
  input.resume();
  redraw();
  try {
    const answer = await promise;
    screen.replace(`${title(answer ?? "")}\n`);
    return answer;
  } finally {
    screen.end();
    signal?.removeEventListener("abort", leave);
    input.off("end", leave);
    input.off("keypress", pressed);
    input.setRawMode?.(false);
    input.pause();
  }
}

/** As many of a list as the terminal has lines for, with the chosen one among them. */
function around<Item>(chosen: Item, list: readonly Item[], height: number): readonly Item[] {
  const room = Math.max(1, height);
  const at = list.indexOf(chosen);
  const start = Math.min(Math.max(0, at - Math.floor(room / 2)), Math.max(0, list.length - room));
  return list.slice(start, start + room);
}
