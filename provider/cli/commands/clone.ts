/** `pulumi-rocketchat clone`: makes another server equal to a server or a document. */
import { type Command, Option } from "commander";
import type { CloneOptions } from "../clone/options.ts";
import { enterFolder } from "../engine/folder.ts";
import { collect, count } from "../engine/options.ts";
import { reportErrors } from "../engine/report.ts";
import { expectOption, limitOptions, productionOptions } from "../review/options.ts";

export function register(program: Command): void {
  const command = program
    .command("clone")
    .description(
      "Make a server equal to another one, or to a document: export, overlay, preview, up. The credentials are those of the " +
        "environment: ROCKETCHAT_… for --to, ROCKETCHAT_FROM_… for --from; on a terminal missing ones are asked for",
    )
    .requiredOption("--from <server or document>", "the server's address, or a workspace document")
    .requiredOption("--to <address>", "the server that is to be equal")
    .option("--overlay <document>", "lay this over what is cloned (can be given several times)", collect)
    .option("-C, --cwd <dir>", "run as if started in this folder")
    .option("-s, --stack <name>", "the target's stack (default: after its host)")
    .option("-o, --out <folder>", "where the exported document is kept (default: clone-<stack>)")
    .option("--include <kind[:pattern]>", "only these, as users or users:ci-* (can be given several times)", collect)
    .option("--exclude <kind[:pattern]>", "all but these (can be given several times)", collect)
    .option("--details", "ask the source for each object that list pages don't tell whole")
    .addOption(
      new Option(
        "--passwords <how>",
        "what people get: one that is made here and kept sealed in the stack's configuration, one that the server invents and mails, or none",
      )
        .choices(["secret", "random", "adopt"])
        .default("secret"),
    )
    .option("--new-urls <file>", "write the webhooks' and invites' addresses there, old and new; only you can read it")
    .option("-p, --parallel <count>", "calls at once", count)
    .option("-y, --yes", "don't ask")
    .option("--preview-only", "show the preview, change nothing on the server");
  productionOptions(limitOptions(expectOption(command))).action((options: CloneOptions) =>
    reportErrors(async () => {
      enterFolder(options.cwd);
      const { runClone } = await import("../clone/run.ts");
      process.exitCode = await runClone(options);
    }),
  );
}
