/**
 * Pulumi's package `docker` on a Docker Engine's own API: the types that a server of ours is made of, with the inputs,
 * outputs and state of the official provider. Loads what does it when a program has such a resource, not before.
 */
import { forHandler, type Properties } from "../../values.ts";
import type { Package, Voice } from "../provider.ts";

export interface DockerOptions extends Voice {
  /** Inputs of the provider resource. */
  readonly config: Properties;
}

export function dockerPackage({ config, ...voice }: DockerOptions): Package {
  const load = async () => {
    const [{ connector }, { dockerResource }] = await Promise.all([import("./engine.ts"), import("./resource.ts")]);
    const connect = connector(forHandler(config), voice);
    return (type: string) => dockerResource(type, connect);
  };
  let loaded: ReturnType<typeof load> | undefined;
  return {
    async resource(type) {
      loaded ??= load();
      return (await loaded)(type);
    },
    async dispose() {},
  };
}
