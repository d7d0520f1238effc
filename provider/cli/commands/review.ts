/** `pulumi-rocketchat review` */
import { type Command, Option } from "commander";
import { runOptions } from "../engine/options.ts";
import { limitOptions, reportOptions } from "../review/options.ts";
import type { ReviewOptions } from "../review/run.ts";

export function register(program: Command): void {
  reportOptions(limitOptions(runOptions(program.command("review"))))
    .description("Tell a reviewer what up would do: risks first, then by room and person; changes nothing")
    .option("-r, --refresh", "read every object first")
    .option("--plan <file>", "a saved document of `preview --json` in place of a preview")
    .option("--from <document>", "compare two documents without any server: the old one")
    .option("--to <document>", "the new one")
    .addOption(new Option("--fail-on <risk>", "exit with 3 when there are such risks").choices(["high", "any"]))
    .action(async (options: ReviewOptions) => {
      const { runReview } = await import("../review/run.ts");
      await runReview(options);
    });
}
