/** Waits until a container is healthy, and says why it doesn't become so. */
import type { Container } from "dockerode";
import { RunnerError } from "../../../errors.ts";
import type { Properties } from "../../../values.ts";
import { type EngineOf, found, pause, wordsOf } from "../engine.ts";
import type { Inspection } from "./inspect.ts";
import { indented, lastLines } from "./logs.ts";

/** So often it may end and be started again; by then the engine pauses a minute and more in between. */
const MOST_ENDS = 10;

export async function waitUntilHealthy(engine: EngineOf, container: Container, inputs: Properties): Promise<void> {
  const name = String(inputs.name);
  const seconds = typeof inputs.waitTimeout === "number" ? inputs.waitTimeout : 60;
  const until = Date.now() + seconds * 1000;
  engine.waiting({
    reason: `the container ${name} to be healthy`,
    until,
    message: `Waiting up to ${seconds} s for the container ${name} to be healthy.`,
  });
  let restartsBefore: number | undefined;
  let lastCode = 0;
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
    restartsBefore ??= info.RestartCount ?? 0;
    if (code !== 0) lastCode = code;
    const ends = (info.RestartCount ?? 0) - restartsBefore;
    const ended = status === "exited" || status === "dead";
    if (ended || ends >= MOST_ENDS || Date.now() > until) {
      throw await unhealthy(
        engine,
        container,
        name,
        howItIs(info, { ended, ends, lastCode, seconds }),
        ended || ends > 0,
      );
    }
    await pause(250);
  }
}

interface Course {
  readonly ended: boolean;
  readonly ends: number;
  readonly lastCode: number;
  readonly seconds: number;
}

function howItIs({ State }: Inspection, { ended, ends, lastCode, seconds }: Course): string {
  const memory = State.OOMKilled ? " for using more memory than its limit" : "";
  if (ended) return `it ended${memory} with exit code ${State.ExitCode}`;
  if (ends > 0)
    return `it ended and was started again ${ends} times, the last time${memory} with exit code ${lastCode}`;
  return `its health is "${State.Health?.Status ?? State.Status}" after ${seconds} s`;
}

async function unhealthy(engine: EngineOf, container: Container, name: string, how: string, ended: boolean) {
  const { State } = (await container.inspect()) as unknown as Inspection;
  const check = State.Health?.Log?.at(-1)?.Output.trim();
  const logs = await lastLines(container).catch((error: unknown) => `(the logs can't be read: ${wordsOf(error)})`);
  const parts = [
    `The container "${name}" did not become healthy: ${how}.`,
    ...(check ? [`Its health check said: ${engine.hide(check)}`] : []),
    logs ? `Its last log lines:\n${indented(engine.hide(logs))}` : "It wrote no logs.",
  ];
  return new RunnerError(parts.join("\n"), {
    hint: `More of them: docker logs ${name}.${ended ? "" : " A slow start needs a longer `waitTimeout` or `startPeriod`."}`,
  });
}
