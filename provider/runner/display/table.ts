/** The table of a run, as the Pulumi CLI draws it: a tree of resources in columns that fit the width. Draws lines, owns no stream. */
import { nameOf, STACK_TYPE, shownTypeOf, typeOf } from "../urn.ts";
import { infoOf, paintSpans, plainText, type Span, statusOf } from "./info.ts";
import type { Paint } from "./paint.ts";
import type { Row, Rows } from "./rows.ts";
import { firstLine, fit, fitEnd, pad, widthOf } from "./text.ts";
import { wordsOf } from "./words.ts";

export interface TableOptions {
  readonly width: number;
  readonly planned: boolean;
  /** The run has ended: counts instead of the latest messages. */
  readonly over: boolean;
  readonly now: number;
  readonly paint: Paint;
  /** Widths so far: columns that only grow don't jump. */
  readonly widths: Widths;
}

export interface Widths {
  type: number;
  name: number;
  status: number;
}

interface Line {
  readonly row: Row;
  readonly type: string;
  readonly name: string;
  readonly status: Span;
  readonly info: readonly Span[];
}

/** Symbol and the spaces around it. */
const SYMBOL = 5;
const GAP = "  ";
const BEFORE_INFO = "     ";
/** A narrower column than this tells nothing. */
const LEAST = { info: 16, type: 12, name: 8, status: 15 };
const NOTHING = { info: 0, type: 0, name: 0, status: 0 };

/** The heading and one line for each of the rows and of those they hang on. */
export function tableLines(rows: Rows, chosen: Iterable<Row>, options: TableOptions): string[] {
  const { planned, over, now, paint, widths } = options;
  const lines = [...tree(rows, chosen)].map(
    ({ row, prefix }): Line => ({
      row,
      type: prefix + firstLine(shownTypeOf(row.urn)),
      name: firstLine(nameOf(row.urn)),
      status: row === rows.stack ? stackStatus(row, rows, options) : statusOf(row, planned, now),
      info: infoOf(row, over),
    }),
  );
  widths.type = most(
    widths.type,
    lines.map(({ type }) => type),
    "Type",
  );
  widths.name = most(
    widths.name,
    lines.map(({ name }) => name),
    "Name",
  );
  widths.status = most(
    widths.status,
    lines.map(({ status }) => status.text),
    planned ? "Plan" : "Status",
  );
  const hasInfo = lines.some(({ info }) => info.length > 0);
  const column = narrowed(
    options.width - SYMBOL,
    widths,
    Math.max(0, ...lines.map(({ info }) => widthOf(plainText(info)))),
  );

  const title = (text: string, width: number) =>
    paint(["underline", "blueBright"], fit(text, width)) + " ".repeat(Math.max(0, width - text.length));
  const heading =
    " ".repeat(SYMBOL) +
    [title("Type", column.type), title("Name", column.name), title(planned ? "Plan" : "Status", column.status)].join(
      GAP,
    ) +
    (hasInfo ? BEFORE_INFO + title("Info", Math.min(4, column.info)) : "");
  return [
    heading.trimEnd(),
    ...lines.map(({ row, type, name, status, info }) => {
      const { symbol, color } = wordsOf(row.op ?? "same");
      const text = fit(status.text, column.status);
      const painted = status.color ? paint(status.color, text) : text;
      const start = ` ${paint(color, symbol)}${" ".repeat(SYMBOL - 1 - symbol.length)}`;
      const cells = `${pad(fitType(type, column.type), column.type)}${GAP}${pad(fit(name, column.name), column.name)}${GAP}`;
      if (info.length === 0) return `${start}${cells}${painted}`.trimEnd();
      const filled = painted + " ".repeat(Math.max(0, column.status - widthOf(text)));
      return `${start}${cells}${filled}${BEFORE_INFO}${paintSpans(info, column.info, paint)}`;
    }),
  ];
}

/** The stack is under way as long as the run. */
function stackStatus(row: Row, rows: Rows, { planned, over, now }: TableOptions): Span {
  if (row.op !== undefined && row.op !== "same" && row.op !== "refresh") return statusOf(row, planned, now);
  if (!over) return { text: "running" };
  return rows.failed && !planned ? { text: "**failed**", color: "red" } : { text: "" };
}

const most = (before: number, texts: readonly string[], title: string): number =>
  texts.reduce((width, text) => Math.max(width, widthOf(text)), Math.max(before, title.length));

/**
 * Takes from Info first, then from the types, whose beginnings are all alike, then from the names; on a very narrow
 * terminal without regard to what can still be read.
 */
function narrowed(width: number, { type, name, status }: Widths, info: number): Widths & { info: number } {
  const column = { info, type, name, status };
  const gaps = 2 * GAP.length + (info > 0 ? BEFORE_INFO.length : 0);
  let over = type + name + status + info + gaps - width;
  for (const least of [LEAST, NOTHING]) {
    for (const key of ["info", "type", "name", "status"] as const) {
      const cut = Math.min(Math.max(0, over), Math.max(0, column[key] - least[key]));
      column[key] -= cut;
      over -= cut;
    }
  }
  return column;
}

/** The branches stay, the type loses its beginning: up to a slash where that is enough, as types have it in common. */
function fitType(text: string, width: number): string {
  const [branches = ""] = /^[ │├└─]*/.exec(text) ?? [];
  if (widthOf(text) <= width || widthOf(branches) > width - LEAST.name) return fit(text, width);
  const type = text.slice(branches.length);
  const left = width - widthOf(branches);
  const end = `…${type.slice(type.lastIndexOf("/"))}`;
  return branches + (type.includes("/") && widthOf(end) <= left ? end : fitEnd(type, left));
}

/** Parents before children, in the order in which they appeared; ancestors are added. */
function* tree(rows: Rows, chosen: Iterable<Row>): Generator<{ row: Row; prefix: string }> {
  const children = new Map<Row | undefined, Set<Row>>();
  const add = (row: Row): void => {
    const parent = rows.parentOf(row);
    const siblings = children.get(parent);
    if (siblings) return void siblings.add(row);
    children.set(parent, new Set([row]));
    if (parent) add(parent);
  };
  for (const row of chosen) add(row);
  yield* branch(children, undefined, "", true);
}

function* branch(
  children: ReadonlyMap<Row | undefined, ReadonlySet<Row>>,
  parent: Row | undefined,
  above: string,
  isRoot: boolean,
): Generator<{ row: Row; prefix: string }> {
  const siblings = [...(children.get(parent) ?? [])];
  for (const [index, row] of siblings.entries()) {
    const isLast = index === siblings.length - 1;
    yield { row, prefix: isRoot ? "" : `${above}${isLast ? "└─ " : "├─ "}` };
    yield* branch(children, row, isRoot ? "" : `${above}${isLast ? "   " : "│  "}`, false);
  }
}

/** What a table shows when all is over: what changed or has something to say. */
export function isWorthShowing(row: Row): boolean {
  const { error, warning, info } = row.counts;
  const changed = row.op !== undefined && row.op !== "same" && row.op !== "refresh";
  return changed || error + warning + info > 0 || typeOf(row.urn) === STACK_TYPE;
}
