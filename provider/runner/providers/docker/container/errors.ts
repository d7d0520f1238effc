/** What the engine refuses when a container is made or started, in words that say what to do. */
import { RunnerError } from "../../../errors.ts";
import type { Properties } from "../../../values.ts";
import { statusOf, wordsOf } from "../engine.ts";
import { objectsOf } from "../labels.ts";

export function notMade(name: string, error: unknown): RunnerError {
  const why = wordsOf(error);
  if (statusOf(error) === 409 && /is already in use by container/.test(why)) {
    const id = /by container "?(\w{12})/.exec(why)?.[1];
    return new RunnerError(
      `A container named "${name}" is there already${id ? ` (${id})` : ""}, and it is not this stack's.`,
      {
        hint: `Give another \`name\`, or remove it: docker rm -f ${name}`,
        cause: error,
      },
    );
  }
  return new RunnerError(`The container "${name}" can't be made: ${why}`, { cause: error });
}

export function notStarted(inputs: Properties, error: unknown): RunnerError {
  const why = wordsOf(error);
  const name = String(inputs.name);
  if (/port is already allocated|address already in use/.test(why)) {
    const port = /(?:Bind for|listen \w+) (\S+?)(?::? (?:failed|bind))/.exec(why)?.[1] ?? portsText(inputs);
    const who = /already allocated/.test(why) ? "another container" : "another program";
    return new RunnerError(`The container "${name}" can't be started: the port ${port} is in use by ${who}.`, {
      hint: "Publish another port (`external`), or end what uses this one.",
      cause: error,
    });
  }
  return new RunnerError(`The container "${name}" can't be started: ${why}`, { cause: error });
}

const portsText = (inputs: Properties) =>
  objectsOf(inputs.ports)
    .map(({ ip, external }) => `${ip ?? ""}:${external ?? ""}`)
    .join(", ");
