/** The connection to one Docker Engine, asked once whether it answers. Knows no resource. */
import type Docker from "dockerode";
import type { ContainerInfo } from "dockerode";
import { messageOf } from "../../errors.ts";
import type { Properties } from "../../values.ts";
import type { Voice } from "../provider.ts";
import { addressOf } from "./address.ts";
import { unreachable } from "./lost.ts";
import { type Registries, registriesOf } from "./registries.ts";

export interface Engine extends Voice {
  readonly docker: Docker;
  /** Its address, as a person writes it. */
  readonly url: string;
  readonly registries: Registries;
}

/** For the calls of one resource. */
export interface EngineOf extends Engine {
  /** A container's own words, without the secrets that the program gave it. */
  readonly hide: (text: string) => string;
}

/** `config`: inputs of the provider resource, opened. Nothing is opened before the first call. */
export function connector(config: Properties, voice: Voice): () => Promise<Engine> {
  let engine: Promise<Engine> | undefined;
  return () => {
    engine ??= connect(config, voice);
    return engine;
  };
}

async function connect(config: Properties, voice: Voice): Promise<Engine> {
  const address = addressOf(config, process.env);
  // Loaded late: whoever has no container doesn't wait for it.
  const { default: Client } = await import("dockerode");
  const docker = new Client(address.options);
  if (config.disableDockerDaemonCheck !== true && config.disableDockerDaemonCheck !== "true") {
    await docker.ping().catch((error: unknown) => {
      throw unreachable(address.url, error);
    });
  }
  return { ...voice, docker, url: address.url, registries: registriesOf(config.registryAuth) };
}

/** The HTTP status of the engine's answer; undefined where there was none. */
export function statusOf(error: unknown): number | undefined {
  const status = typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : undefined;
  return typeof status === "number" ? status : undefined;
}

/** The engine's own words. */
export function wordsOf(error: unknown): string {
  if (typeof error === "object" && error !== null && "json" in error) {
    const { json } = error;
    if (typeof json === "object" && json !== null && "message" in json) return String(json.message).trim();
  }
  return messageOf(error)
    .replace(/^\(HTTP code \d+\) [^-]* - /, "")
    .trim();
}

/** Undefined when there is no such object. */
export async function found<T>(inspection: Promise<T>): Promise<T | undefined> {
  try {
    return await inspection;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

export const nameOfContainer = ({ Names, Id }: ContainerInfo): string =>
  Names[0]?.replace(/^\//, "") ?? Id.slice(0, 12);

/** Repeats what the engine refuses for now; `retry` says so of an error. In the end it throws the last one. */
export async function persist<T>(
  { signal }: Pick<Engine, "signal">,
  act: () => Promise<T>,
  retry: (error: unknown) => boolean,
  milliseconds: number,
): Promise<T> {
  const end = performance.now() + milliseconds;
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!retry(error) || signal?.aborted || performance.now() > end) throw error;
      await pause(500);
    }
  }
}

export const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
