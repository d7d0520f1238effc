// `npm test`: sets up, runs every test, and ends with what was skipped, by name, and the totals.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { environment, node, root, setup } from "./setup.mjs";

setup();
const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");
const { status } = spawnSync(
  node(),
  [vitest, "run", "--reporter=default", "--reporter=./tools/totals-reporter.mjs", ...process.argv.slice(2)],
  { cwd: root, stdio: "inherit", env: environment() },
);
process.exit(status ?? 1);
