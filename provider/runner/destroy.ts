/** Deletes everything that stands in the state, what depends on others first. Runs no program. */
import type { Listener } from "./events.ts";
import type { Ledger } from "./ledger.ts";
import { Limit } from "./limit.ts";
import { providerOfState } from "./providers/of-state.ts";
import type { Providers } from "./providers/registry.ts";
import { deleteAll } from "./steps/delete.ts";

export interface DestroyOptions {
  readonly ledger: Ledger;
  readonly providers: Providers;
  readonly listener: Listener;
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly continueOnError?: boolean;
  readonly signal: AbortSignal;
}

/** True when nothing is left. Failures are told to the listener. */
export function destroy(options: DestroyOptions): Promise<boolean> {
  const { ledger, providers, signal } = options;
  const states = ledger.resources;
  const deletions = states.map((resource) => {
    const op = resource.external ? "discard" : resource.delete ? "delete-replaced" : "delete";
    return { resource, op } as const;
  });
  return deleteAll(deletions, {
    ...options,
    calls: new Limit(options.parallel),
    renamed: new Map(),
    stopped: () => signal.aborted,
    providerOf: (resource) => providerOfState(resource, states, providers),
  });
}
