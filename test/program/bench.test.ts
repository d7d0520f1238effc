/** The benchmark, in small: it runs to its end and writes the file in its form. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { repository } from "../support/engines.ts";

const run = promisify(execFile);
const bench = path.join(repository, "tools", "bench.mjs");

interface Run {
  engine: string;
  workload: "users" | "floor";
  n: number;
  op: string;
  seconds: number;
  calls: number;
  bytesPerResource: number;
  peakRssMiB: number | null;
}

it("measures the four operations of users and of the floor", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-test-"));
  try {
    const file = path.join(folder, "bench.json");
    const { stdout } = await run(process.execPath, [bench, "--sizes", "3", "--engine", "embedded", "--json", file]);
    expect(stdout).toContain(process.version);
    expect(stdout).toMatch(/\d{4}-\d\d-\d\d/);
    const { runs } = JSON.parse(readFileSync(file, "utf8")) as { runs: Run[] };
    const operations = ["up", "unchanged", "refresh", "destroy"];
    expect(runs.map(({ workload, op }) => `${workload} ${op}`)).toEqual(
      ["floor", "users"].flatMap((workload) => operations.map((op) => `${workload} ${op}`)),
    );
    for (const each of runs) {
      expect(Object.keys(each)).toEqual([
        "engine",
        "workload",
        "n",
        "op",
        "seconds",
        "calls",
        "bytesPerResource",
        "peakRssMiB",
      ]);
      expect(each).toMatchObject({ engine: "embedded", n: 3 });
      expect(each.seconds).toBeGreaterThan(0);
      if (process.platform === "linux") expect(each.peakRssMiB).toBeGreaterThan(40);
    }
    const calls = (workload: string, op: string) =>
      runs.find((each) => each.workload === workload && each.op === op)?.calls;
    for (const op of operations) expect(calls("floor", op)).toBe(0);
    // One for each user at least; where nothing changed, none.
    expect(calls("users", "up")).toBeGreaterThanOrEqual(3);
    expect(calls("users", "unchanged")).toBe(0);
    expect(calls("users", "refresh")).toBeGreaterThan(0);
    expect(calls("users", "destroy")).toBeGreaterThanOrEqual(3);
    const [made] = runs.filter(({ workload, op }) => workload === "users" && op === "up");
    expect(made?.bytesPerResource).toBeGreaterThan(500);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it.each([
  [["--sizes", "0"], "whole numbers from 1"],
  [["--engine", "terraform"], "embedded and pulumi"],
  [["--size", "3"], "--sizes"],
])("refuses %j", async (args, words) => {
  await expect(run(process.execPath, [bench, ...args])).rejects.toMatchObject({
    stderr: expect.stringContaining(words) as string,
  });
});
