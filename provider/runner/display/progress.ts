/** Shows a run while it goes on: a live table on a terminal, a line an event elsewhere, with `--diff` each change in full. */
import type { Listener, RunEvent, StepInfo } from "../events.ts";
import { isDefaultProvider, nameOf, shownTypeOf } from "../urn.ts";
import { diffText, isDetail } from "./diff.ts";
import { diffNote } from "./info.ts";
import { createLines } from "./lines.ts";
import { createLive } from "./live.ts";
import { painterOf } from "./paint.ts";
import { createRows } from "./rows.ts";
import type { Terminal } from "./screen.ts";
import { firstLine, printable } from "./text.ts";
import { createWaits } from "./waits.ts";
import { seconds, wordsOf } from "./words.ts";

export interface ProgressOptions {
  readonly stream: Terminal;
  /** The stream is a terminal that can be drawn on. */
  readonly live: boolean;
  /** A preview: "create", not "creating". */
  readonly planned: boolean;
  /** "updating" */
  readonly doing: string;
  readonly diff: boolean;
}

export interface Progress {
  readonly listener: Listener;
  /** A line for a person who looks on; elsewhere it was said already. */
  note(text: string): void;
  /** Takes the live part away and leaves what it came to. */
  end(): void;
}

export function createProgress({ stream, live, planned, doing, diff }: ProgressOptions): Progress {
  const paint = painterOf(stream);
  if (!live) {
    const { print, end } = createLines(stream);
    const tell = diff ? details : lines;
    return { listener: (event) => tell(event, print), note: () => {}, end };
  }
  const [rows, waits] = [createRows(), createWaits()];
  const screen = createLive({ stream, planned, doing, rows, waits, paint, runningOnly: diff });
  return {
    listener(event) {
      rows.listener(event);
      if (event.type === "waiting") waits.add(event);
      else if (diff) details(event, screen.print);
    },
    note: screen.note,
    end: screen.end,
  };

  /** `--diff`: each change when it is made, each message when it comes. */
  function details(event: RunEvent, print: (text: string) => void): void {
    if (event.type === "waiting") print(`${printable(event.message)}\n`);
    else if (event.type === "diagnostic") print(`${said(event.severity, event.message)}\n`);
    else if (event.type === "failed") print(`${said("error", `${title(event.step)}: ${event.message}`)}\n`);
    else if (event.type === "done" && isDetail(event.step)) print(`${diffText(event.step, planned, paint)}\n`);
  }
  function said(severity: string, message: string): string {
    return printable(severity === "info" ? message : `${severity}: ${message}`).trimEnd();
  }
  function title({ urn }: StepInfo): string {
    return firstLine(`${shownTypeOf(urn)} ${nameOf(urn)}`);
  }

  function lines(event: RunEvent, print: (text: string) => void): void {
    const text = "step" in event ? stepLine(event) : event.type === "outputs" ? undefined : spoken(event);
    if (text !== undefined) print(`${text}\n`);
  }
  function spoken(event: Extract<RunEvent, { type: "waiting" | "diagnostic" }>): string {
    if (event.type === "waiting") return printable(event.message);
    const { urn, severity, message } = event;
    const from = urn ? `    ${firstLine(`${shownTypeOf(urn)} ${nameOf(urn)}`)} ` : "";
    return from + firstLine(said(severity, message));
  }
  function stepLine(event: Extract<RunEvent, { step: StepInfo }>): string | undefined {
    const { step } = event;
    if (step.op === "same" || isDefaultProvider(step.urn)) return undefined;
    const { symbol, color, doing: now, plan, done } = wordsOf(step.op);
    const head = ` ${paint(color, symbol)} ${title(step)}`;
    const line = (status: string) => [head, status, diffNote(step.keys)].filter(Boolean).join(" ");
    if (event.type === "failed") {
      return `${head} ${planned ? plan : `**${now} failed**`} error: ${firstLine(event.message)}`;
    }
    if (event.type === "done") return line(planned ? plan : `${done} (${seconds(event.seconds)})`);
    return planned || step.op === "refresh" ? undefined : line(`${now} (0s)`);
  }
}
