/** An engine command from its arguments to its exit code. */

import { type GuardOptions, hasLimits } from "../review/options.ts";
import { chooseEngine, type EngineChoice } from "./choose.ts";
import { keepCompiledCode } from "./compile-cache.ts";
import { requireAnswer } from "./confirm.ts";
import { enterFolder } from "./folder.ts";
import type { EngineOptions, Operation } from "./options.ts";
import { reportErrors } from "./report.ts";
import { chooseStack, openWorkspace } from "./workspace.ts";

type Options = EngineOptions & GuardOptions;

/** Sets the process's exit code; prints errors meant for a person without a stack trace. */
export function runEngineCommand(operation: Operation, options: Options): Promise<void> {
  return reportErrors(async () => {
    enterFolder(options.cwd);
    keepCompiledCode(process.cwd());
    const choice = await chooseEngine(options.engine);
    (options.json ? process.stderr : process.stdout).write(`${choice.line}\n`);
    const { cwd: _, ...here } = options;
    process.exitCode = await runOperation(operation, here, choice);
  });
}

/** Under the guards that hold for the operation: all that is refused is refused before anything is written. Gives the exit code. */
export async function runOperation(operation: Operation, given: Options, choice: EngineChoice): Promise<number> {
  const writes = given.previewOnly !== true && (operation === "up" || operation === "destroy");
  if (choice.engine === "embedded" && operation !== "preview") requireAnswer(given);
  const guarded = operation === "up" && (writes || hasLimits(given));
  const { options, isNew } = writes || guarded ? await withStack(given, choice) : { options: given, isNew: false };
  if (writes) await (await import("../review/production.ts")).confirmServer(choice, options);
  if (guarded) {
    const { upEmbedded, upPulumi } = await import("../review/guard.ts");
    return choice.engine === "pulumi" ? upPulumi(choice, options) : upEmbedded(choice, options, isNew);
  }
  if (choice.engine === "pulumi") return (await import("./pulumi-cli.ts")).runPulumi(operation, options, choice);
  return (await import("./embedded.ts")).runEmbedded(operation, options);
}

/** The stack by its name, so that guards and run mean the same one, and a person is asked once. */
async function withStack(options: Options, choice: EngineChoice): Promise<{ options: Options; isNew: boolean }> {
  const find = async () => chooseStack(await openWorkspace(options.file), options.stack, options.newStack);
  if (choice.engine === "embedded") {
    const { stack, exists } = await find();
    return { options: { ...options, stack }, isNew: !exists };
  }
  // The Pulumi CLI has its own word on stacks that this package does not find.
  const found = options.stack === undefined ? await find().catch(() => undefined) : undefined;
  return { options: found?.exists ? { ...options, stack: found.stack } : options, isNew: false };
}
