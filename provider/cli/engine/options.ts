/** The options that the engine commands share, by the Pulumi CLI's names. Runs nothing. */
import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import { refuseFlagsOfPulumi } from "./pulumi-flags.ts";

export type Operation = "up" | "preview" | "refresh" | "destroy";

export interface EngineOptions {
  readonly cwd?: string;
  readonly stack?: string;
  readonly yes?: boolean;
  readonly skipPreview?: boolean;
  readonly diff?: boolean;
  readonly json?: boolean;
  readonly expectNoChanges?: boolean;
  readonly parallel?: number;
  readonly refresh?: boolean;
  readonly previewOnly?: boolean;
  readonly clearPendingCreates?: boolean;
  readonly suppressOutputs?: boolean;
  readonly continueOnError?: boolean;
  readonly engine?: "embedded" | "pulumi";
  /** A workspace document in place of a program. */
  readonly file?: string;
  readonly overlay?: string[];
  /** No flag: the stack may be made beside others. */
  readonly newStack?: boolean;
}

/** Calls at once when nothing is said: as the CLI, four per processor. */
export const defaultParallel = (): number => availableParallelism() * 4;

export const engineOption = (): Option =>
  new Option("--engine <engine>", "which engine runs it").choices(["embedded", "pulumi"]);

/** What every command can be told that works out a run: where, on what, with which engine. */
export const runOptions = (command: Command): Command =>
  command
    .option("-C, --cwd <dir>", "run as if started in this folder")
    .option("-f, --file <document>", "a workspace document in place of a program")
    .option("--overlay <document>", "lay this over the document (can be given several times)", collect)
    .option("-s, --stack <name>", "the stack (default: PULUMI_STACK, the selected one, the only one, dev)")
    .option("-p, --parallel <count>", "calls at once", count)
    .addOption(engineOption());

/** Adds a command with the options that make sense for it. */
export function addCommand(program: Command, operation: Operation, description: string): Command {
  const command = runOptions(program.command(operation))
    .description(description)
    .option("--diff", "show each change property by property")
    .option("-j, --json", "print one JSON document, as `pulumi preview --json` does")
    .option("--suppress-outputs", "don't show the stack's outputs")
    .option("--expect-no-changes", "fail when there is anything to change");
  if (operation !== "refresh") command.option("-r, --refresh", "read every object first");
  if (operation === "refresh")
    command.option(
      "--clear-pending-creates",
      "forget creations that were cut off: you made sure that nothing came of them",
    );
  if (operation === "up" || operation === "destroy") {
    command.option("--continue-on-error", "after a failure go on with what doesn't depend on it");
  }
  if (operation !== "preview") {
    command
      .option("-y, --yes", "don't ask")
      .option("--skip-preview", "don't show a preview first")
      .option("--preview-only", "show the preview, change nothing");
  }
  refuseFlagsOfPulumi(command, operation);
  return command;
}

/** For options that can be given several times. */
export const collect = (text: string, before: string[] = []): string[] => [...before, text];

export function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("It must be a whole number from 1.");
  return value;
}
