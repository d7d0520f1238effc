/** The Pulumi CLI as the engine: found or installed, started with the same wishes, same terminal, same environment. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { ConfigurationError } from "../../errors.ts";
import { loadProject, stackFilePath } from "../../runner/state/index.ts";
import { loadDocument } from "../../workspace/load.ts";
import { writeProgram } from "../document/program.ts";
import { documentIn } from "../document/project.ts";
import type { EngineChoice } from "./choose.ts";
import type { EngineOptions, Operation } from "./options.ts";
import { withPassphrase } from "./passphrase.ts";
import { printHidden } from "./plan-output.ts";
import { install } from "./pulumi-install.ts";
import { chooseStack, openWorkspace } from "./workspace.ts";

export interface Ended {
  readonly code: number;
  /** Empty where the terminal shows it. */
  readonly output: string;
}

/** `hidden`: to the terminal, without the values that a plan was not kept to. */
type Output = "inherit" | "pipe" | "hidden" | "hidden json";
type Errors = "inherit" | "ignore" | "pipe";

/** One Pulumi CLI on one project. */
export interface PulumiCli {
  /** Without a document: where there is one, a project has been made of it. */
  readonly options: EngineOptions;
  /** `more`: what it finds in its environment beside this process's own. */
  run(args: readonly string[], output: Output, errors?: Errors, more?: NodeJS.ProcessEnv): Promise<Ended>;
}

/** `plan`: a file that the run is held to. Gives the CLI's exit code. */
export async function runPulumi(
  operation: Operation,
  options: EngineOptions,
  choice: EngineChoice,
  plan?: string,
): Promise<number> {
  const declares = operation === "up" || operation === "preview";
  if (declares) checkDocument(options);
  return withPulumi(options, choice, async (cli) => {
    if (declares) await makeStack(cli, "inherit");
    const args = pulumiArguments(operation, cli.options);
    if (plan === undefined) return (await cli.run(args, "inherit")).code;
    return (await cli.run([...args, "--plan", plan], options.json ? "hidden json" : "hidden", "pipe")).code;
  });
}

/** Gives what `act` gives. A document's project lives as long as that. */
export async function withPulumi<T>(
  options: EngineOptions,
  choice: EngineChoice,
  act: (cli: PulumiCli) => Promise<T>,
): Promise<T> {
  const file = options.file ?? documentIn(process.cwd());
  if (file === undefined) return act(await cliOn(options, choice));
  const { file: _, overlay, ...wishes } = options;
  const program = await writeProgram(file, overlay);
  try {
    // A stack that was named nowhere is chosen as the embedded runner does.
    const stack = options.stack ?? (await stackOf(file));
    if (program.backendUrl !== undefined) process.env.PULUMI_BACKEND_URL ??= program.backendUrl;
    return await act(await cliOn({ ...wishes, stack, cwd: program.folder }, choice));
  } finally {
    program.remove();
  }
}

/** Rejects where only the CLI could say which stacks there are: in a folder made for this run it has selected none. */
async function stackOf(file: string): Promise<string> {
  const workspace = await openWorkspace(file).catch((cause: unknown) => {
    throw new ConfigurationError("It is not said which stack is meant.", { hint: "Name it with --stack.", cause });
  });
  return (await chooseStack(workspace, undefined)).stack;
}

async function cliOn(options: EngineOptions, choice: EngineChoice): Promise<PulumiCli> {
  const command = choice.command ?? (await install(options.cwd));
  // The CLI starts whatever `node` comes first: let it be the one that runs this.
  const path = [dirname(process.execPath), process.env.PATH ?? ""].join(delimiter);
  const env = { ...process.env, PATH: path, PULUMI_SKIP_UPDATE_CHECK: process.env.PULUMI_SKIP_UPDATE_CHECK ?? "true" };
  return {
    options,
    run: (args, output, errors = "inherit", more = {}) =>
      start(command, args, { ...withPassphrase(env), ...more }, output, errors),
  };
}

