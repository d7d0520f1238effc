// `npm run up` and `npm run down`: the quickstart workspace on a server that is configured, else on the sandbox.
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { environment, fail, node, root, setup } from "./setup.mjs";

const USAGE = "Usage: npm run up [-- --preview] [--engine pulumi|embedded]   or   npm run down";
const STACK = "quickstart";
const stateFolder = path.join(root, ".state");

function options() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { preview: { type: "boolean" }, engine: { type: "string" } },
    });
    if (!["up", "down"].includes(positionals[0]) || positionals.length !== 1)
      throw new Error(`unknown: ${positionals.join(" ")}`);
    if (values.engine !== undefined && !["pulumi", "embedded"].includes(values.engine)) {
      throw new Error(`--engine must be "pulumi" or "embedded", but is "${values.engine}"`);
    }
    return { command: positionals[0], preview: values.preview === true, engine: values.engine };
  } catch (error) {
    fail(error.message, USAGE);
  }
}

/** The stack's file outlives a removed state folder; its salt belongs to the passphrase that went with it. */
function forgetFormerSalt() {
  const file = path.join(root, `Pulumi.${STACK}.yaml`);
  if (!existsSync(file)) return;
  const text = readFileSync(file, "utf8");
  if (/^\s*secure:/m.test(text)) {
    fail(
      `Pulumi.${STACK}.yaml holds secrets that were sealed with a passphrase which is gone (${path.relative(root, stateFolder)}/passphrase).`,
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

const { command, preview, engine } = options();
setup();
const { serverConfigured, startBackgroundSandbox, stopBackgroundSandbox } = await import("./sandbox.mjs");
const sandbox = serverConfigured(root, STACK) ? undefined : await startBackgroundSandbox(stateFolder);
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
const args = [
  path.join(root, "provider", "bin", "pulumi-rocketchat.mjs"),
  verb,
  "--stack",
  STACK,
  ...(verb === "preview" ? [] : ["--yes"]),
  ...(engine === undefined ? [] : ["--engine", engine]),
];
const { status } = spawnSync(node(), args, { cwd: root, stdio: "inherit", env });
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
process.exit(status ?? 1);
