// `npm run test:crash [-- --seed N] [-- --trials N]`: the loop of killed runs at full length, with its table. `npm test` runs a
// sample of it.
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { seed: { type: "string" }, trials: { type: "string", default: "600" } } });
process.env.CRASH_TRIALS = values.trials;
if (values.seed !== undefined) process.env.CRASH_SEED = values.seed;
process.argv.splice(2, Number.POSITIVE_INFINITY, "--project=faults", "test/faults/crash.test.ts");
await import("./test.mjs");
