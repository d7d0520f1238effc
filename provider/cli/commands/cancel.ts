/** `pulumi-rocketchat cancel` */
import type { Command } from "commander";
import { runManaged, SHARED_FILES, withStack } from "../engine/manage.ts";

export function register(program: Command): void {
  withStack(program.command("cancel [stack]"))
    .description(`Release the stack's locks after a run that was killed. ${SHARED_FILES}`)
    .option("-y, --yes", "don't ask, also when the process that holds a lock still runs")
    .action((stack: string | undefined, _options: unknown, command: Command) =>
      runManaged(command, async (options) => (await import("../manage/cancel.ts")).cancel(stack, options)),
    );
}
