/**
 * Deletes many: each after everything that depends on it, as many at once as allowed. After a failure none, or all but
 * what the failed ones need.
 */

import { messageOf, ProtectedError, ReportedError } from "../errors.ts";
import { needsOf, references } from "../graph.ts";
import type { Limit } from "../limit.ts";
import type { ResourceProvider } from "../providers/provider.ts";
import type { Resource } from "../state/index.ts";
import { execute, type Step, type StepEnvironment } from "./step.ts";

export interface Deletion {
  readonly resource: Resource;
  readonly op: "delete" | "delete-replaced" | "discard";
  /** The object went already. */
  readonly silent?: boolean;
}

export interface DeleteOptions extends StepEnvironment {
  readonly calls: Limit;
  readonly stopped: () => boolean;
  readonly providerOf: (resource: Resource) => Promise<ResourceProvider | undefined>;
  readonly continueOnError?: boolean;
  /** States that are to stay and whose dependencies stay with them. */
  readonly staying?: readonly Resource[];
}

/** True when all of them went. Past one that is protected it always goes on: nothing was tried. */
export async function deleteAll(deletions: readonly Deletion[], options: DeleteOptions): Promise<boolean> {
  const ends = new Map<Resource, Promise<void>>();
  const doomed = new Set(deletions.map(({ resource }) => resource.urn));
  const states = deletions.map(({ resource }) => resource);
  const needed = needsOf(options.staying ?? [], states);
  let failed = false;
  let halted = false;
  const usersOf = usersByUrn(deletions);
  // From the last to the first: whoever depends on a state stands after it.
  for (const deletion of deletions.toReversed()) {
    const users = usersOf.get(deletion.resource.urn) ?? [];
    const before = users.flatMap((user) => (user === deletion.resource ? [] : (ends.get(user) ?? [])));
    ends.set(deletion.resource, one(deletion, before));
  }
  await Promise.all(ends.values());
  return !failed && !options.stopped();

  async function one(deletion: Deletion, before: readonly Promise<void>[]): Promise<void> {
    await Promise.all(before);
    await options.calls.run(async () => {
      if (halted || options.stopped() || needed.has(deletion.resource)) return;
      try {
        await execute(await stepFor(deletion), options);
      } catch (error) {
        failed = true;
        for (const need of needsOf([deletion.resource], states)) needed.add(need);
        const isHarmless = error instanceof ReportedError && error.cause instanceof ProtectedError;
        halted ||= !isHarmless && !options.continueOnError;
        if (error instanceof ReportedError) return;
        options.listener({
          type: "diagnostic",
          severity: "error",
          urn: deletion.resource.urn,
          message: messageOf(error),
        });
      }
    });
  }

  /** Without a provider nothing is called: kept by the user's wish, gone with another one, or never ours. */
  async function stepFor({ resource, op, silent: gone = false }: Deletion): Promise<Step> {
    const gonesWith = resource.deletedWith !== undefined && doomed.has(resource.deletedWith);
    const silent = gone || op === "discard" || resource.retainOnDelete || resource.pendingReplacement || gonesWith;
    return { op, old: resource, provider: silent ? undefined : await options.providerOf(resource) };
  }
}

function usersByUrn(deletions: readonly Deletion[]): Map<string, Resource[]> {
  const users = new Map<string, Resource[]>();
  for (const { resource } of deletions) {
    for (const urn of references(resource)) {
      const list = users.get(urn);
      if (list) list.push(resource);
      else users.set(urn, [resource]);
    }
  }
  return users;
}
