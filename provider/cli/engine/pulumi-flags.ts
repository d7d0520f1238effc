/** What else the Pulumi CLI's engine commands can be told, so that a flag of theirs is refused with the way to it. Runs nothing. */
import { type Command, Option } from "commander";
import { UnsupportedError } from "../../runner/errors.ts";
import type { Operation } from "./options.ts";

/** Those that `--help` of the CLI 3.260 names and ours has not, and `--plan`, which it hides; by the commands that have them. */
const flags: Readonly<Record<string, readonly string[]>> = {
  "up preview refresh destroy": [
    ...["--color", "-c, --config", "--config-file", "--config-path", "-d, --debug"],
    ...["--disable-integrity-checking", "-e, --emoji", "-x, --exclude", "-Q, --fully-qualify-stack-names"],
    ...["--logflow", "--logtostderr", "--memprofilerate", "-m, --message", "--neo", "--non-interactive"],
    ...["--otel-traces", "--override-env", "--profiling", "--run-program", "--show-replacement-steps"],
    ...["--show-sames", "--skip-config-validation", "--skip-plugin-pre-install", "--suppress-permalink"],
    ...["--suppress-progress", "-t, --target", "--target-dependents", "--tracing", "--urns", "-v, --verbose"],
  ],
  "up preview destroy": ["--ignore-protect", "--show-config", "--show-full-output"],
  "up preview refresh": ["--exclude-dependents"],
  "up preview": [
    ...["--attach-debugger", "--policy-pack", "--policy-pack-config", "--replace"],
    ...["--show-policy-remediations", "--show-reads", "--show-secrets", "--target-replace"],
  ],
  destroy: ["--exclude-protected", "--remove"],
  preview: ["--import-file", "--save-plan"],
  refresh: ["--import-pending-creates", "--skip-pending-creates"],
  up: ["--plan", "--secrets-provider", "--strict"],
};

/**
 * A flag that is the CLI's alone ends the command before it begins, whichever engine would run it: one command line means
 * the same on both.
 */
export function refuseFlagsOfPulumi(command: Command, operation: Operation): void {
  const known = Object.entries(flags).filter(([operations]) => operations.split(" ").includes(operation));
  for (const flag of known.flatMap(([, names]) => names)) {
    const option = new Option(`${flag} [value]`).hideHelp();
    command.addOption(option).on(`option:${option.name()}`, () => {
      const { message } = new UnsupportedError(`The option \`${option.long}\``);
      const instead = `Both keep the same state: run \`pulumi ${operation} ${option.long}\` in place of this.`;
      command.error(`error: ${message}\n${instead}`);
    });
  }
}
