/** The provider resources of one run and the packages they configure. Knows no package: factories are handed in. */
import { hasUnknown, type Properties } from "../values.ts";
import type { Package, PackageFactory } from "./provider.ts";

export interface Providers {
  /** True when resources of this package can be managed. */
  supports(packageName: string): boolean;
  /** A provider resource is there, new or with other inputs. */
  configure(urn: string, packageName: string, inputs: Properties): void;
  isConfigured(urn: string): boolean;
  /** The package of a provider resource; undefined while its configuration is not wholly known (preview). */
  package(urn: string): Package | undefined;
  dispose(): Promise<void>;
}

export function createProviders(factories: Readonly<Record<string, PackageFactory>>): Providers {
  const current = new Map<string, Package | undefined>();
  const all: Package[] = [];
  return {
    supports: (packageName) => packageName in factories,
    configure(urn, packageName, inputs) {
      const made = hasUnknown(inputs) ? undefined : factories[packageName]?.(inputs);
      if (made) all.push(made);
      current.set(urn, made);
    },
    isConfigured: (urn) => current.has(urn),
    package: (urn) => current.get(urn),
    async dispose() {
      for (const made of all.splice(0)) await made.dispose();
    },
  };
}
