/** The command line's commands and options. Each command's work is a module of its own, loaded only when it is called. */
import { readFileSync } from "node:fs";
import { Command } from "commander";

const { version } = JSON.parse(
  readFileSync(new URL(import.meta.resolve("pulumi-rocketchat/package.json")), "utf8"),
) as { version: string };

export async function createProgram(): Promise<Command> {
  const program = new Command("pulumi-rocketchat")
    .description("Rocket.Chat workspaces as code")
    .version(version)
    .showHelpAfterError("(run with --help for all options)")
    // so that an option after a command belongs to the command, even `--version`
    .enablePositionalOptions();

  for (const load of [
    () => import("./commands/up.ts"),
    () => import("./commands/preview.ts"),
    () => import("./commands/refresh.ts"),
    () => import("./commands/destroy.ts"),
    () => import("./commands/export.ts"),
    () => import("./commands/show.ts"),
    () => import("./commands/doctor.ts"),
    () => import("./commands/drift.ts"),
    () => import("./commands/coverage.ts"),
    () => import("./commands/review.ts"),
    () => import("./commands/clone.ts"),
    () => import("./commands/config.ts"),
    () => import("./commands/stack.ts"),
    () => import("./commands/state.ts"),
    () => import("./commands/cancel.ts"),
    () => import("./commands/sandbox.ts"),
  ]) {
    const { register } = await load();
    register(program);
  }

  return program;
}
