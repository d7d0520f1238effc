/** `pulumi-rocketchat state`: mends a stack's state by hand. */
import type { Command } from "commander";
import { runManaged, SHARED_FILES, withStack } from "../engine/manage.ts";

export function register(program: Command): void {
  const state = program.command("state").description(`Edit the stack's state. ${SHARED_FILES}`);
  withStack(state.command("delete <urn...>"))
    .alias("rm")
    .description("Forget resources: they stay on the server")
    .option("-y, --yes", "don't ask")
    .option("--force", "also protected ones")
    .option("--target-dependents", "and all that depend on them")
    .action((urns: string[], _options: unknown, command: Command) =>
      runManaged(command, async (options) => (await import("../manage/state-delete.ts")).deleteStates(urns, options)),
    );
}
