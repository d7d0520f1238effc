// `npm run up` and `npm run down`: the quickstart workspace on a server that is configured, else on the sandbox; with --docker
// a server of its own with content, in containers.
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { environment, fail, node, root, setup } from "./setup.mjs";

const USAGE =
  "Usage: npm run up [-- --docker] [--preview] [--engine pulumi|embedded]   or   npm run down [-- --docker]";
const stateFolder = path.join(root, ".state");

function options() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { preview: { type: "boolean" }, docker: { type: "boolean" }, engine: { type: "string" } },
    });
    if (!["up", "down"].includes(positionals[0]) || positionals.length !== 1)
      throw new Error(`unknown: ${positionals.join(" ")}`);
    if (values.engine !== undefined && !["pulumi", "embedded"].includes(values.engine)) {
      throw new Error(`--engine must be "pulumi" or "embedded", but is "${values.engine}"`);
    }
    const { preview = false, docker = false, engine } = values;
    return { command: positionals[0], preview, docker, engine };
  } catch (error) {
    fail(error.message, USAGE);
  }
}

/** The stack's file outlives a removed state folder; its salt belongs to the passphrase that went with it. */
function forgetFormerSalt() {
  const file = path.join(folder, `Pulumi.${stack}.yaml`);
  if (!existsSync(file)) return;
  const text = readFileSync(file, "utf8");
  if (/^\s*secure:/m.test(text)) {
    fail(
      `${path.relative(root, file)} holds secrets that were sealed with a passphrase which is gone (${path.relative(root, stateFolder)}/passphrase).`,
      "Put that file back, or remove the secrets from the stack's file and set them again.",
    );
  }
  writeFileSync(file, text.replace(/^encryptionsalt:.*\n?/m, ""));
}

/** State and passphrase stay inside the clone, so that a first try never touches anyone's Pulumi account. */
function backend() {
  if (process.env.PULUMI_BACKEND_URL !== undefined) return {};
  const passphraseFile = path.join(stateFolder, "passphrase");
  mkdirSync(path.join(stateFolder, "backend"), { recursive: true, mode: 0o700 });
  if (!existsSync(passphraseFile)) {
    forgetFormerSalt();
    writeFileSync(passphraseFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
  }
  const ownPassphrase = process.env.PULUMI_CONFIG_PASSPHRASE ?? process.env.PULUMI_CONFIG_PASSPHRASE_FILE;
  return {
    PULUMI_BACKEND_URL: `file://${path.join(stateFolder, "backend")}`,
    PULUMI_HOME: path.join(stateFolder, "home"),
    ...(ownPassphrase === undefined && { PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile }),
  };
}

/** Runs the package's own command in the program's folder; gives its exit code. */
function run(env, ...args) {
  const bin = path.join(root, "provider", "bin", "pulumi-rocketchat.mjs");
  return spawnSync(node(), [bin, ...args], { cwd: folder, stdio: "inherit", env }).status ?? 1;
}

/** What the example asks for, made once: the stack, and a first password for its people. */
function prepareDocker(env) {
  if (existsSync(path.join(folder, `Pulumi.${stack}.yaml`))) return;
  const password = randomBytes(12).toString("base64url");
  const steps = [
    ["stack", "init", stack],
    ["config", "set", "--secret", "initialPassword", password, "--stack", stack],
  ];
  for (const step of steps) if (run(env, ...step) !== 0) process.exit(1);
}

const { command, preview, docker, engine } = options();
const stack = docker ? "docker" : "quickstart";
const folder = docker ? path.join(root, "examples", "server-docker") : root;
setup();
const { serverConfigured, startBackgroundSandbox, stopBackgroundSandbox } = await import("./sandbox.mjs");
const sandbox = docker || serverConfigured(root, stack) ? undefined : await startBackgroundSandbox(stateFolder);
const env = environment({
  ...backend(),
  PULUMI_SKIP_UPDATE_CHECK: "true",
  ...(sandbox && {
    ROCKETCHAT_URL: sandbox.url,
    ROCKETCHAT_USERNAME: sandbox.username,
    ROCKETCHAT_PASSWORD: sandbox.password,
  }),
});
const verb = command === "down" ? "destroy" : preview ? "preview" : "up";
if (docker) prepareDocker(env);
const status = run(
  env,
  verb,
  ...["--stack", stack],
  ...(verb === "preview" ? [] : ["--yes"]),
  ...(engine === undefined ? [] : ["--engine", engine]),
);
if (sandbox !== undefined) {
  if (command === "down" && status === 0) {
    await stopBackgroundSandbox(stateFolder);
    console.log("\nThe sandbox is stopped; its file is kept, so the next `npm run up` finds what is left there.");
  } else {
    console.log(
      `\nServer: the sandbox at ${sandbox.url} (log in as ${sandbox.username} / ${sandbox.password}). It runs on in the background; \`npm run down\` removes the workspace and stops it.`,
    );
  }
}
if (docker && verb === "up" && status === 0) {
  console.log("\nThe server runs in Docker. The password of its admin:");
  run(env, "stack", "output", "adminPassword", "--show-secrets", "--stack", stack);
}
process.exit(status);
