/** What a run tells about itself while it goes on. The display turns it into text; the engine must not format. */
import type { Resource } from "./state/index.ts";
import { equal, type Properties } from "./values.ts";

export type StepOp =
  | "same"
  | "create"
  | "update"
  | "replace"
  | "create-replacement"
  | "delete-replaced"
  | "delete"
  | "discard"
  | "read"
  | "refresh";

export type ChangeKind = "add" | "update" | "delete";

export interface StepInfo {
  readonly op: StepOp;
  readonly urn: string;
  readonly old?: Resource;
  /** The wanted state; once done, the state as it is. Absent after a deletion. */
  readonly next?: Resource;
  /** Top-level inputs (refresh: outputs) that differ. */
  readonly keys: Readonly<Record<string, ChangeKind>>;
  /** Properties for which it is replaced. */
  readonly replaces: readonly string[];
  /** True when the difference is in the inputs and so explains the step in full. */
  readonly detailed?: boolean;
}

export type Severity = "info" | "warning" | "error";

export type RunEvent =
  | { readonly type: "start"; readonly step: StepInfo }
  | { readonly type: "done"; readonly step: StepInfo; readonly seconds: number }
  | { readonly type: "failed"; readonly step: StepInfo; readonly message: string; readonly seconds: number }
  | {
      readonly type: "diagnostic";
      readonly severity: Severity;
      readonly urn?: string;
      readonly message: string;
      /** How far something is: of no interest any more when the run is over. */
      readonly passing?: true;
    }
  | ({ readonly type: "waiting" } & Waiting)
  | { readonly type: "outputs"; readonly old: Properties; readonly next: Properties };

/** A handler can't go on before a certain time. */
export interface Waiting {
  /** What for, to stand after "waiting for". */
  readonly reason: string;
  /** Epoch milliseconds. */
  readonly until: number;
  /** The whole sentence, for where nothing counts down. */
  readonly message: string;
}

export type Listener = (event: RunEvent) => void;

/** The top-level keys in which two sets of properties differ; what is marked secret doesn't count as a difference. */
export function changedKeys(old: Properties = {}, next: Properties = {}): Record<string, ChangeKind> {
  const keys: Record<string, ChangeKind> = {};
  for (const key of new Set([...Object.keys(old), ...Object.keys(next)].sort())) {
    // What providers and the engine note for themselves.
    if (key.startsWith("__")) continue;
    if (!(key in next)) keys[key] = "delete";
    else if (!(key in old)) keys[key] = "add";
    else if (!equal(old[key], next[key])) keys[key] = "update";
  }
  return keys;
}
