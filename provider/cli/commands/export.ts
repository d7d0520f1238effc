/** `pulumi-rocketchat export`: a live server as a workspace document, a program, or a file for `pulumi import`. */
import { type Command, Option } from "commander";
import { enterFolder } from "../engine/folder.ts";
import { collect } from "../engine/options.ts";
import { reportErrors } from "../engine/report.ts";
import type { ExportCommandOptions } from "../export/run.ts";

export function register(program: Command): void {
  program
    .command("export")
    .description(
      "Write what a server has as a workspace document, a program, or a file for `pulumi import`; changes nothing",
    )
    .option("-C, --cwd <dir>", "run as if started in this folder")
    .option("-s, --stack <name>", "take the connection from this stack's configuration")
    .option("--url <address>", "the server; the credentials come from the environment then")
    .addOption(
      new Option("--format <format>", "what to write").choices(["yaml", "typescript", "import"]).default("yaml"),
    )
    .option("-o, --out <path>", "a file, or a folder for one file per section (default: standard output)")
    .option("--include <kind[:pattern]>", "only these, as users or users:ci-* (can be given several times)", collect)
    .option("--exclude <kind[:pattern]>", "all but these (can be given several times)", collect)
    .option("--details", "ask for each object that list pages don't tell whole: one call more for each person")
    .addOption(
      new Option(
        "--passwords <how>",
        "how people who are not there get one: not at all, from the configuration, or by the server",
      )
        .choices(["adopt", "secret", "random"])
        .default("adopt"),
    )
    .action((options: ExportCommandOptions) =>
      reportErrors(async () => {
        enterFolder(options.cwd);
        const { runExport } = await import("../export/run.ts");
        await runExport(options);
      }),
    );
}
