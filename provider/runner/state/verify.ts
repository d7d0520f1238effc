/** The rules that a state keeps, the same that the Pulumi CLI refuses a state for. Repairs nothing. */
import { StateError } from "./errors.ts";
import { urnsNeededBy } from "./references.ts";
import type { PendingOperation, Resource } from "./types.ts";

const providerType = /^pulumi:providers:/;

/** What is wrong with a list of states and of pending operations, in one sentence; undefined when nothing is. */
export function findFault(
  resources: readonly Resource[],
  stack: string,
  pending: readonly PendingOperation[] = [],
): string | undefined {
  const seen = new Set<string>();
  const all = new Set(resources.map((resource) => resource.urn));
  const providers = new Set<string>();
  const live = new Set<string>();
  for (const [i, resource] of resources.entries()) {
    const { urn, type, id = "", provider } = resource;
    if (!urn) return `resource ${i} has no urn`;
    if (!urn.startsWith(`urn:pulumi:${stack}::`)) return `${urn} belongs to another stack than ${stack}`;
    const own = faultOfOne(resource);
    if (own) return own;
    if (providerType.test(type)) {
      if (!providerType.test(typeOf(urn))) return `the provider ${urn} has a urn of another type than ${type}`;
      providers.add(`${urn}\n${id}`);
    }
    if (provider) {
      const reference = parseReference(provider);
      if (!reference) return `${urn} refers to the provider "${provider}", which is not <urn>::<id> of a provider`;
      if (!providers.has(reference) && !resource.pendingReplacement)
        return `${urn} refers to the provider ${provider}, which doesn't stand before it`;
    }
    for (const needed of urnsNeededBy(resource))
      if (!seen.has(needed))
        return `${urn} refers to ${needed}, which ${all.has(needed) ? "stands after it" : "is missing"}`;
    seen.add(urn);
    if (resource.delete) continue;
    if (live.has(urn)) return `${urn} stands there twice and neither is marked for deletion`;
    live.add(urn);
  }
  for (const [i, { resource }] of pending.entries()) {
    const fault = resource.urn ? faultOfOne(resource) : "it has no urn";
    if (fault) return `the pending operation ${i}: ${fault}`;
  }
  return undefined;
}

function faultOfOne({ urn, type, custom, id }: Resource): string | undefined {
  if (!type) return `${urn} has no type`;
  if (!custom && id) return `${urn} is a component but has the id "${id}"`;
  return undefined;
}

/** The type in a URN, without those of its parents. */
const typeOf = (urn: string) => urn.split("::")[2]?.split("$").at(-1) ?? "";

/** `urn\nid`; undefined when it is not a reference to a provider. */
function parseReference(reference: string): string | undefined {
  const at = reference.lastIndexOf("::");
  const urn = reference.slice(0, Math.max(0, at));
  return urn.startsWith("urn:pulumi:") && providerType.test(typeOf(urn))
    ? `${urn}\n${reference.slice(at + 2)}`
    : undefined;
}

/** Throws StateError when the states break a rule. `what` starts the sentence: "The state /path". */
export function verify(
  state: { readonly resources: readonly Resource[]; readonly pending: readonly PendingOperation[] },
  stack: string,
  what: string,
  hint: string,
): void {
  const fault = findFault(state.resources, stack, state.pending);
  if (fault) throw new StateError(`${what} breaks a rule of Pulumi's state format: ${fault}.`, { hint });
}
