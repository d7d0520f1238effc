// `npm run test:interchange -- --seeds 10`: random programs whose steps run on either engine, for the seeds 1 to 10.
// `--seeds 7-7` is the seed 7 alone. Needs a Pulumi CLI.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { parseArgs } from "node:util";
import { environment, fail, node, root, setup } from "./setup.mjs";

const { seeds } = parseArgs({ options: { seeds: { type: "string", default: "10" } } }).values;
if (!/^[1-9]\d*(-[1-9]\d*)?$/.test(seeds))
  fail(`--seeds is "${seeds}"; it has to be a number or a range.`, "For example --seeds 10, or --seeds 7-9.");
setup();
const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");
const env = environment({ INTERCHANGE_SEEDS: seeds.includes("-") ? seeds : `1-${seeds}` });
const args = ["run", "--project", "e2e", "--reporter=verbose", "test/e2e/interchange.test.ts"];
const { status } = spawnSync(node(), [vitest, ...args], { cwd: root, stdio: "inherit", env });
process.exit(status ?? 1);
