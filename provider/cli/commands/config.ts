/** `pulumi-rocketchat config`: lists, sets, reads and removes values of `Pulumi.<stack>.yaml`. */
import { type Command, Option } from "commander";
import { runManaged, SHARED_FILES, withStack } from "../engine/manage.ts";

const PATHS = 'the key is a path into a map or list: names[0], outer.inner, ["a.b"].c';

export function register(program: Command): void {
  const config = withStack(program.command("config"))
    .description(`List the stack's configuration. ${SHARED_FILES}`)
    .option("--show-secrets", "show secrets in clear")
    .option("-j, --json", "print JSON")
    .action((_options: unknown, command: Command) =>
      runManaged(command, async (options) => (await import("../manage/config-read.ts")).listConfig(options)),
    );

  withStack(config.command("get <key>"))
    .description("Print one value, secrets in clear")
    .option("--path", PATHS)
    .option("-j, --json", "print JSON")
    .action((key: string, _options: unknown, command: Command) =>
      runManaged(command, async (options) => (await import("../manage/config-read.ts")).getConfig(key, options)),
    );

  withStack(config.command("set <key> [value]"))
    .description(
      "Set a value; one that is left out is read from standard input, or asked for. Write -- before a value that begins with a dash",
    )
    .option("--path", PATHS)
    .addOption(new Option("--secret", "seal the value").conflicts("plaintext"))
    .option("--plaintext", "store the value in clear, and say nothing about it")
    .action((key: string, value: string | undefined, _options: unknown, command: Command) =>
      runManaged(command, async (options) =>
        (await import("../manage/config-write.ts")).setConfig(key, value, options),
      ),
    );

  withStack(config.command("rm <key>"))
    .alias("remove")
    .description("Remove a value")
    .option("--path", PATHS)
    .action((key: string, _options: unknown, command: Command) =>
      runManaged(command, async (options) => (await import("../manage/config-write.ts")).removeConfig(key, options)),
    );
}
