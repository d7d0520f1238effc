/** An engine command from its arguments to its exit code. */
import { InputError, RocketChatError } from "../../errors.ts";
import { chooseEngine } from "./choose.ts";
import { keepCompiledCode } from "./compile-cache.ts";
import type { EngineOptions, Operation } from "./options.ts";

/** Sets the process's exit code; prints errors meant for a person without a stack trace. */
export async function runEngineCommand(operation: Operation, options: EngineOptions): Promise<void> {
  try {
    enterFolder(options.cwd);
    keepCompiledCode(process.cwd());
    const choice = await chooseEngine(options.engine);
    (options.json ? process.stderr : process.stdout).write(`${choice.line}\n`);
    const { cwd: _, ...here } = options;
    if (choice.engine === "pulumi") {
      const { runPulumi } = await import("./pulumi-cli.ts");
      process.exitCode = await runPulumi(operation, here, choice);
    } else {
      const { runEmbedded } = await import("./embedded.ts");
      process.exitCode = await runEmbedded(operation, here);
    }
  } catch (error) {
    if (!(error instanceof RocketChatError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    process.exitCode = 1;
  }
}

/** Programs and handlers take relative paths from the project's folder, so the process goes there. */
function enterFolder(cwd: string | undefined): void {
  if (cwd === undefined) return;
  try {
    process.chdir(cwd);
  } catch {
    throw new InputError(`The folder ${cwd} (--cwd) is not there or can't be entered.`);
  }
}
