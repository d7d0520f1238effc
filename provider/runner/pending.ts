/**
 * Operations of a former run whose end nobody saw: finds out, by reading the objects, how they ended. Changes no object;
 * runs no program. A creation has no id to read by: the next `up` creates again, which takes the object over where the
 * provider can find it.
 */
import { messageOf } from "./errors.ts";
import type { Listener, Severity } from "./events.ts";
import { type Ledger, recordGone } from "./ledger.ts";
import { Limit } from "./limit.ts";
import { providerOfState } from "./providers/of-state.ts";
import type { Providers } from "./providers/registry.ts";
import { readState } from "./read-state.ts";
import type { PendingOperation, Resource, StackStore } from "./state/index.ts";

export type SettlingLedger = Ledger & Pick<StackStore, "resolve">;

export interface PendingOptions {
  readonly ledger: SettlingLedger;
  readonly providers: Providers;
  readonly listener: Listener;
  readonly parallel: number;
  readonly signal: AbortSignal;
}

/** Settles what can be settled; the rest stays pending and is told to the listener. Never rejects for one object's sake. */
export async function settlePending(options: PendingOptions): Promise<void> {
  const { ledger, signal } = options;
  const calls = new Limit(options.parallel);
  const gone: Resource[] = [];
  const looked = await Promise.all(
    ledger.pending.map((operation) =>
      calls.run(async () => ({ operation, isSettled: !signal.aborted && (await settle(operation, gone, options)) })),
    ),
  );
  await recordGone(ledger, gone);
  // Only now: until what was read stands in the state, a kill must leave the operation pending.
  for (const { operation, isSettled } of looked) if (isSettled) await ledger.resolve(operation);
}

async function settle(operation: PendingOperation, gone: Resource[], options: PendingOptions): Promise<boolean> {
  const { type, resource } = operation;
  const { ledger, providers, listener } = options;
  const say = (severity: Severity, message: string) =>
    listener({ type: "diagnostic", severity, urn: resource.urn, message });
  if (type === "creating") return false;
  // Reading changes nothing on the server, so there is nothing to find out.
  if (type === "reading" || type === "importing") return true;
  const states = ledger.resources;
  const old = stateOf(resource, states);
  if (!old) return true;
  try {
    const provider = await providerOfState(old, states, providers);
    if (!provider || provider.canRead === false) {
      say(
        "warning",
        `how its ${nounOf(type)} ended can't be found out, for its provider doesn't read; it is done again when it is due`,
      );
      return false;
    }
    const next = await readState(old, provider);
    if (!next) gone.push(old);
    else if (!old.delete && !old.pendingReplacement) await ledger.record({ replace: [[old, next]] });
    say(
      "info",
      `its ${nounOf(type)} was cut off: ${next ? "the state has what the object is now" : "the object is gone, and out of the state"}`,
    );
    return true;
  } catch (error) {
    say("warning", `how its ${nounOf(type)} ended could not be found out: ${messageOf(error)}`);
    return false;
  }
}

const nounOf = (type: PendingOperation["type"]) =>
  type === "updating" ? "update" : type === "deleting" ? "deletion" : `operation "${type}"`;

/** The state that stands for the object: under its URN, or under another one where an alias was being followed. */
function stateOf({ urn, id, type }: Resource, states: readonly Resource[]): Resource | undefined {
  const same = states.filter((state) => state.custom && state.id === id && state.type === type);
  return same.find((state) => state.urn === urn) ?? same[0];
}

/** Drops the creations that are pending, for a person who has made sure that their objects don't exist. Gives them back. */
export async function clearPendingCreates(
  store: Pick<StackStore, "pending" | "resolve">,
): Promise<readonly PendingOperation[]> {
  const creations = store.pending.filter(({ type }) => type === "creating");
  for (const creation of creations) await store.resolve(creation);
  return creations;
}
