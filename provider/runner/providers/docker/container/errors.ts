/** What the engine refuses when a container is made or started, in words that say what to do. */
import { RunnerError } from "../../../errors.ts";
import type { Properties } from "../../../values.ts";
import { type Engine, nameOfContainer, statusOf, wordsOf } from "../engine.ts";
import { hintFor } from "../hints.ts";
import { objectsOf } from "../labels.ts";

export const isNameTaken = (error: unknown): boolean =>
  statusOf(error) === 409 && /is already in use by container/.test(wordsOf(error));

export function notMade(name: string, error: unknown): RunnerError {
  const why = wordsOf(error);
  return new RunnerError(`The container "${name}" can't be made: ${why}`, { hint: hintFor(why), cause: error });
}

export async function notStarted(engine: Engine, inputs: Properties, error: unknown): Promise<RunnerError> {
  const why = wordsOf(error);
  const what = `The container "${inputs.name}" can't be started`;
  if (!/port is already allocated|address already in use/.test(why)) {
    return new RunnerError(`${what}: ${why}`, { hint: hintFor(why), cause: error });
  }
  const port = /(?:Bind for|listen \w+|host port(?: for)?) (\S*?:\d+)/.exec(why)?.[1] ?? portsText(inputs);
  const number = Number(port.split(":").pop());
  const user = await userOf(engine, number).catch(() => undefined);
  const who = user
    ? `the container "${user}"`
    : /already allocated/.test(why)
      ? "another container"
      : "another program";
  const hint = user ? "" : ` The Docker host says what uses it: ss -ltnp 'sport = :${number}'`;
  return new RunnerError(`${what}: the port ${port} is in use by ${who}.`, {
    hint: `Publish another port, or end what uses this one.${hint}`,
    cause: error,
  });
}

/** The running container that publishes a port. */
async function userOf(engine: Engine, port: number): Promise<string | undefined> {
  const running = await engine.docker.listContainers();
  const user = running.find(({ Ports }) => Ports.some(({ PublicPort }) => PublicPort === port));
  return user && nameOfContainer(user);
}

const portsText = (inputs: Properties) =>
  objectsOf(inputs.ports)
    .map(({ ip, external }) => `${ip ?? ""}:${external ?? ""}`)
    .join(", ");
