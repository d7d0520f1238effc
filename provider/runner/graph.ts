/** Who needs whom among states: parents, providers, dependencies, deletedWith. Knows only URNs. */
import type { Resource } from "./state/index.ts";
import { parseProviderReference } from "./urn.ts";

/** URNs that a state refers to. */
export function references(resource: Resource): Set<string> {
  const urns = new Set(resource.dependencies);
  for (const list of Object.values(resource.propertyDependencies ?? {})) for (const urn of list) urns.add(urn);
  if (resource.parent) urns.add(resource.parent);
  if (resource.provider) urns.add(parseProviderReference(resource.provider).urn);
  if (resource.deletedWith) urns.add(resource.deletedWith);
  return urns;
}

/** Everything that depends on `root`, directly or not, in the order of the state; children alone don't count. */
export function dependentsOf(root: Resource, resources: readonly Resource[]): Resource[] {
  const reached = new Set([root.urn]);
  return resources.filter((resource) => {
    if (resource === root || resource.delete) return false;
    const needs = new Set(references(resource));
    if (resource.parent && !resource.dependencies?.includes(resource.parent)) needs.delete(resource.parent);
    const depends = [...needs].some((urn) => reached.has(urn));
    if (depends) reached.add(resource.urn);
    return depends;
  });
}

/** Everything that some states need, directly or not; they themselves only where another of them needs them. */
export function needsOf(roots: readonly Resource[], resources: readonly Resource[]): Set<Resource> {
  const byUrn = new Map<string, Resource[]>();
  for (const resource of resources) byUrn.set(resource.urn, [...(byUrn.get(resource.urn) ?? []), resource]);
  const needed = new Set<Resource>();
  const visit = (resource: Resource): void => {
    for (const urn of references(resource)) {
      for (const need of byUrn.get(urn) ?? []) {
        if (needed.has(need)) continue;
        needed.add(need);
        visit(need);
      }
    }
  };
  roots.forEach(visit);
  return needed;
}

/** The state with every reference to one URN turned into another, or the same object when it has none. */
export function rename(resource: Resource, from: string, to: string): Resource {
  if (!references(resource).has(from)) return resource;
  const swap = (urn: string) => (urn === from ? to : urn);
  const { parent, provider, dependencies, propertyDependencies, deletedWith } = resource;
  const reference = provider ? parseProviderReference(provider) : undefined;
  return {
    ...resource,
    ...(parent ? { parent: swap(parent) } : {}),
    ...(reference ? { provider: `${swap(reference.urn)}::${reference.id}` } : {}),
    ...(dependencies ? { dependencies: dependencies.map(swap) } : {}),
    ...(propertyDependencies ? { propertyDependencies: mapLists(propertyDependencies, (list) => list.map(swap)) } : {}),
    ...(deletedWith ? { deletedWith: swap(deletedWith) } : {}),
  };
}

/** The state without its references to a URN that is gone. A parent that is gone leaves a child of nobody. */
export function forget(resource: Resource, gone: ReadonlySet<string>): Resource {
  if (![...references(resource)].some((urn) => gone.has(urn))) return resource;
  const left = (urns: readonly string[]) => urns.filter((urn) => !gone.has(urn));
  const { parent, dependencies, propertyDependencies, deletedWith, ...rest } = resource;
  return {
    ...(rest as Resource),
    ...(parent && !gone.has(parent) ? { parent } : {}),
    ...(dependencies ? { dependencies: left(dependencies) } : {}),
    ...(propertyDependencies ? { propertyDependencies: mapLists(propertyDependencies, left) } : {}),
    ...(deletedWith && !gone.has(deletedWith) ? { deletedWith } : {}),
  };
}

function mapLists(
  lists: Readonly<Record<string, readonly string[]>>,
  change: (list: readonly string[]) => readonly string[],
): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, change(list)]));
}
