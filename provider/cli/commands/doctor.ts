/** `pulumi-rocketchat doctor`: what would go wrong, told before the first write. */
import type { Command } from "commander";
import type { DoctorOptions } from "../doctor/run.ts";
import { enterFolder } from "../engine/folder.ts";
import { collect } from "../engine/options.ts";
import { reportErrors } from "../engine/report.ts";

export function register(program: Command): void {
  program
    .command("doctor")
    .description("Check address, TLS, version, log-in, limits and the account's permissions; changes nothing")
    .option("-C, --cwd <dir>", "run as if started in this folder")
    .option("-s, --stack <name>", "take the connection from this stack's configuration")
    .option("-f, --file <document>", "check for what this document declares (default: workspace.yaml, else every kind)")
    .option("--overlay <document>", "lay this over the document (can be given several times)", collect)
    .option("--url <address>", "the server; the credentials come from the environment then")
    .option("-j, --json", "print the checks as JSON")
    .action((options: DoctorOptions) =>
      reportErrors(async () => {
        enterFolder(options.cwd);
        const { runDoctor } = await import("../doctor/run.ts");
        await runDoctor(options);
      }),
    );
}
