/** The provider of a resource that stands in the state: configured by this run's program, else from the state. */

import { UnsupportedError } from "../errors.ts";
import type { Resource } from "../state/index.ts";
import { isProviderType, packageOf, parseProviderReference } from "../urn.ts";
import type { ResourceProvider } from "./provider.ts";
import type { Providers } from "./registry.ts";

/** Undefined for what no provider manages: components and provider resources. */
export async function providerOfState(
  resource: Resource,
  states: readonly Resource[],
  providers: Providers,
): Promise<ResourceProvider | undefined> {
  if (!resource.custom || isProviderType(resource.type) || !resource.provider) return undefined;
  const name = packageOf(resource.type);
  if (!providers.supports(name)) throw new UnsupportedError(`The package "${name}" (of the type ${resource.type})`);
  const { urn } = parseProviderReference(resource.provider);
  if (!providers.isConfigured(urn)) {
    const state = states.find((candidate) => candidate.urn === urn && !candidate.delete);
    providers.configure(urn, name, state?.inputs ?? {});
  }
  const properties = resource.outputs && "__provider" in resource.outputs ? resource.outputs : (resource.inputs ?? {});
  return providers.package(urn)?.resource(resource.type, properties);
}
