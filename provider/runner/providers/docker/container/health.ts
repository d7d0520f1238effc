/** Waits until a container is healthy, and says what its logs say when it doesn't become so. */
import type { Container } from "dockerode";
import { RunnerError } from "../../../errors.ts";
import { type Engine, found, pause, wordsOf } from "../engine.ts";
import type { Inspection } from "./inspect.ts";

const LINES = 20;

export async function waitUntilHealthy(engine: Engine, container: Container, name: string, seconds: number) {
  const until = Date.now() + seconds * 1000;
  engine.waiting({
    reason: `the container ${name} to be healthy`,
    until,
    message: `Waiting up to ${seconds} s for the container ${name} to be healthy.`,
  });
  for (;;) {
    const info = (await found(container.inspect())) as unknown as Inspection | undefined;
    if (!info) throw new RunnerError(`The container "${name}" is gone: somebody removed it while it was waited for.`);
    const { Health: health, Status: status, ExitCode: code, Running: running } = info.State;
    if (running && !health) {
      throw new RunnerError(`The container "${name}" has no health check to wait for.`, {
        hint: "Give it a `healthcheck`, or leave out `wait`.",
      });
    }
    if (health?.Status === "healthy" && running) return;
    if (engine.signal?.aborted) throw new RunnerError(`The container "${name}" was not waited for any longer.`);
    const ended = status === "exited" || status === "dead";
    if (ended || Date.now() > until) {
      const how = ended ? `it ended with exit code ${code}` : `its health is "${health?.Status ?? status}"`;
      throw await unhealthy(container, name, `${how}${ended ? "" : ` after ${seconds} s`}`, health);
    }
    await pause(250);
  }
}

async function unhealthy(container: Container, name: string, how: string, health: Inspection["State"]["Health"]) {
  const check = health?.Log?.at(-1)?.Output.trim();
  const logs = await lastLines(container).catch((error: unknown) => `(the logs can't be read: ${wordsOf(error)})`);
  const parts = [
    `The container "${name}" did not become healthy: ${how}.`,
    ...(check ? [`Its health check said: ${check}`] : []),
    logs ? `Its last log lines:\n${indented(logs)}` : "It wrote no logs.",
  ];
  return new RunnerError(parts.join("\n"), {
    hint: `More of them: docker logs ${name}. A slow start needs a longer \`waitTimeout\` or \`startPeriod\`.`,
  });
}

export async function lastLines(container: Container): Promise<string> {
  const { Config } = await container.inspect();
  const raw = (await container.logs({ stdout: true, stderr: true, tail: LINES })) as unknown as Buffer;
  return (Config.Tty ? raw.toString("utf8") : unframed(raw)).trimEnd();
}

/** Without a terminal, the engine puts eight bytes before each piece: whose it is, and how long. */
function unframed(raw: Buffer): string {
  const pieces: Buffer[] = [];
  for (let at = 0; at + 8 <= raw.length; ) {
    const end = at + 8 + raw.readUInt32BE(at + 4);
    pieces.push(raw.subarray(at + 8, end));
    at = end;
  }
  return Buffer.concat(pieces).toString("utf8");
}

const indented = (text: string) =>
  text
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
