/** `pulumi-rocketchat coverage`: what of a server is managed, and what is not. */
import { type Command, Option } from "commander";
import type { CoverageOptions } from "../coverage/run.ts";
import { enterFolder } from "../engine/folder.ts";
import { collect } from "../engine/options.ts";
import { reportErrors } from "../engine/report.ts";

export function register(program: Command): void {
  program
    .command("coverage")
    .description("Tell what of a server is managed, by the stack's state or a document; changes nothing")
    .option("-C, --cwd <dir>", "run as if started in this folder")
    .option("-f, --file <document>", "managed is what this document declares (default: what the stack's state holds)")
    .option("--overlay <document>", "lay this over the document (can be given several times)", collect)
    .option("-s, --stack <name>", "the stack (default: PULUMI_STACK, the selected one, the only one)")
    .option("--url <address>", "the server; the credentials come from the environment then")
    .option("--include <kind[:pattern]>", "only these, as users or users:ci-* (can be given several times)", collect)
    .option("--exclude <kind[:pattern]>", "all but these (can be given several times)", collect)
    .option("--all", "every name of what is not managed")
    .option("--adopt", "print the entries that take over what is not managed, as YAML, in place of the table")
    .option("--details", "with --adopt: ask for each object that list pages don't tell whole")
    .addOption(new Option("-j, --json", "print one JSON document").conflicts("adopt"))
    .option("--fail-on-unmanaged", "exit with 2 when something is not managed")
    .action((options: CoverageOptions) =>
      reportErrors(async () => {
        enterFolder(options.cwd);
        const { runCoverage } = await import("../coverage/run.ts");
        await runCoverage(options);
      }),
    );
}