/** A faulty document ends the command before anything else is done. */
export function checkDocument({ file = documentIn(process.cwd()), overlay }: EngineOptions): void {
  if (file !== undefined) loadDocument(file, overlay);
}

/** The embedded runner makes a stack that is not there yet; the CLI wants to be told. Undefined when it was there; else what takes it away again. */
export async function makeStack(
  { options: { cwd, stack }, run }: PulumiCli,
  output: "inherit" | "pipe",
): Promise<((cli: PulumiCli) => Promise<void>) | undefined> {
  if (stack === undefined) return undefined;
  const { code, output: list } = await run([...at(cwd), "stack", "ls", "--json"], "pipe", "ignore");
  const known = code === 0 ? (JSON.parse(list) as { name: string }[]).map(({ name }) => name) : undefined;
  if (known === undefined || known.some((name) => name === stack || name.endsWith(`/${stack}`))) return undefined;
  const file = stackFilePath(await loadProject(cwd ?? process.cwd()), stack.split("/").at(-1) ?? stack);
  const before = existsSync(file) ? readFileSync(file) : undefined;
  await run([...at(cwd), "stack", "init", stack, "--no-select"], output);
  return async (cli) => {
    await cli.run([...at(cli.options.cwd), "stack", "rm", stack, "--yes", "--preserve-config"], "pipe", "ignore");
    process.stderr.write(`Removed stack '${stack}' again\n`);
    if (before === undefined) rmSync(file, { force: true });
    else writeFileSync(file, before);
  };
}

const at = (cwd: string | undefined): string[] => (cwd === undefined ? [] : ["--cwd", cwd]);

function start(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  output: Output,
  errors: Errors,
): Promise<Ended> {
  const hides = output !== "inherit" && output !== "pipe";
  const child = spawn(command, args, { stdio: ["inherit", hides ? "pipe" : output, errors], env });
  // ^C reaches the CLI by itself; this process waits for it to end in order.
  const ignore = () => {};
  process.on("SIGINT", ignore);
  let text = "";
  if (hides && child.stdout) printHidden(child.stdout, process.stdout, output === "hidden json");
  else
    child.stdout?.on("data", (part) => {
      text += part;
    });
  if (child.stderr) printHidden(child.stderr, process.stderr, false);
  return new Promise<Ended>((done, reject) => {
    child.on("error", reject);
    child.on("close", (code) => done({ code: code ?? 1, output: text }));
  }).finally(() => process.off("SIGINT", ignore));
}

export function pulumiArguments(operation: Operation, options: EngineOptions): string[] {
  // The CLI's `up` has no such flag: its preview is a command of its own.
  if (operation === "up" && options.previewOnly) {
    const { yes: _, skipPreview: __, previewOnly: ___, continueOnError: ____, ...wishes } = options;
    return pulumiArguments("preview", wishes);
  }
  const flags: [boolean | undefined, string[]][] = [
    [options.cwd !== undefined, ["--cwd", options.cwd ?? ""]],
    [options.stack !== undefined, ["--stack", options.stack ?? ""]],
    [options.yes && operation !== "preview" && !options.previewOnly, ["--yes"]],
    [options.skipPreview, ["--skip-preview"]],
    [options.diff, ["--diff"]],
    [options.json, ["--json"]],
    [options.suppressOutputs, ["--suppress-outputs"]],
    [options.expectNoChanges, ["--expect-no-changes"]],
    [options.parallel !== undefined, ["--parallel", String(options.parallel)]],
    [options.refresh, ["--refresh"]],
    [options.previewOnly, ["--preview-only"]],
    [options.clearPendingCreates, ["--clear-pending-creates"]],
    [options.continueOnError, ["--continue-on-error"]],
  ];
  return [operation, ...flags.flatMap(([given, words]) => (given ? words : []))];
}
