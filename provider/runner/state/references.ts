/** What a state refers to, and the two things that follow: the order of a checkpoint, and mending after a removal. */
import type { Resource } from "./types.ts";

/** URNs that a state needs before it, apart from its provider. */
export function urnsNeededBy(resource: Resource): string[] {
  const { parent, dependencies = [], propertyDependencies = {}, deletedWith, replaceWith } = resource;
  const several = [dependencies, ...Object.values(propertyDependencies), replaceWith as readonly string[] | undefined];
  // The CLI takes "" for nothing everywhere.
  return [parent, deletedWith, ...several.flatMap((urns) => urns ?? [])].filter(
    (urn) => urn !== undefined && urn !== "",
  ) as string[];
}

/**
 * The same items, each after what it refers to, otherwise in their order. A URN that stands for several states (some
 * marked `delete`) means the one that is not marked, else all of them. A cycle is left as it is, for `verify` to report.
 */
export function sortByReferences<T>(items: readonly T[], resourceOf: (item: T) => Resource): T[] {
  const byUrn = Map.groupBy(items, (item) => resourceOf(item).urn);
  const byReference = new Map(items.map((item) => [referenceTo(resourceOf(item)), item]));
  const sorted: T[] = [];
  const seen = new Set<T>();
  const visit = (item: T) => {
    if (seen.has(item)) return;
    seen.add(item);
    const resource = resourceOf(item);
    const provider = resource.provider && byReference.get(resource.provider);
    if (provider) visit(provider);
    for (const urn of urnsNeededBy(resource)) {
      const candidates = byUrn.get(urn) ?? [];
      const live = candidates.find((candidate) => !resourceOf(candidate).delete);
      for (const needed of live ? [live] : candidates) visit(needed);
    }
    sorted.push(item);
  };
  for (const item of items) visit(item);
  return sorted;
}

/** How states name a provider. */
export function referenceTo(provider: Resource): string {
  return `${provider.urn}::${provider.id ?? ""}`;
}

/**
 * A state without references to URNs that are gone (an object that refresh found deleted may have had dependents): those
 * dependencies are dropped, and the nearest ancestor that is left becomes the parent. The same object when it has none.
 */
export function mendReferences(
  resource: Resource,
  isThere: (urn: string) => boolean,
  parentOf: (urn: string) => string | undefined,
): Resource {
  let dangles = false;
  for (const urn of urnsNeededBy(resource)) if (!isThere(urn)) dangles = true;
  if (!dangles) return resource;
  const { parent, deletedWith, dependencies, propertyDependencies, replaceWith, ...rest } = resource;
  let ancestor = parent;
  while (ancestor && !isThere(ancestor)) ancestor = parentOf(ancestor);
  const keep = (urns: readonly string[] | null) => (urns ?? []).filter(isThere);
  return {
    ...rest,
    ...(ancestor && { parent: ancestor }),
    ...(deletedWith && isThere(deletedWith) && { deletedWith }),
    ...(dependencies && { dependencies: keep(dependencies) }),
    ...(propertyDependencies && {
      propertyDependencies: Object.fromEntries(
        Object.entries(propertyDependencies).map(([key, urns]) => [key, keep(urns)]),
      ),
    }),
    ...(Array.isArray(replaceWith) && { replaceWith: keep(replaceWith as string[]) }),
  };
}
