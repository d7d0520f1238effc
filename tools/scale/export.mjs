// The `export` command against a big workspace: calls by the formula of docs/export.md, memory, progress.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { measured } from "../bench/run.mjs";
import { startServer } from "../bench/server.mjs";
import { environment, node, root } from "../setup.mjs";

const MOST_MIB = 300;
/** Between two lines of progress, and what of it comes at the least. */
const STEP = 1_000;

const pages = (count) => Math.max(1, Math.ceil(count / 100));

/** As docs/export.md has it; test/unit/exporter/limits.test.ts holds a small server to it. */
const mostCalls = ({ people, rooms, hooks, crowd }) =>
  pages(people + 2) + pages(rooms) + 2 + 2 * (rooms + 1) + pages(crowd) + pages(hooks) + 30;

export async function run(size, report) {
  const server = await startServer(size);
  const folder = mkdtempSync(path.join(tmpdir(), "rocketchat-scale-"));
  try {
    const bin = path.join(root, "provider", "bin", "pulumi-rocketchat.mjs");
    const file = path.join(folder, "workspace.yaml");
    const progress = [];
    const { seconds, peakRssMiB, cpuSeconds } = await measured(
      node(),
      [bin, "export", "--url", server.env.ROCKETCHAT_URL, "--out", file],
      {
        cwd: folder,
        env: environment(server.env),
        hear: (line) => void (/: \d+ …$/.test(line) && progress.push(line)),
      },
    );
    const routes = await server.routes();
    const text = readFileSync(file, "utf8");
    report("seconds", seconds.toFixed(1));
    report("processor seconds", cpuSeconds);
    report(
      "calls",
      Object.values(routes).reduce((sum, each) => sum + each, 0),
      mostCalls(size),
    );
    report(
      "calls that change something",
      Object.keys(routes).filter((route) => !/^GET |\/log(in|out)$/.test(route)).length,
      0,
    );
    report("peak MiB", peakRssMiB, MOST_MIB);
    report("lines of document", text.split("\n").length);
    const missing = [...Array(Math.floor(size.people / STEP)).keys()].filter(
      (index) => !progress.includes(`users: ${(index + 1) * STEP} …`),
    );
    report("lines of progress", progress.length);
    report("lines of progress missing", missing.length, 0);
    const wanted = [
      ["person-", size.people],
      ["hook-", size.hooks],
    ];
    for (const [name, count] of wanted)
      report(`${name}* missing`, count - (text.match(new RegExp(`^  ${name}\\d+:`, "gm")) ?? []).length, 0);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
