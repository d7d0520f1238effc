/** The rules that a state keeps, the same that the Pulumi CLI refuses a state for. Repairs nothing. */
import { StateError } from "./errors.ts";
import { referenceTo, urnsNeededBy } from "./references.ts";
import type { Resource } from "./types.ts";

const providerType = /^pulumi:providers:/;

/** What is wrong with a list of states, in one sentence; undefined when nothing is. */
export function findFault(resources: readonly Resource[], stack: string): string | undefined {
  const seen = new Set<string>();
  const all = new Set(resources.map((resource) => resource.urn));
  const providers = new Set<string>();
  const live = new Set<string>();
  for (const [i, resource] of resources.entries()) {
    const { urn, type, custom, id, provider } = resource;
    if (!urn) return `resource ${i} has no urn`;
    if (!type) return `${urn} has no type`;
    if (!urn.startsWith(`urn:pulumi:${stack}::`)) return `${urn} belongs to another stack than ${stack}`;
    if (!custom && id) return `${urn} is a component but has the id "${id}"`;
    if (providerType.test(type)) {
      if (!id) return `the provider ${urn} has no id`;
      providers.add(referenceTo(resource));
    }
    if (provider && !providers.has(provider) && !resource.pendingReplacement)
      return `${urn} refers to the provider ${provider}, which doesn't stand before it`;
    for (const needed of urnsNeededBy(resource))
      if (!seen.has(needed))
        return `${urn} refers to ${needed}, which ${all.has(needed) ? "stands after it" : "is missing"}`;
    seen.add(urn);
    if (resource.delete) continue;
    if (live.has(urn)) return `${urn} stands there twice and neither is marked for deletion`;
    live.add(urn);
  }
  return undefined;
}

/** Throws StateError when the states break a rule. `what` starts the sentence: "The state /path". */
export function verify(resources: readonly Resource[], stack: string, what: string, hint: string): void {
  const fault = findFault(resources, stack);
  if (fault) throw new StateError(`${what} breaks a rule of Pulumi's state format: ${fault}.`, { hint });
}
