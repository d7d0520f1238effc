/** `pulumi-rocketchat stack`: shows, makes, selects, removes, exports and imports stacks. */
import type { Command } from "commander";
import { runManaged, SHARED_FILES, withStack } from "../engine/manage.ts";

export function register(program: Command): void {
  const stack = withStack(program.command("stack"))
    .description(`Show the stack: its resources and outputs. ${SHARED_FILES}`)
    .option("-i, --show-ids", "show each resource's id")
    .option("-u, --show-urns", "show each resource's URN")
    .option("--show-name", "print the stack's name only")
    .option("--show-secrets", "show secret outputs in clear")
    .action((_options: unknown, command: Command) =>
      runManaged(command, async (options) => (await import("../manage/stack-summary.ts")).showStack(options)),
    );

  withStack(stack.command("ls"))
    .alias("list")
    .description("List the project's stacks")
    .option("-a, --all", "list the stacks of every project in this backend")
    .option("-j, --json", "print JSON")
    .action((_options: unknown, command: Command) =>
      runManaged(command, async (options) => (await import("../manage/stack-list.ts")).listStacks(options)),
    );

  withStack(stack.command("init [name]"))
    .alias("new")
    .description("Make a stack without resources and select it")
    .option("--secrets-provider <type>", "how secrets are sealed; passphrase is the only way", "passphrase")
    .option("--no-select", "don't select it")
    .action((name: string | undefined, _options: unknown, command: Command) =>
      runManaged(command, async (options) => (await import("../manage/stack-make.ts")).initStack(name, options)),
    );

  withStack(stack.command("select [name]"))
    .description("Select the stack that commands mean when none is named")
    .option("-c, --create", "make it when it is not there")
    .action((name: string | undefined, _options: unknown, command: Command) =>
      runManaged(command, async (options) => (await import("../manage/stack-make.ts")).selectStack(name, options)),
    );

  withStack(stack.command("rename <name>"))
    .description("Rename the stack: its state, history and configuration file")
    .action((name: string, _options: unknown, command: Command) =>
      runManaged(command, async (options) => (await import("../manage/stack-make.ts")).renameStack(name, options)),
    );

  withStack(stack.command("rm [name]"))
    .alias("remove")
    .description("Remove a stack and its configuration file; the last state stays as a backup")
    .option("-y, --yes", "don't ask")
    .option("-f, --force", "also when it still has resources: they stay on the server")
    .option("--preserve-config", "keep Pulumi.<stack>.yaml")
    .option("--remove-backups", "remove the backups of its state, too")
    .action((name: string | undefined, _options: unknown, command: Command) =>
      runManaged(command, async (options) => (await import("../manage/stack-remove.ts")).removeStack(name, options)),
    );

  withStack(stack.command("export"))
    .description("Print the stack's state as the Pulumi CLI's `stack import` takes it")
    .option("--file <path>", "write to this file")
    .option("--show-secrets", "secrets in clear")
    .action((_options: unknown, command: Command) =>
      runManaged(command, async (options) => (await import("../manage/stack-transfer.ts")).exportStack(options)),
    );

  withStack(stack.command("import"))
    .description("Replace the stack's state by an exported one, from standard input")
    .option("--file <path>", "read this file")
    .option("-f, --force", "import also what breaks a rule (not recommended)")
    .action((_options: unknown, command: Command) =>
      runManaged(command, async (options) => (await import("../manage/stack-transfer.ts")).importStack(options)),
    );

  withStack(stack.command("output [name]"))
    .description("Show the stack's outputs, or one of them")
    .option("-j, --json", "print JSON")
    .option("--shell", "print assignments for a shell")
    .option("--show-secrets", "show secrets in clear")
    .action((name: string | undefined, _options: unknown, command: Command) =>
      runManaged(command, async (options) => (await import("../manage/stack-output.ts")).showOutputs(name, options)),
    );
}
