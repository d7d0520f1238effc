/** `pulumi-rocketchat sandbox`: runs the embedded look-alike server until it is interrupted. */
import { once } from "node:events";
import { type Command, InvalidArgumentError } from "commander";
import { RocketChatError } from "../../errors.ts";
import { VERSIONS, type Version } from "../../sandbox/core/state.ts";

interface Options {
  port: number;
  host: string;
  file?: string;
  release?: Version;
  testControls?: boolean;
  adminUsername: string;
  adminPassword: string;
  log?: boolean;
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65535)
    throw new InvalidArgumentError("A port is a whole number from 0 (the system chooses) to 65535.");
  return value;
}

function release(text: string): Version {
  const found = VERSIONS.find((known) => known === text);
  if (!found) throw new InvalidArgumentError(`The sandbox knows the releases ${VERSIONS.join(" and ")}.`);
  return found;
}

async function run(options: Options): Promise<void> {
  // Read here: all commands are registered at every start, and the server is a large part of this package.
  const { startSandbox } = await import("../../sandbox/index.ts");
  const sandbox = await startSandbox({
    port: options.port,
    host: options.host,
    file: options.file,
    version: options.release,
    testControls: options.testControls ?? false,
    admin: { username: options.adminUsername, password: options.adminPassword },
    log: options.log ? (line) => console.error(line) : undefined,
  });
  console.log(sandbox.url);
  console.log(
    `Rocket.Chat ${sandbox.version} sandbox, ${options.file ? `kept in ${options.file}` : "in memory only"}; stop it with Ctrl+C`,
  );
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await sandbox.close();
}

export function register(program: Command): void {
  program
    .command("sandbox")
    .description("Run a server that answers as Rocket.Chat does, to try changes without a real one")
    .option("--port <number>", "port to listen on; 0 lets the system choose", port, 3333)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--file <path>", "keep the workspace in this file (default: in memory)")
    .option(
      "--version <release>",
      `the release to be: ${VERSIONS.join(" or ")} (default: 8.6.1, or that of the file)`,
      release,
    )
    .option("--test-controls", "serve the test controls under /_control/")
    .option("--admin-username <name>", "the first admin of a fresh workspace", "admin")
    .option("--admin-password <password>", "its password", "supersecret")
    .option("--log", "write one line for every request to standard error")
    .action(async (given: Options & { version?: Version }) => {
      try {
        await run({ ...given, ...(given.version && { release: given.version }) });
      } catch (error) {
        if (!(error instanceof RocketChatError)) throw error;
        console.error(error.message);
        process.exitCode = 1;
      }
    });
}
