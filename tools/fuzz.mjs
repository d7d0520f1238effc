// `npm run test:fuzz [-- --seed N] [-- --rounds N]`: damaged states at full number. `npm test` runs a sample of them.
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { seed: { type: "string" }, rounds: { type: "string", default: "10000" } } });
process.env.FUZZ_ROUNDS = values.rounds;
if (values.seed !== undefined) process.env.FUZZ_SEED = values.seed;
process.argv.splice(2, Number.POSITIVE_INFINITY, "--project=unit", "test/unit/runner/state/fuzz");
await import("./test.mjs");
