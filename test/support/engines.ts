/** The two engines that run a program, and how their commands are spelled. */
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { describe } from "vitest";

export type Engine = "embedded" | "pulumi";

export type Verb = "preview" | "up" | "refresh" | "destroy";

export const repository = path.resolve(import.meta.dirname, "../..");

/** The full path of a program, if this machine has it. */
export function onPath(program: string): string | undefined {
  return (process.env.PATH ?? "")
    .split(path.delimiter)
    .map((folder) => path.join(folder, program))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** The Pulumi CLI of this machine, if it has one. */
export const pulumiCli = onPath("pulumi");

const cli = path.join(repository, "test/support/cli");

/** Environment of the Pulumi CLI in which its processes are spared work that is for nobody here: a quarter of each run. */
export const spared = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...env,
  PATH: [cli, env.PATH].join(path.delimiter),
  NODE_OPTIONS: `--require=${path.join(cli, "late-sdk.cjs")}`,
});

/** Program and arguments of a command on an engine. */
export function commandLine(engine: Engine, verb: Verb, flags: readonly string[]): { command: string; args: string[] } {
  const confirmed = verb === "preview" || flags.includes("--preview-only") ? [] : ["--yes"];
  const args = [verb, "--stack", "dev", ...confirmed, ...flags];
  if (engine === "pulumi")
    return { command: pulumiCli ?? "pulumi", args: [...args, "--non-interactive", "--color=never"] };
  const bin = path.join(repository, "provider", "bin", "pulumi-rocketchat.mjs");
  return { command: process.execPath, args: [bin, ...args, "--engine", "embedded"] };
}

/** A group of tests of what the provider does by itself, no matter who calls it: on the cheaper engine. */
export function describeOnRunner(title: string, tests: (engine: Engine) => void): void {
  describe.concurrent(`${title}, embedded runner`, () => tests("embedded"));
}

/** A group of tests, run on both engines; where there is no CLI its half is skipped by name. */
export function describeOnEngines(title: string, tests: (engine: Engine) => void): void {
  describeOnRunner(title, tests);
  describeOnCli(`${title}, Pulumi CLI`, () => tests("pulumi"));
}

/** A group of tests that need the Pulumi CLI. */
export function describeOnCli(title: string, tests: () => void): void {
  if (pulumiCli === undefined) describe.skip(`${title} (skipped: no pulumi on PATH)`, tests);
  else describe.concurrent(title, tests);
}
