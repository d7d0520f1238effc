/** Brings an image onto the engine's machine, telling how far it is. Knows no resource. */
import type { ImageInspectInfo } from "dockerode";
import { RunnerError } from "../../errors.ts";
import { type Engine, found, wordsOf } from "./engine.ts";
import { hintFor } from "./hints.ts";

/** The image, pulled where it isn't there. */
export async function imageOf(engine: Engine, name: string, platform?: string): Promise<ImageInspectInfo> {
  const local = () => found(engine.docker.getImage(name).inspect());
  const there = await local();
  if (there) return there;
  await pull(engine, name, platform);
  const pulled = await local();
  if (pulled) return pulled;
  throw new RunnerError(`The image ${name} was pulled, but the engine doesn't have it.`);
}

async function pull(engine: Engine, name: string, platform: string | undefined): Promise<void> {
  const credentials = engine.registries(name);
  const options = { ...(credentials ? { authconfig: credentials } : {}), ...(platform ? { platform } : {}) };
  engine.log(`Pulling the image ${name}`);
  let stream: NodeJS.ReadableStream;
  try {
    stream = await engine.docker.pull(name, options);
  } catch (error) {
    throw notPulled(name, wordsOf(error), error);
  }
  const layers = createLayers();
  await new Promise<void>((resolve, reject) => {
    let complaint: string | undefined;
    engine.docker.modem.followProgress(
      stream,
      (error) => {
        if (error) reject(notPulled(name, wordsOf(error), error));
        else if (complaint) reject(notPulled(name, complaint));
        else resolve();
      },
      (event: PullEvent) => {
        complaint ??= event.error;
        const progress = layers.add(event);
        if (progress) engine.log(`${name}: ${progress}`);
      },
    );
  });
  engine.log(`${name}: pulled`);
}

interface PullEvent {
  readonly id?: string;
  readonly status?: string;
  readonly error?: string;
}

/** One line for each layer that is there: enough to see that it goes on, and few enough to read. */
function createLayers() {
  const done = new Map<string, boolean>();
  return {
    add({ id, status }: PullEvent): string | undefined {
      if (!id || !status) return undefined;
      if (status === "Pulling fs layer" || status === "Waiting") done.set(id, false);
      if (status !== "Pull complete" || !done.has(id)) return undefined;
      done.set(id, true);
      const complete = [...done.values()].filter(Boolean).length;
      return `${complete} of ${done.size} layers`;
    },
  };
}

function notPulled(name: string, why: string, cause?: unknown): RunnerError {
  return new RunnerError(`The image ${name} can't be pulled: ${why}`, { hint: hintFor(why), cause });
}
