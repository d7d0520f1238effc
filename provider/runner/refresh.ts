/** Reads every object of the state and records what it is like now. Runs no program. */

import { messageOf } from "./errors.ts";
import type { StepInfo } from "./events.ts";
import { changedKeys, type Listener } from "./events.ts";
import { type Ledger, recordGone } from "./ledger.ts";
import { Limit } from "./limit.ts";
import { providerOfState } from "./providers/of-state.ts";
import type { Providers } from "./providers/registry.ts";
import { readState } from "./read-state.ts";
import type { Resource } from "./state/index.ts";
import { sameState } from "./steps/state.ts";
import { isProviderType } from "./urn.ts";

export interface RefreshOptions {
  readonly ledger: Ledger;
  readonly providers: Providers;
  readonly listener: Listener;
  readonly parallel: number;
  readonly signal: AbortSignal;
}

/** True when all could be read. One that can't be is told to the listener; the others go on. */
export async function refresh(options: RefreshOptions): Promise<boolean> {
  const { ledger, listener, signal } = options;
  const calls = new Limit(options.parallel);
  const states = ledger.resources;
  let failed = false;
  const gone: Resource[] = [];

  await Promise.all(
    states.map((old) =>
      calls.run(async () => {
        if (signal.aborted) return;
        const began = performance.now();
        const seconds = () => (performance.now() - began) / 1000;
        const reading: StepInfo = { op: "refresh", urn: old.urn, old, keys: {}, replaces: [] };
        try {
          const next = await read(old, states, options, () => listener({ type: "start", step: reading }));
          if (next === undefined) gone.push(old);
          else if (!sameState(old, next)) await ledger.record({ replace: [[old, next]] });
          listener({ type: "done", step: outcome(old, next), seconds: seconds() });
        } catch (error) {
          failed = true;
          listener({ type: "failed", step: reading, message: messageOf(error), seconds: seconds() });
        }
      }),
    ),
  );
  await recordGone(ledger, gone);
  return !failed && !signal.aborted;
}

/** The state as the server has it; undefined when the object is gone. Components and providers stay as they are. */
async function read(
  old: Resource,
  states: readonly Resource[],
  options: RefreshOptions,
  start: () => void,
): Promise<Resource | undefined> {
  if (!old.custom || isProviderType(old.type) || old.delete || old.pendingReplacement) return old;
  const provider = await providerOfState(old, states, options.providers);
  if (!provider) return old;
  start();
  return readState(old, provider);
}

function outcome(old: Resource, next: Resource | undefined): StepInfo {
  const shared = { urn: old.urn, old, replaces: [] };
  if (next === undefined) return { ...shared, op: "delete", keys: {} };
  const keys = changedKeys(old.outputs, next.outputs);
  return { ...shared, next, keys, op: Object.keys(keys).length > 0 ? "update" : "same" };
}
