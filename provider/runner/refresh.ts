/** Reads every object of the state and records what it is like now. Runs no program. */

import { messageOf } from "./errors.ts";
import type { StepInfo } from "./events.ts";
import { changedKeys, type Listener } from "./events.ts";
import { type Ledger, recordGone } from "./ledger.ts";
import { Limit } from "./limit.ts";
import { providerOfState } from "./providers/of-state.ts";
import type { ResourceProvider } from "./providers/provider.ts";
import type { Providers } from "./providers/registry.ts";
import { readState } from "./read-state.ts";
import type { Resource } from "./state/index.ts";
import { ignoreChanges } from "./steps/ignore-changes.ts";
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
          const { next, differs } = await read(old, states, options, () => listener({ type: "start", step: reading }));
          if (next === undefined) gone.push(old);
          else if (!sameState(old, next)) await ledger.record({ replace: [[old, next]] });
          listener({ type: "done", step: outcome(old, next, differs), seconds: seconds() });
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

interface Found {
  /** The state as the server has it; undefined when the object is gone. */
  readonly next: Resource | undefined;
  /** Whether that is a change, in the provider's eyes. */
  readonly differs: boolean;
}

/** Components and provider resources stay as they are. */
async function read(
  old: Resource,
  states: readonly Resource[],
  options: RefreshOptions,
  start: () => void,
): Promise<Found> {
  if (!old.custom || isProviderType(old.type) || old.pendingReplacement) return { next: old, differs: false };
  const provider = await providerOfState(old, states, options.providers);
  if (!provider) return { next: old, differs: false };
  start();
  const next = await readState(old, provider);
  return { next, differs: next === undefined || (await differs(old, next, provider)) };
}

/** As the next `up` of an unchanged program would see it; somebody else's object is compared as it is. */
async function differs(old: Resource, next: Resource, provider: ResourceProvider): Promise<boolean> {
  if (old.external) return Object.keys(changedKeys(old.outputs, next.outputs)).length > 0;
  const { inputs = {}, outputs = {} } = next;
  const declared = ignoreChanges(old.inputs ?? {}, inputs, old.ignoreChanges ?? []);
  const { changes } = await provider.diff(next.id ?? "", inputs, outputs, declared);
  return changes ?? Object.keys(changedKeys(inputs, declared)).length > 0;
}

function outcome(old: Resource, next: Resource | undefined, differs: boolean): StepInfo {
  const shared = { urn: old.urn, old, replaces: [] };
  if (next === undefined) return { ...shared, op: "delete", keys: {} };
  if (!differs) return { ...shared, next, op: "same", keys: {} };
  return { ...shared, next, op: "update", keys: changedKeys(old.outputs, next.outputs) };
}
