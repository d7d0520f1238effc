// Brings a fresh clone to the point where everything runs: dependencies, then the build. Plain JavaScript for Node 20,
// because nothing is installed yet when it starts. Does nothing when nothing has changed.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const newEnough = (version) => {
  const [major, minor] = version.replace("v", "").split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 19);
};

/** The Node.js that runs our programs: the one that comes with the repo, else the system's if it is new enough. */
export function node() {
  const bundled = path.join(root, "node_modules", ".bin", "node");
  if (existsSync(bundled) && spawnSync(bundled, ["--version"]).status === 0) return bundled;
  if (newEnough(process.version)) return process.execPath;
  fail(
    `Node.js 22.19 or newer is needed; this is ${process.version}, and the one that comes with the repo is made for Linux on x64 only.`,
    "Install a newer Node.js and run the command again.",
  );
}

/** The environment for programs: our Node.js and our tools first. */
export function environment(extra = {}) {
  const bin = path.join(root, "node_modules", ".bin");
  return { ...process.env, PATH: [path.dirname(node()), bin, process.env.PATH].join(path.delimiter), ...extra };
}

export function fail(message, hint) {
  console.error(hint ? `${message}\n  ${hint}` : message);
  process.exit(1);
}

function run(what, command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: "utf8", shell: false });
  if (status === 0) return;
  console.error(`${stdout ?? ""}${stderr ?? ""}`.trim());
  fail(`${what} failed${error ? `: ${error.message}` : ""}.`);
}

const modified = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);

/** Newest change of the package's sources. */
function newestSource(folder) {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "dist" && entry.name !== "node_modules")
        newest = Math.max(newest, newestSource(full), modified(full));
    } else if (/\.(ts|json)$/.test(entry.name)) newest = Math.max(newest, modified(full));
  }
  return newest;
}

export function setup() {
  const lock = path.join(root, "package-lock.json");
  const installed = path.join(root, "node_modules", ".package-lock.json");
  if (modified(installed) < modified(lock)) {
    console.error("Installing dependencies …");
    run("npm ci", process.platform === "win32" ? "npm.cmd" : "npm", [
      "ci",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
    ]);
  }
  const marker = path.join(root, "provider", "dist", ".tsbuildinfo");
  if (modified(marker) < newestSource(path.join(root, "provider"))) {
    console.error("Building the package …");
    run("The build", node(), [
      path.join(root, "node_modules", "typescript", "bin", "tsc"),
      "-p",
      "provider/tsconfig.build.json",
    ]);
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) setup();
