/** The Pulumi CLI as the engine: found or installed, started with the same wishes, same terminal, same environment. */
import { spawn } from "node:child_process";
import { delimiter, dirname, join, resolve } from "node:path";
import { ConfigurationError, RocketChatError } from "../../errors.ts";
import { RunnerError } from "../../runner/errors.ts";
import { loadDocument } from "../../workspace/load.ts";
import { writeProgram } from "../document/program.ts";
import { documentIn } from "../document/project.ts";
import type { EngineChoice } from "./choose.ts";
import type { EngineOptions, Operation } from "./options.ts";
import { chooseStack, openWorkspace } from "./workspace.ts";

/** Where a CLI is put that was not there: beside the project, ignored by git. */
const FOLDER = ".pulumi-cli";

/** Gives the CLI's exit code. */
export async function runPulumi(operation: Operation, options: EngineOptions, choice: EngineChoice): Promise<number> {
  return (await runCommand(operation, options, choice, "inherit")).code;
}

/** The document of `preview --json`, with what stays the same. What the CLI says of errors it says on standard error. */
export async function previewPulumi(options: EngineOptions, choice: EngineChoice): Promise<unknown> {
  const { cwd, stack, file, overlay, parallel, refresh } = options;
  const given = Object.entries({ cwd, stack, file, overlay, parallel, refresh }).filter(
    ([, value]) => value !== undefined,
  );
  // What else may have been said is about the run that follows.
  const wishes: EngineOptions = { ...Object.fromEntries(given), json: true };
  const { code, output } = await runCommand("preview", wishes, choice, "pipe");
  const start = output.indexOf("{");
  if (start < 0) throw new RunnerError(`The Pulumi CLI's preview ended with ${code} and told nothing.`);
  return JSON.parse(output.slice(start));
}

interface Ended {
  readonly code: number;
  readonly output: string;
}

async function runCommand(
  operation: Operation,
  options: EngineOptions,
  choice: EngineChoice,
  output: "inherit" | "pipe",
): Promise<Ended> {
  const file = options.file ?? documentIn(process.cwd());
  if (file === undefined) return runProject(operation, options, choice, output);
  const { file: _, overlay, ...wishes } = options;
  if (operation === "up" || operation === "preview") loadDocument(file, overlay);
  const program = await writeProgram(file, overlay);
  try {
    // A stack that was named nowhere is chosen as the embedded runner does.
    const stack = options.stack ?? (await chooseStack(await openWorkspace(file), undefined)).stack;
    if (program.backendUrl !== undefined) process.env.PULUMI_BACKEND_URL ??= program.backendUrl;
    return await runProject(operation, { ...wishes, stack, cwd: program.folder }, choice, output);
  } finally {
    program.remove();
  }
}

async function runProject(
  operation: Operation,
  options: EngineOptions,
  choice: EngineChoice,
  output: "inherit" | "pipe",
): Promise<Ended> {
  const command = choice.command ?? (await install(options));
  // The CLI starts whatever `node` comes first: let it be the one that runs this.
  const path = [dirname(process.execPath), process.env.PATH ?? ""].join(delimiter);
  const env = { ...process.env, PATH: path, PULUMI_SKIP_UPDATE_CHECK: process.env.PULUMI_SKIP_UPDATE_CHECK ?? "true" };
  const run = (args: readonly string[], to: "inherit" | "pipe", errors: "inherit" | "ignore") =>
    start(command, args, env, to, errors);

  if (options.stack !== undefined && (operation === "up" || operation === "preview")) {
    const at = options.cwd === undefined ? [] : ["--cwd", options.cwd];
    // The embedded runner makes a stack that is not there yet; the CLI wants to be told.
    const { code, output: list } = await run([...at, "stack", "ls", "--json"], "pipe", "ignore");
    const known = code === 0 ? (JSON.parse(list) as { name: string }[]).map(({ name }) => name) : undefined;
    if (known?.every((name) => name !== options.stack && !name.endsWith(`/${options.stack}`))) {
      await run([...at, "stack", "init", options.stack, "--no-select"], output, "inherit");
    }
  }
  // Names of what stays the same are in no other place of a preview's document.
  const more = output === "pipe" ? ["--show-sames"] : [];
  return run([...pulumiArguments(operation, options), ...more], output, "inherit");
}

function start(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  output: "inherit" | "pipe",
  errors: "inherit" | "ignore",
): Promise<Ended> {
  const child = spawn(command, args, { stdio: ["inherit", output, errors], env });
  // ^C reaches the CLI by itself; this process waits for it to end in order.
  const ignore = () => {};
  process.on("SIGINT", ignore);
  let text = "";
  child.stdout?.on("data", (part) => {
    text += part;
  });
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

async function install({ cwd = "." }: EngineOptions): Promise<string> {
  const root = resolve(cwd, FOLDER);
  const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  try {
    await PulumiCommand.get({ root }).catch(() => PulumiCommand.install({ root }));
  } catch (error) {
    if (error instanceof RocketChatError) throw error;
    const [reason] = String(error instanceof Error ? error.message : error)
      .trim()
      .split("\n");
    throw new ConfigurationError(`The Pulumi CLI could not be downloaded to ${root}: ${reason}`, {
      hint: "Install it by hand (https://www.pulumi.com/docs/install/) and put it on PATH, or use --engine embedded.",
      cause: error,
    });
  }
  return join(root, "bin", process.platform === "win32" ? "pulumi.exe" : "pulumi");
}
