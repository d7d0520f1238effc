/** The command line hands over to a Pulumi CLI where there is one: same wishes, same environment, its exit code. */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { repository } from "../support/engines.ts";
import { start } from "../support/processes.ts";
import { Things } from "../support/things.ts";

/** Says what it was asked, as a `pulumi` would be. */
const stand = `#!/bin/sh
if [ "$1" = version ]; then echo v3.260.0; exit 0; fi
echo "asked: $* in $(pwd) with $PULUMI_CONFIG_PASSPHRASE"
exit 7
`;

it("starts the CLI on PATH, and says so first", async () => {
  const things = new Things();
  try {
    const bin = path.join(things.folder, "bin");
    mkdirSync(bin);
    writeFileSync(path.join(bin, "pulumi"), stand);
    chmodSync(path.join(bin, "pulumi"), 0o755);
    const env = {
      ...process.env,
      PATH: [bin, process.env.PATH].join(path.delimiter),
      PULUMI_CONFIG_PASSPHRASE: "words",
    };
    const main = path.join(repository, "provider/cli/main.ts");
    const args = [main, "up", "--cwd", things.folder, "--stack", "dev", "--yes", "--parallel", "3", "--diff"];
    const { code, stdout } = await start(process.execPath, args, { cwd: repository, env }).done;
    expect(code).toBe(7);
    expect(stdout).toBe(
      "Engine: Pulumi CLI 3.260.0 (found on PATH)\n" +
        `asked: up --stack dev --yes --diff --parallel 3 in ${things.folder} with words\n`,
    );
  } finally {
    things.remove();
  }
});
