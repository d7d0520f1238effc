/** A process to be killed: one run of the engine. Its argument is a file with what to do; it prints what happened how often. */
import { readFileSync } from "node:fs";
import type { HookOptions } from "./hook.ts";
import type { Run } from "./run.ts";

export interface Order {
  readonly run: Run;
  readonly hook: HookOptions;
}

const { run, hook: options } = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Order;
// First of all, so that nothing holds the functions as they were.
const counts = (await import("./hook.ts")).hook(options);
const [{ perform }, { createKeyring }] = await Promise.all([
  import("./run.ts"),
  import("../../../provider/runner/state/index.ts"),
]);
try {
  await perform(run, createKeyring(process.env));
} finally {
  process.stdout.write(`\n${JSON.stringify(counts)}\n`);
}
