/** An engine command from its arguments to its exit code. */

import type { GuardOptions } from "../review/options.ts";
import { chooseEngine } from "./choose.ts";
import { keepCompiledCode } from "./compile-cache.ts";
import { enterFolder } from "./folder.ts";
import type { EngineOptions, Operation } from "./options.ts";
import { reportErrors } from "./report.ts";

/** Sets the process's exit code; prints errors meant for a person without a stack trace. */
export function runEngineCommand(operation: Operation, options: EngineOptions & GuardOptions): Promise<void> {
  return reportErrors(async () => {
    enterFolder(options.cwd);
    keepCompiledCode(process.cwd());
    const choice = await chooseEngine(options.engine);
    (options.json ? process.stderr : process.stdout).write(`${choice.line}\n`);
    const { cwd: _, ...here } = options;
    const writes = options.previewOnly !== true && (operation === "up" || operation === "destroy");
    if (writes) await (await import("../review/production.ts")).confirmServer(choice, here);
    const guard = writes && operation === "up" ? await import("../review/guard.ts") : undefined;
    const agreed = guard?.hasLimits(here) ? await guard.checkBefore(choice, here) : undefined;
    if (choice.engine === "pulumi") {
      const { runPulumi } = await import("./pulumi-cli.ts");
      process.exitCode = await runPulumi(operation, here, choice);
    } else {
      const { runEmbedded } = await import("./embedded.ts");
      process.exitCode = await runEmbedded(operation, here, {
        required: agreed !== undefined,
        check: async (document) => guard?.checkAgain(document, here, agreed),
      });
    }
  });
}
