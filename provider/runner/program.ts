/** Runs a program against a deployment, from its start to the last deletion. Knows no display and no disk. */
import { stripVTControlCharacters } from "node:util";
import { hashAssets } from "./assets.ts";
import { Deployment, type DeploymentOptions } from "./deployment.ts";
import { messageOf, StoppedError } from "./errors.ts";
import { type HostOptions, startHost } from "./protocol/host.ts";
import { serve } from "./protocol/server.ts";
import { makeUrn, STACK_TYPE } from "./urn.ts";

export interface ProgramOptions extends DeploymentOptions, Omit<HostOptions, "address" | "print" | "parallel"> {
  /** Aborted by ^C: nothing new is begun. */
  readonly signal: AbortSignal;
}

/** True when all went well. Errors of the program and of its resources are told to the listener, not thrown. */
export async function runProgram(options: ProgramOptions): Promise<boolean> {
  const { project, stack, listener, signal } = options;
  const deployment = new Deployment(options);
  const stackUrn = makeUrn(stack, project, "", STACK_TYPE, `${project}-${stack}`);
  let ended = false;
  let over = false;

  const server = await serve(
    {
      register: async (goal) => deployment.register({ ...goal, inputs: await hashAssets(goal.inputs, options.folder) }),
      read: (goal) => deployment.read(goal),
      registerOutputs: (urn, outputs) => deployment.registerOutputs(urn, outputs),
      ended: () => {
        ended = true;
      },
      log(severity, message, urn) {
        // What the program says after the run was stopped comes from that stop.
        if (!over) listener({ type: "diagnostic", severity, message: withoutInternals(message), urn: urn || stackUrn });
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
      return false;
    }
    await deployment.drain();
    if (deployment.failed) return false;
    // 32: it failed and has told so itself.
    if (code !== 32 && (code !== 0 || !ended))
      deployment.fail(`The program ended early (${describe(code)}).`, stackUrn);
    if (code !== 0 || !ended) return false;
    await deployment.finish();
    return !deployment.failed && !signal.aborted;
  } finally {
    signal.removeEventListener("abort", cancel);
    server.close();
    await options.providers.dispose();
  }
}

const describe = (code: number | string) => (typeof code === "number" ? `exit code ${code}` : `signal ${code}`);

/** The program's own words and frames; those of Node and of the SDK tell nobody anything. */
function withoutInternals(message: string): string {
  return stripVTControlCharacters(message)
    .split("\n")
    .filter((line) => !/^\s+at .*(node:internal|node_modules[\\/]@pulumi[\\/])/.test(line))
    .join("\n");
}
