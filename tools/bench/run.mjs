// One measured series: the four operations on one engine, for one program of one size.
import { spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { environment, node, root } from "../setup.mjs";
import { watch } from "./memory.mjs";
import { makeProject } from "./project.mjs";
import { startServer } from "./server.mjs";

/** What each operation is on the command line. */
export const operations = { up: "up", unchanged: "up", refresh: "refresh", destroy: "destroy" };

const bin = path.join(root, "provider", "bin", "pulumi-rocketchat.mjs");
const common = ["--yes", "--skip-preview", "--stack", "dev"];
const commands = {
  embedded: (verb) => [node(), [bin, verb, ...common, "--engine", "embedded"]],
  pulumi: (verb) => ["pulumi", [verb, ...common, "--non-interactive", "--color", "never"]],
};

/** The engines of this machine: the CLI only where there is one. */
export function engines() {
  const { status } = spawnSync("pulumi", ["version"], { env: environment(), stdio: "ignore" });
  return status === 0 ? ["embedded", "pulumi"] : ["embedded"];
}

/** Runs a command to its end; throws with its last words unless it succeeds. Lines of its standard error come to `hear`. */
export async function measured(command, args, { cwd, env, hear }) {
  const began = performance.now();
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const watched = watch(child.pid);
  let tail = "";
  const keep = (text) => {
    tail = (tail + text).slice(-4000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  if (hear !== undefined) createInterface(child.stderr).on("line", hear);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const seconds = (performance.now() - began) / 1000;
  const used = watched.end();
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${tail}`);
  return { seconds, ...used };
}

function measure(engine, verb, project, env) {
  const [command, args] = commands[engine](verb);
  return measured(command, args, { cwd: project.folder, env });
}

/** Rows in the form of the file, each with its processor time beside it. */
export async function runSeries(engine, workload, n, report) {
  const project = makeProject(workload, n);
  const server = workload !== "floor" ? await startServer() : undefined;
  const env = environment({ ...project.env, ...server?.env });
  try {
    if (engine === "pulumi")
      spawnSync("pulumi", ["stack", "init", "dev"], { cwd: project.folder, env, stdio: "ignore" });
    for (const [op, verb] of Object.entries(operations)) {
      const { seconds, peakRssMiB, cpuSeconds } = await measure(engine, verb, project, env);
      const run = {
        engine,
        workload,
        n,
        op,
        seconds: Number(seconds.toFixed(2)),
        calls: (await server?.calls()) ?? 0,
        bytesPerResource: Math.round(project.checkpointBytes() / n),
        peakRssMiB,
      };
      report(run, cpuSeconds);
    }
  } finally {
    await server?.stop();
    project.remove();
  }
}
