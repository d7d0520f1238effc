/**
 * Collects the argument errors of a whole program and ends it once with all of them, where the engine alone would stop at
 * the first resource.
 */
import { RunError } from "@pulumi/pulumi";
import type { Failure } from "../../engine/check.ts";

/** Of one resource: a list of a thousand helps nobody. */
const MOST = 20;

let pending: { readonly lines: string[]; total: number } | undefined;
let endOfTurn: Promise<void> | undefined;
/** The resources of this turn whose files are still being looked at. */
let looking: Promise<() => void>[] = [];

/**
 * Resolves at the end of the turn in which the program declares its resources, unless one of them was invalid; then never.
 * As an input it keeps valid resources from being made beside invalid ones.
 */
export function turnIsValid(): Promise<void> {
  endOfTurn ??= new Promise((resolve) => {
    setImmediate(async () => {
      endOfTurn = undefined;
      const invalid = pending !== undefined;
      const all = looking;
      looking = [];
      // All reports in one turn, so that one error tells them all.
      for (const report of await Promise.all(all)) report();
      if (!invalid && pending === undefined) resolve();
    });
  });
  return endOfTurn;
}

/** Looks at what lies beside a resource (its file) before any is made. What can't be looked at here is the engine's to find. */
export function inspecting(
  kind: string,
  name: string,
  inspection: Promise<{ readonly failures: readonly Failure[] }>,
): void {
  const nothing = () => {};
  looking.push(
    inspection.then(
      ({ failures }) => (failures.length === 0 ? nothing : () => void reportInvalid(kind, name, failures)),
      () => nothing,
    ),
  );
}

/**
 * Notes what is wrong with a resource. Returns a promise that never settles: as an input it keeps the resource from being
 * registered in the moment that is left before the program ends.
 */
export function reportInvalid(kind: string, name: string, failures: readonly Failure[]): Promise<never> {
  const lines = failures.slice(0, MOST).map(({ reason }) => `${kind} "${name}": ${reason}`);
  if (failures.length > MOST) lines.push(`${kind} "${name}": and ${failures.length - MOST} more`);
  if (pending === undefined) {
    const collected = { lines, total: failures.length };
    pending = collected;
    // After the constructors that run in this same turn have had their say.
    setImmediate(() => {
      // Later than every `turnIsValid` of this turn.
      setImmediate(() => {
        pending = undefined;
      });
      const count = `${collected.total} invalid ${collected.total === 1 ? "argument" : "arguments"}`;
      const error = new RunError(
        `${count}; nothing was changed.\n${collected.lines.map((line) => `  - ${line}`).join("\n")}`,
      );
      // Thrown from here, it was printed with its stack by the Pulumi CLI 3.260, though it is a RunError.
      error.stack = error.message;
      throw error;
    });
  } else {
    pending.lines.push(...lines);
    pending.total += failures.length;
  }
  return new Promise<never>(() => {});
}
