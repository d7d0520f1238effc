/** `pulumi-rocketchat drift`: what somebody changed by hand. */
import type { Command } from "commander";
import type { DriftOptions } from "../drift/run.ts";
import { enterFolder } from "../engine/folder.ts";
import { collect, engineOption } from "../engine/options.ts";
import { reportErrors } from "../engine/report.ts";
import { reportOptions } from "../review/options.ts";

export function register(program: Command): void {
  reportOptions(program.command("drift"))
    .description("Tell what somebody changed by hand; exit code 0 nothing, 2 something, 1 an error; changes no server")
    .option("-C, --cwd <dir>", "run as if started in this folder")
    .option("-f, --file <document>", "the workspace document in place of a program")
    .option("--overlay <document>", "lay this over the document (can be given several times)", collect)
    .option("--write", "put it into the workspace document, and into the state")
    .option("-s, --stack <name>", "the stack (default: PULUMI_STACK, the selected one, the only one)")
    .addOption(engineOption())
    .option("-j, --json", "print one JSON document of every change in place of a report")
    .action((options: DriftOptions) =>
      reportErrors(async () => {
        enterFolder(options.cwd);
        const { runDrift } = await import("../drift/run.ts");
        await runDrift(options);
      }),
    );
}
