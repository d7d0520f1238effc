/** What a run has come to so far, a row a resource: fed with events, read by the tables. Knows no stream and no words. */
import type { ChangeKind, Listener, RunEvent, Severity, StepInfo, StepOp } from "../events.ts";
import { isDefaultProvider, STACK_TYPE, typeOf } from "../urn.ts";

export interface Row {
  readonly urn: string;
  /** URN; undefined where it isn't known (yet). */
  readonly parent: string | undefined;
  /** What is or was done; undefined for a parent that is only there to hang others on. */
  readonly op: StepOp | undefined;
  readonly running: boolean;
  readonly failed: boolean;
  /** `performance.now()` when the operation began. */
  readonly began: number;
  /** What the operations of the resource took together. */
  readonly seconds: number;
  readonly keys: Readonly<Record<string, ChangeKind>>;
  readonly counts: Readonly<Record<Severity, number>>;
  /** The latest message. */
  readonly last: string | undefined;
  /** There is something to see: it is or was worked on, or has messages. */
  readonly shown: boolean;
}

type Writable = { -readonly [Key in keyof Row]: Row[Key] } & { counts: Record<Severity, number> };

export interface Rows {
  readonly listener: Listener;
  readonly stack: Row | undefined;
  /** In order of appearance. */
  readonly shown: readonly Row[];
  readonly running: ReadonlySet<Row>;
  /** Operations that ended, those that changed nothing as well. */
  readonly finished: number;
  readonly failed: boolean;
  parentOf(row: Row): Row | undefined;
}

export function createRows(): Rows {
  const rows = new Map<string, Writable>();
  const shown: Writable[] = [];
  const running = new Set<Writable>();
  let stack: Writable | undefined;
  let finished = 0;
  let failed = false;

  function ensure(urn: string): Writable {
    const known = rows.get(urn);
    if (known) return known;
    const counts = { info: 0, warning: 0, error: 0 };
    const idle = { op: undefined, running: false, failed: false, began: 0, seconds: 0, keys: {}, shown: false };
    const row = { urn, parent: undefined, counts, last: undefined, ...idle };
    rows.set(urn, row);
    if (typeOf(urn) === STACK_TYPE) stack = row;
    return row;
  }
  function show(row: Writable): void {
    if (row.shown) return;
    row.shown = true;
    shown.push(row);
  }
  function step({ op, urn, old, next, keys }: StepInfo): Writable {
    const row = ensure(urn);
    row.parent = (next ?? old)?.parent;
    // A replacement is three operations, and one in the end.
    row.op = op;
    if (Object.keys(keys).length > 0) row.keys = keys;
    return row;
  }
  function message(urn: string | undefined, severity: Severity, text: string): void {
    const row = urn ? ensure(urn) : stack;
    if (severity === "error") failed = true;
    if (!row) return;
    row.counts[severity]++;
    row.last = severity === "info" ? text : `${severity}: ${text}`;
    show(row);
  }
  const replaced = new Set<Writable>();

  function listener(event: RunEvent): void {
    if (event.type === "diagnostic") message(event.urn, event.severity, event.message);
    if (!("step" in event) || isDefaultProvider(event.step.urn)) return;
    const row = step(event.step);
    if (event.type === "start") start(row);
    else end(row, event);
  }
  function start(row: Writable): void {
    if (row.op === "same") return;
    row.running = true;
    row.began = performance.now();
    running.add(row);
    show(row);
  }
  function end(row: Writable, event: Extract<RunEvent, { seconds: number }>): void {
    finished++;
    row.running = false;
    row.seconds += event.seconds;
    running.delete(row);
    if (row.op === "replace") replaced.add(row);
    if (replaced.has(row)) row.op = "replace";
    if (event.type === "failed") {
      row.failed = true;
      message(row.urn, "error", event.message);
    }
    if (row.op !== "same") show(row);
  }

  return {
    listener,
    get stack() {
      return stack;
    },
    shown,
    running,
    get finished() {
      return finished;
    },
    get failed() {
      return failed;
    },
    /** Rows whose parent isn't there hang on the stack. */
    parentOf: (row) => (row === stack ? undefined : ((row.parent ? rows.get(row.parent) : undefined) ?? stack)),
  };
}
