/** Faults that a test asks for: which request meets one, and what it does. Knows no route. */

export type FaultAction = "drop-before" | "drop-after" | "status" | "delay" | "truncate" | "hold";

export const FAULT_ACTIONS: readonly FaultAction[] = [
  "drop-before",
  "drop-after",
  "status",
  "delay",
  "truncate",
  "hold",
];

/**
 * - `drop-before`: the connection is cut before anything happens
 * - `drop-after`: the call takes effect, then the connection is cut without an answer
 * - `status`: answers `status`, `body`, `contentType` instead of handling it
 * - `delay`: handles it `ms` milliseconds later
 * - `truncate`: handles it, then sends half of the answer
 * - `hold`: never answers
 */
export interface Fault {
  action: FaultAction;
  /** Any method when left out. */
  method?: string;
  /** The path, with or without `/api/v1/`; `*` at the end matches the rest. */
  path: string;
  /** Only the nth matching request from now on, from 1. */
  nth?: number;
  /** The first so many matching requests; 1 when neither this nor `nth` is given. */
  times?: number;
  status?: number;
  body?: string;
  contentType?: string;
  ms?: number;
}

function matches(fault: Fault, method: string, path: string): boolean {
  if (fault.method && fault.method.toUpperCase() !== method) return false;
  const wanted = fault.path.startsWith("/") ? fault.path : `/api/v1/${fault.path}`;
  return wanted.endsWith("*") ? path.startsWith(wanted.slice(0, -1)) : path === wanted;
}

export class FaultPlan {
  #planned: { fault: Fault; met: number }[] = [];

  add(faults: readonly Fault[]): void {
    this.#planned.push(...faults.map((fault) => ({ fault, met: 0 })));
  }

  clear(): void {
    this.#planned = [];
  }

  /** Counts the request for every fault that it matches; the first that is due wins. */
  meet(method: string, path: string): Fault | undefined {
    let due: Fault | undefined;
    for (const plan of this.#planned) {
      if (!matches(plan.fault, method, path)) continue;
      plan.met++;
      const { nth, times = 1 } = plan.fault;
      if (nth !== undefined ? plan.met === nth : plan.met <= times) due ??= plan.fault;
    }
    return due;
  }
}
