/** Commands about stacks and their configuration: they work on files that both engines share, so they start neither. */
import type { Command } from "commander";
import { enterFolder } from "./folder.ts";
import { engineOption } from "./options.ts";
import { reportErrors } from "./report.ts";

export interface CommonOptions {
  readonly cwd?: string;
  readonly stack?: string;
}

export const SHARED_FILES =
  "Works on files that the embedded runner and the Pulumi CLI share: it starts neither, and --engine is accepted without effect.";

/** Adds the options that all of them have. Scripts give every command the same --engine. */
export function withStack(command: Command): Command {
  return command
    .option("-C, --cwd <dir>", "run as if started in this folder")
    .option("-s, --stack <name>", "the stack (default: PULUMI_STACK, the selected one, the only one)")
    .addOption(engineOption().hideHelp());
}

/** Runs an action with the command's options and those of the command above it. */
export function runManaged<Options extends CommonOptions>(
  command: Command,
  act: (options: Options) => Promise<void>,
): Promise<void> {
  const options = command.optsWithGlobals<Options>();
  return reportErrors(async () => {
    enterFolder(options.cwd);
    await act(options);
  });
}
