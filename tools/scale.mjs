// `npm run test:scale [-- PART …] [--people N] [--rooms N] [--hooks N] [--members N] [--crowd N]`: workspaces of ten thousand people against
// the bounds that the docs state. Each part is a file of tools/scale/. Fails when a bound is passed.
import os from "node:os";
import { parseArgs } from "node:util";
import { canWatch } from "./bench/memory.mjs";
import { fail, setup } from "./setup.mjs";

const parts = {
  export: () => import("./scale/export.mjs"),
  up: () => import("./scale/up.mjs"),
  clone: () => import("./scale/clone.mjs"),
};

const number = (value) => ({ type: "string", default: String(value) });
function options() {
  try {
    // As LARGE of test/support/workspaces/big.ts.
    const size = {
      people: number(10_000),
      rooms: number(2_000),
      hooks: number(500),
      members: number(3),
      crowd: number(1_000),
    };
    return parseArgs({ allowPositionals: true, options: size });
  } catch (error) {
    fail(error.message, "Allowed: --people N --rooms N --hooks N --members N --crowd N");
  }
}

const { values, positionals } = options();
const size = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));
for (const [name, value] of Object.entries(size))
  if (!Number.isInteger(value) || value < 0) fail(`--${name} ${values[name]}: a whole number is needed.`);
const wanted = positionals.length > 0 ? positionals : Object.keys(parts);
for (const part of wanted) if (!(part in parts)) fail(`${part}: there is ${Object.keys(parts).join(", ")}.`);

setup();
console.log(`${os.availableParallelism()} × ${os.cpus()[0]?.model ?? "unknown"}, Node.js ${process.version}`);
if (!canWatch) console.log("Memory is read from /proc, which this system doesn't have: not measured.");
let broken = 0;
for (const part of wanted) {
  console.log(
    `\n${part}: ${Object.entries(size)
      .map(([name, value]) => `${value} ${name}`)
      .join(", ")}`,
  );
  /** One figure; `most` is its bound, where it has one. */
  const report = (what, value, most) => {
    const isBroken = most !== undefined && value !== null && value > most;
    if (isBroken) broken++;
    console.log(
      `  ${what}: ${value ?? "-"}${most === undefined ? "" : ` (at most ${most})`}${isBroken ? "  TOO MUCH" : ""}`,
    );
  };
  const { run } = await parts[part]();
  await run(size, report).catch((error) => fail(`${part}: ${error.message}`));
}
if (broken > 0) fail(`${broken} bounds passed.`);
