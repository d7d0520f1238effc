/** Which dependents a delete-before-replace takes along: those that their provider would replace as well. */
import { dependentsOf } from "../graph.ts";
import type { ResourceProvider } from "../providers/provider.ts";
import type { Resource } from "../state/index.ts";
import { parseProviderReference } from "../urn.ts";
import { UNKNOWN } from "../values.ts";
import { ignoreChanges } from "./ignore-changes.ts";

/** In the order of the state: delete them from the last to the first, and `root` after them. */
export async function replacedDependents(
  root: Resource,
  states: readonly Resource[],
  providerOf: (resource: Resource) => Promise<ResourceProvider | undefined>,
): Promise<Map<Resource, readonly string[]>> {
  const replaced = new Set([root.urn]);
  const found = new Map<Resource, readonly string[]>();
  for (const dependent of dependentsOf(root, states)) {
    if (!dependent.custom || dependent.external || dependent.pendingReplacement) continue;
    const keys = await replacementKeys(dependent, replaced, providerOf);
    if (keys === undefined) continue;
    replaced.add(dependent.urn);
    found.set(dependent, keys);
  }
  return found;
}

/** Undefined: it stays. What depends on a replaced resource counts as unknown, then its provider is asked. */
async function replacementKeys(
  dependent: Resource,
  replaced: ReadonlySet<string>,
  providerOf: (resource: Resource) => Promise<ResourceProvider | undefined>,
): Promise<readonly string[] | undefined> {
  if (dependent.provider && replaced.has(parseProviderReference(dependent.provider).urn)) return [];
  if (dependent.deletedWith && replaced.has(dependent.deletedWith)) return [];
  const touched = Object.entries(dependent.propertyDependencies ?? {})
    .filter(([key, urns]) => key in (dependent.inputs ?? {}) && urns.some((urn) => replaced.has(urn)))
    .map(([key]) => [key, UNKNOWN]);
  if (touched.length === 0) return undefined;
  const provider = await providerOf(dependent);
  const { inputs = {}, outputs = {}, ignoreChanges: ignored = [] } = dependent;
  const news = ignoreChanges({ ...inputs, ...Object.fromEntries(touched) }, inputs, ignored);
  const diff = await provider?.diff(dependent.id ?? "", inputs, outputs, news);
  return diff?.replaces.length ? diff.replaces : undefined;
}
