/** The connection to one Docker Engine, asked once whether it answers. Knows no resource. */
import type Docker from "dockerode";
import { messageOf, RunnerError } from "../../errors.ts";
import type { Properties } from "../../values.ts";
import type { Voice } from "../provider.ts";
import { type Address, addressOf } from "./address.ts";
import { type Registries, registriesOf } from "./registries.ts";

export interface Engine extends Voice {
  readonly docker: Docker;
  readonly registries: Registries;
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
      throw unreachable(address, error);
    });
  }
  return { ...voice, docker, registries: registriesOf(config.registryAuth) };
}

function unreachable({ url }: Address, error: unknown): RunnerError {
  if (error instanceof RunnerError) return error;
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  const why = code === "EACCES" ? "permission denied" : messageOf(error);
  const what = code === "EACCES" ? "May this user use it?" : "Is it running?";
  return new RunnerError(`Cannot connect to the Docker daemon at ${url}. ${what} (${why})`, {
    hint: "Another one: pulumi-rocketchat config set docker:host tcp://…, or set DOCKER_HOST.",
    cause: error,
  });
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
