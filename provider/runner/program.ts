/** Runs a program against a deployment, from its start to the last deletion. Knows no display and no disk. */
import { hashAssets } from "./assets.ts";
import { Deployment, type DeploymentOptions } from "./deployment.ts";
import { messageOf, StoppedError } from "./errors.ts";
import { type HostOptions, startHost } from "./protocol/host.ts";
import { aboutTypeScript, forUser } from "./protocol/messages.ts";
import { serve } from "./protocol/server.ts";
import { makeUrn, STACK_TYPE } from "./urn.ts";
import type { Properties } from "./values.ts";

export interface ProgramOptions extends DeploymentOptions, Omit<HostOptions, "address" | "print" | "parallel"> {
  /** Aborted by ^C: nothing new is begun. */
  readonly signal: AbortSignal;
  /** Told everything that the program declares before anything is done with it: no message may show its secrets. */
  readonly learn: (values: Properties) => void;
}

/** True when all went well. Errors of the program and of its resources are told to the listener, not thrown. */
export async function runProgram(options: ProgramOptions): Promise<boolean> {
  const { project, stack, listener, signal, learn } = options;
  const deployment = new Deployment(options);
  const stackUrn = makeUrn(stack, project, "", STACK_TYPE, `${project}-${stack}`);
  let ended = false;
  let over = false;

  const server = await serve(
    {
      async register(goal) {
        learn(goal.inputs);
        return deployment.register({ ...goal, inputs: await hashAssets(goal.inputs, options.folder) });
      },
      read(goal) {
        learn(goal.inputs);
        return deployment.read(goal);
      },
      registerOutputs(urn, outputs) {
        learn(outputs);
        return deployment.registerOutputs(urn, outputs);
      },
      ended: () => {
        ended = true;
      },
      log(severity, message, urn) {
        // What the program says after the run was stopped comes from that stop.
        if (over) return;
        const about = severity === "error" ? aboutTypeScript(message, options.folder) : undefined;
        const text = about ? `${forUser(message)}\n${about}` : forUser(message);
        listener({ type: "diagnostic", severity, message: text, urn: urn || stackUrn });
      },
      fail(error) {
        if (!(error instanceof StoppedError)) deployment.fail(messageOf(error), stackUrn);
      },
    },
    { project, stack },
  );
  const cancel = () => deployment.stop();
  signal.addEventListener("abort", cancel);
  try {
    if (signal.aborted) return false;
    const host = startHost({
      ...options,
      address: server.address,
      print: (message) => over || listener({ type: "diagnostic", severity: "info", message, urn: stackUrn }),
    });
    const code = await Promise.race([host.exited, deployment.aborted.then(() => "aborted" as const)]);
    if (code === "aborted") {
      over = true;
      await deployment.drain();
      host.stop();
      await host.exited;
      await deployment.giveUp();
      return false;
    }
    await deployment.drain();
    if (deployment.stopped) return false;
    if (code !== 0 || !ended || !deployment.complete) {
      // 32: it failed and has told so itself.
      if (code !== 32) deployment.fail(whyIncomplete(code, ended), stackUrn);
      await deployment.giveUp();
      return false;
    }
    await deployment.finish();
    return !deployment.failed && !signal.aborted;
  } finally {
    signal.removeEventListener("abort", cancel);
    server.close();
    await options.providers.dispose();
  }
}

/** A program that did not come to its end is no word on what it declares: whoever took it for one would delete the rest. */
function whyIncomplete(code: number | string, ended: boolean): string {
  if (code === 0 && ended) {
    return "The program did not come to its end: an `await` at its top level, or an output that it exports, waits for something that never comes. Nothing is deleted.";
  }
  const how = typeof code === "number" ? `exit code ${code}` : `signal ${code}`;
  return `The program ended early (${how}): nothing is deleted.`;
}
