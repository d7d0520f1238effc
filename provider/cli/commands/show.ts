/** `pulumi-rocketchat show`: a workspace document as it counts. */
import type { Command } from "commander";
import { enterFolder } from "../engine/folder.ts";
import { collect } from "../engine/options.ts";
import { reportErrors } from "../engine/report.ts";
import type { ShowOptions } from "../show/run.ts";

export function register(program: Command): void {
  program
    .command("show")
    .description("Print a workspace document with its includes in place and overlays laid on; asks no server")
    .option("-C, --cwd <dir>", "run as if started in this folder")
    .option("-f, --file <document>", "the document (default: workspace.yaml)")
    .option("--overlay <document>", "lay this over the document (can be given several times)", collect)
    .option("--names", "only the objects' names, in the order in which they are made")
    .action((options: ShowOptions) =>
      reportErrors(async () => {
        enterFolder(options.cwd);
        const { runShow } = await import("../show/run.ts");
        await runShow(options);
      }),
    );
}
