// `node tools/docker.mjs up | down | run <command …> | test [--or-skip]`: a Docker Engine with the stand-in images of test/docker/images.
// An engine that answers (DOCKER_HOST, else this machine's) is used as it is; where there is none, a private one is started.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { Impossible, privateEngine } from "./docker/engine.mjs";
import { buildImages, removeImages } from "./docker/images.mjs";
import { environment, fail, node, root, setup } from "./setup.mjs";

const USAGE = `Usage: node tools/docker.mjs <command>
  up              start an engine where none answers, and build the stand-in images
  down            take both away again
  run <command …> run a command where the engine is reached, DOCKER_HOST set
  test            up, the tests of the vitest project "docker", down; with --or-skip it is no failure where no engine can be had`;
const DEFAULT_SOCKET = "/var/run/docker.sock";

const engine = privateEngine(root);

/** Somebody's own engine; undefined where none answers. */
async function foreignHost() {
  const host = process.env.DOCKER_HOST ?? (existsSync(DEFAULT_SOCKET) ? `unix://${DEFAULT_SOCKET}` : undefined);
  if (host === undefined || host === engine.host) return undefined;
  const { docker } = await import("./docker/client.mjs");
  return (await docker(host)
    .ping()
    .then(Boolean, () => false))
    ? host
    : undefined;
}

async function up() {
  setup();
  const foreign = await foreignHost();
  const host = foreign ?? (await engine.start());
  await buildImages(host, { registry: foreign === undefined });
  return { host, foreign: foreign !== undefined };
}

async function down() {
  const foreign = await foreignHost();
  if (foreign !== undefined) await removeImages(foreign);
  await engine.stop();
}

/** Its exit code. The command gets a Ctrl+C itself; what is to be done after it is done nevertheless. */
async function run([command, ...args]) {
  const foreign = await foreignHost();
  if (foreign === undefined && !engine.running()) fail("No Docker Engine runs.", "Start one: node tools/docker.mjs up");
  const prefix = foreign === undefined ? engine.inside() : [];
  const [program, ...rest] = [...prefix, command, ...args];
  process.on("SIGINT", () => {});
  const child = spawn(program, rest, {
    cwd: root,
    stdio: "inherit",
    env: environment({ DOCKER_HOST: foreign ?? engine.host }),
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("exit", (code) => resolve(code ?? 1));
  });
}

async function test(args) {
  const optional = args.includes("--or-skip");
  const already = engine.running() || (await foreignHost()) !== undefined;
  try {
    await up();
    const tests = path.join(root, "tools", "test.mjs");
    return await run([node(), tests, "--project", "docker", ...args.filter((arg) => arg !== "--or-skip")]);
  } catch (error) {
    if (!(error instanceof Impossible && optional)) throw error;
    console.log(`Skipped: the tests with a real Docker Engine (vitest project "docker"). ${error.message}`);
    return 0;
  } finally {
    if (!already) await down();
  }
}

const [verb, ...args] = process.argv.slice(2);
try {
  if (verb === "up") {
    const { host, foreign } = await up();
    console.log(`The stand-in images are on the Docker Engine at ${host}.`);
    if (!foreign)
      console.log("Commands reach it, and what its containers publish, by: node tools/docker.mjs run <command …>");
  } else if (verb === "down") await down();
  else if (verb === "run" && args.length > 0) process.exitCode = await run(args);
  else if (verb === "test") process.exitCode = await test(args);
  else fail(USAGE);
} catch (error) {
  fail(error.message);
}
