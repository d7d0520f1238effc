/** Deletes many: each after everything that depends on it, as many at once as allowed, none after a failure. */

import { messageOf, ReportedError } from "../errors.ts";
import { references } from "../graph.ts";
import type { Limit } from "../limit.ts";
import type { ResourceProvider } from "../providers/provider.ts";
import type { Resource } from "../state/index.ts";
import { execute, type Step, type StepEnvironment } from "./step.ts";

export interface Deletion {
  readonly resource: Resource;
  readonly op: "delete" | "delete-replaced" | "discard";
}

export interface DeleteOptions extends StepEnvironment {
  readonly calls: Limit;
  readonly stopped: () => boolean;
  readonly providerOf: (resource: Resource) => Promise<ResourceProvider | undefined>;
}

/** True when all of them went. In a preview all are tried, so that every obstacle shows. */
export async function deleteAll(deletions: readonly Deletion[], options: DeleteOptions): Promise<boolean> {
  const ends = new Map<Resource, Promise<void>>();
  const doomed = new Set(deletions.map(({ resource }) => resource.urn));
  let failed = false;
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
      if ((failed && !options.dryRun) || options.stopped()) return;
      try {
        await execute(await stepFor(deletion), options);
      } catch (error) {
        failed = true;
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
  async function stepFor({ resource, op }: Deletion): Promise<Step> {
    const gonesWith = resource.deletedWith !== undefined && doomed.has(resource.deletedWith);
    const silent = op === "discard" || resource.retainOnDelete || resource.pendingReplacement || gonesWith;
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
