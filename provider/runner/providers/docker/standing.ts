/** What stands already under the name of something to be made: the work of a run that was cut off, or somebody else's. */
import { RunnerError } from "../../errors.ts";
import type { Engine } from "./engine.ts";

const DAY = 24 * 60 * 60 * 1000;

export interface Standing {
  readonly noun: "container" | "network";
  readonly name: string;
  readonly id: string;
  /** As the engine tells it. */
  readonly created: string;
  /** Properties in which it is not as declared. */
  readonly differing: readonly string[];
}

const remedies = { container: "docker rm -f", network: "docker network rm" };
const types = { container: "docker:index/container:Container", network: "docker:index/network:Network" };

/**
 * Goes on when it may be taken over: a former run was making it (`cutOff`), it is no older than a day, and it is in
 * everything as declared. Throws otherwise, with the way out.
 */
export function takeOver(engine: Engine, standing: Standing, cutOff: boolean, cause: unknown): void {
  const { noun, name, id, created, differing } = standing;
  const recent = Date.now() - Date.parse(created) < DAY;
  if (cutOff && recent && differing.length === 0) {
    engine.log(
      `The ${noun} ${name} was there already, made by an earlier run that could not record it; it is taken over.`,
    );
    return;
  }
  const whose =
    cutOff && recent
      ? `An earlier run that was cut off may have made it, but not as it is declared now: ${differing.join(", ")}.`
      : "It is not this stack's.";
  const short = id.slice(0, 12);
  throw new RunnerError(`A ${noun} named "${name}" is there already (${short}). ${whose}`, {
    hint:
      `If nobody needs it: ${remedies[noun]} ${name}. To have it in this stack, with the Pulumi CLI: ` +
      `pulumi import ${types[noun]} <name in the program> ${short}. To keep both: give another \`name\`.`,
    cause,
  });
}
