/** The words and symbols of the Pulumi CLI, so that nobody learns twice. Knows no stream. */
import type { StepOp } from "../events.ts";
import type { Color } from "./paint.ts";

interface Words {
  readonly symbol: string;
  readonly color: Color;
  /** In a preview: "create". */
  readonly plan: string;
  readonly doing: string;
  readonly done: string;
}

const words: Record<StepOp, Words> = {
  same: { symbol: "  ", color: "reset", plan: "", doing: "", done: "" },
  create: { symbol: "+ ", color: "green", plan: "create", doing: "creating", done: "created" },
  update: { symbol: "~ ", color: "yellow", plan: "update", doing: "updating", done: "updated" },
  replace: { symbol: "+-", color: "magentaBright", plan: "replace", doing: "replacing", done: "replaced" },
  "create-replacement": {
    symbol: "++",
    color: "green",
    plan: "create replacement",
    doing: "creating replacement",
    done: "created replacement",
  },
  "delete-replaced": {
    symbol: "--",
    color: "red",
    plan: "delete original",
    doing: "deleting original",
    done: "deleted original",
  },
  delete: { symbol: "- ", color: "red", plan: "delete", doing: "deleting", done: "deleted" },
  discard: { symbol: "< ", color: "cyan", plan: "discard", doing: "discarding", done: "discarded" },
  read: { symbol: "> ", color: "cyan", plan: "read", doing: "reading", done: "read" },
  refresh: { symbol: "~ ", color: "yellow", plan: "refreshing", doing: "refreshing", done: "refreshed" },
};

export const wordsOf = (op: StepOp): Words => words[op];

export function seconds(value: number): string {
  return value < 10 ? `${value.toFixed(2)}s` : `${Math.round(value)}s`;
}
