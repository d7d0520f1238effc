/**
 * The part of a terminal that is drawn again and again: a table of what goes on, and a line of counts. Ten times a second
 * and never more lines than the terminal has, so that a long run costs what a short one does.
 */
import type { Paint } from "./paint.ts";
import type { Row, Rows } from "./rows.ts";
import { createScreen, type Terminal, usableWidth } from "./screen.ts";
import { isWorthShowing, tableLines, type Widths } from "./table.ts";
import { fit } from "./text.ts";
import type { Waits } from "./waits.ts";

const EVERY_MS = 100;

export interface LiveOptions {
  readonly stream: Terminal;
  readonly planned: boolean;
  /** "updating" */
  readonly doing: string;
  readonly rows: Rows;
  readonly waits: Waits;
  readonly paint: Paint;
  /** Only what is under way: what is done was printed. */
  readonly runningOnly: boolean;
}

export interface Live {
  /** Text that stays, above the drawn part. */
  print(text: string): void;
  /** A line that stays below the table. */
  note(text: string): void;
  end(): void;
}

export function createLive({ stream, planned, doing, rows, waits, paint, runningOnly }: LiveOptions): Live {
  const screen = createScreen(stream);
  const began = performance.now();
  const widths: Widths = { type: 0, name: 0, status: 0 };
  let printed = "";
  let noted: string | undefined;

  const width = () => usableWidth(stream);
  const table = (chosen: Iterable<Row>, over: boolean) =>
    tableLines(rows, chosen, { width: width(), planned, over, now: performance.now(), paint, widths });

  function footer(): string[] {
    const elapsed = Math.floor((performance.now() - began) / 1000);
    const counts = `@ ${doing}: ${rows.finished} done, ${rows.running.size} under way, ${elapsed}s`;
    return [
      ...waits.lines(Date.now()).map((line) => paint("yellow", fit(line, width()))),
      paint("magentaBright", fit(counts, width())),
      ...(noted === undefined ? [] : [fit(noted, width())]),
    ];
  }

  function frame(): string[] {
    const below = footer();
    const room = Math.max(0, (stream.rows ?? 24) - 1 - below.length);
    if (room < 3) return below.slice(-Math.max(1, room));
    if (runningOnly && rows.running.size === 0) return below;
    const whole = runningOnly || rows.shown.length + 1 > room ? undefined : table(rows.shown, false);
    if (whole && whole.length <= room) return [...whole, ...below];
    const chosen = runningOnly ? [...rows.running].slice(0, room) : latest(room - 2);
    // Ancestors take lines as well: what doesn't fit is cut.
    return [...table(chosen, false).slice(0, room), ...below];
  }

  /** All that is under way, and what ended last in the lines left. */
  function latest(count: number): Row[] {
    const recent = rows.shown.slice(-count);
    const before = [...rows.running].filter((row) => !recent.includes(row));
    const ended = new Set(recent.filter(({ running }) => !running).slice(before.length));
    return [...before, ...recent.filter((row) => row.running || ended.has(row))];
  }

  function redraw(): void {
    if (printed !== "") screen.replace(printed);
    printed = "";
    screen.draw(frame());
  }
  function resized(): void {
    screen.resized();
    widths.type = widths.name = widths.status = 0;
    redraw();
  }

  stream.on("resize", resized);
  const timer = setInterval(redraw, EVERY_MS);
  return {
    print(text) {
      printed += text;
    },
    note(text) {
      noted = text;
      redraw();
    },
    end() {
      clearInterval(timer);
      stream.off("resize", resized);
      const result = runningOnly ? [] : table(rows.shown.filter(isWorthShowing), true);
      screen.replace(printed + result.map((line) => `${line}\n`).join(""));
      screen.end();
    },
  };
}
