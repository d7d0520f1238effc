// `npm run bench [-- --json FILE] [--sizes 100,1000] [--engine embedded|pulumi] [--workloads floor,users]`: what users cost on each
// engine, beside as many dynamic resources that do nothing; `batch` makes the users from a CSV file.
import { writeFileSync } from "node:fs";
import os from "node:os";
import { parseArgs } from "node:util";
import { canWatch } from "./bench/memory.mjs";
import { workloads } from "./bench/project.mjs";
import { engines, runSeries } from "./bench/run.mjs";
import { fail, setup } from "./setup.mjs";

function options() {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: "string" },
        sizes: { type: "string", default: "100,1000" },
        engine: { type: "string" },
        workloads: { type: "string", default: "floor,users" },
      },
    });
    return values;
  } catch (error) {
    fail(
      error.message,
      "Allowed: --json FILE, --sizes 100,1000, --engine embedded|pulumi, --workloads floor,users,batch",
    );
  }
}

const { json, sizes: given, engine, workloads: named } = options();
const sizes = given.split(",").map(Number);
if (!sizes.every((n) => Number.isInteger(n) && n > 0))
  fail(`--sizes ${given}: sizes are whole numbers from 1, with commas between them.`);
const chosen = named.split(",");
if (!chosen.every((name) => workloads.includes(name))) fail(`--workloads ${named}: there are ${workloads.join(", ")}.`);
if (engine !== undefined && !["embedded", "pulumi"].includes(engine))
  fail(`--engine ${engine}: there is embedded and pulumi.`);

setup();
const there = engines();
const wanted = engine === undefined ? there : [engine];
if (engine === "pulumi" && !there.includes("pulumi"))
  fail("There is no Pulumi CLI on PATH.", "Install it, or measure the embedded runner alone: --engine embedded");

const version = process.version;
console.log(
  `${os.availableParallelism()} × ${os.cpus()[0]?.model ?? "unknown"}, ${Math.round(os.totalmem() / 2 ** 30)} GiB`,
);
console.log(`${os.platform()} ${os.release()}, Node.js ${version}, ${new Date().toISOString().slice(0, 10)}`);
if (engine === undefined && !there.includes("pulumi")) console.log("No Pulumi CLI on PATH: the embedded runner alone.");
if (!canWatch)
  console.log("Memory and processor time are read from /proc, which this system doesn't have: not measured.");
console.log("\nMemory is the peak of the sum over all processes of a run; the sandbox is not among them.\n");

const columns = [10, 9, 7, 11, 9, 8, 7, 7, 10, 14];
const row = (...cells) =>
  console.log(
    cells
      .map((cell, i) =>
        i < 4 && i !== 2 ? String(cell).padEnd(columns[i]) : `${String(cell).padStart(columns[i] - 1)} `,
      )
      .join(""),
  );
row("engine", "workload", "n", "operation", "seconds", "× floor", "cpu", "calls", "bytes/res", "peak MiB");

const runs = [];
for (const each of wanted) {
  for (const n of sizes) {
    // The floor first: each row of the users can name its share.
    for (const workload of workloads.filter((name) => chosen.includes(name))) {
      await runSeries(each, workload, n, (run, cpuSeconds) => {
        const floor = runs.find(
          (other) => other.workload === "floor" && other.engine === each && other.n === n && other.op === run.op,
        );
        runs.push(run);
        row(
          each,
          workload,
          n,
          run.op,
          run.seconds.toFixed(2),
          floor ? (run.seconds / floor.seconds).toFixed(2) : "",
          cpuSeconds?.toFixed(1) ?? "-",
          run.calls,
          run.bytesPerResource,
          run.peakRssMiB ?? "-",
        );
      }).catch((error) => fail(error.message));
    }
  }
}
if (json !== undefined) writeFileSync(json, `${JSON.stringify({ runs }, undefined, 2)}\n`);
