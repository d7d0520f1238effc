/** What all containers of a server have in common: names, network, restart policy. Knows no container's purpose. */
import type * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { Env } from "../base/environment.ts";
import { ifValid } from "../base/valid.ts";

export interface Site {
  readonly docker: typeof docker;
  /** Of the component: begin of its children's names in the program. */
  readonly name: string;
  /** Begin of the names that Docker sees. */
  readonly prefix: string;
  readonly network: docker.Network;
  readonly restart: pulumi.Input<string>;
  readonly retainData: boolean;
  readonly parent: pulumi.Resource;
  /** Parent, and the Docker provider where the component has its own: for all that Docker makes. */
  readonly opts: pulumi.CustomResourceOptions;
}

export interface ContainerParts
  extends Omit<docker.ContainerArgs, "image" | "envs" | "name" | "destroyGraceSeconds" | "memory" | "memorySwap"> {
  readonly image: docker.RemoteImage;
  readonly env?: Env;
  /** More names in the network. */
  readonly aliases?: readonly string[] | undefined;
  /** Limit in MiB. */
  readonly memoryMb?: pulumi.Input<number> | undefined;
  /** Seconds that a stop may take before it becomes a kill. */
  readonly graceSeconds: number;
  /** Seconds until it must be healthy. */
  readonly waitTimeout: number;
  readonly dependsOn: pulumi.Resource[];
}

// Other servers of the same host may use the image as well.
export const image = (site: Site, role: string, reference: pulumi.Input<string>): docker.RemoteImage =>
  new site.docker.RemoteImage(`${site.name}-${role}-image`, { name: ifValid(reference), keepLocally: true }, site.opts);

export const volume = (site: Site, role: string): docker.Volume =>
  new site.docker.Volume(
    `${site.name}-${role}`,
    { name: ifValid(`${site.prefix}-${role}`) },
    pulumi.mergeOptions(site.opts, { retainOnDelete: site.retainData }),
  );

/** Of what is there already: a path on the host, or a volume. */
export const mount = (source: string, containerPath: string) =>
  source.startsWith("/") ? { hostPath: source, containerPath } : { volumeName: source, containerPath };

const envsOf = (env: Env): pulumi.Output<string[]> =>
  pulumi.output(env).apply((values) =>
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${value}`)
      .sort(),
  );

/** As Docker's provider reads it back; any other form would show as a change on every run. */
export function duration(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, `${seconds % 60}s`];
  return hours > 0 ? `${hours}h${minutes}m${rest}` : minutes > 0 ? `${minutes}m${rest}` : rest;
}

/**
 * `tests`: the command that asks. `startSeconds`: how long a refusal only means that it is still starting. `patience`: what
 * is to be other than usual.
 */
export const healthcheck = (
  tests: docker.types.input.ContainerHealthcheck["tests"],
  startSeconds = 30,
  patience: { readonly timeout?: string; readonly retries?: number } = {},
) => ({ tests, interval: "5s", timeout: "5s", startPeriod: duration(startSeconds), retries: 6, ...patience });

/** A container that the others reach under its role's name; `up` goes on when it is healthy. */
export function container(site: Site, role: string, parts: ContainerParts): docker.Container {
  const { image: from, env, aliases = [], graceSeconds, memoryMb, dependsOn, ...rest } = parts;
  return new site.docker.Container(
    `${site.name}-${role}`,
    {
      name: `${site.prefix}-${role}`,
      image: from.imageId,
      restart: site.restart,
      networksAdvanced: [{ name: site.network.name, aliases: [role, ...aliases] }],
      destroyGraceSeconds: graceSeconds,
      wait: true,
      ...(env && { envs: envsOf(env) }),
      // Docker itself takes twice the memory when nothing is said, which would show as a change on every run.
      ...(memoryMb !== undefined && { memory: memoryMb, memorySwap: pulumi.output(memoryMb).apply((mb) => mb * 2) }),
      ...rest,
    },
    // Its name and its port are taken until the old one is gone.
    pulumi.mergeOptions(site.opts, { deleteBeforeReplace: true, dependsOn }),
  );
}
