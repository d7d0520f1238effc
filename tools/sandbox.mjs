// The sandbox of the quickstart: one background process for a clone, found again by the next command.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { environment, fail, node, root } from "./setup.mjs";

const LOGIN = { username: "admin", password: "supersecret" };
const files = (folder) => ({
  record: path.join(folder, "sandbox-process.json"),
  state: path.join(folder, "sandbox.json"),
  log: path.join(folder, "sandbox.log"),
});

/** True when a server is named by the environment or by the stack's configuration. */
export function serverConfigured(projectFolder, stack) {
  if (process.env.ROCKETCHAT_URL) return true;
  const config = path.join(projectFolder, `Pulumi.${stack}.yaml`);
  return existsSync(config) && /^\s*rocketchat:url\s*:/m.test(readFileSync(config, "utf8"));
}

const alive = (pid) => {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const answers = async (url) => {
  try {
    return (await fetch(`${url}/api/info`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
};

const remembered = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined);

/** Starts it, or finds it running. The port stays the same from run to run, unless somebody else took it. */
export async function startBackgroundSandbox(folder) {
  const { record, state, log } = files(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const former = remembered(record);
  if (former && alive(former.pid) && (await answers(former.url))) return { url: former.url, ...LOGIN };
  const ports = former ? [new URL(former.url).port, "0"] : ["3333", "0"];
  for (const port of ports) {
    const output = openSync(log, "w", 0o600);
    const child = spawn(
      node(),
      [path.join(root, "provider", "bin", "pulumi-rocketchat.mjs"), "sandbox", "--port", port, "--file", state],
      { cwd: root, detached: true, stdio: ["ignore", output, output], env: environment() },
    );
    child.unref();
    const url = await firstUrl(child, log);
    if (url === undefined) continue;
    writeFileSync(record, JSON.stringify({ pid: child.pid, url }), { mode: 0o600 });
    return { url, ...LOGIN };
  }
  fail(`The sandbox did not start:\n${readFileSync(log, "utf8").trim()}`);
}

/** Waits until the process has printed its address and answers there; undefined when it ended instead. */
async function firstUrl(child, log) {
  for (let waited = 0; waited < 30_000 && child.exitCode === null; waited += 50) {
    const url = /https?:\/\/\S+/.exec(readFileSync(log, "utf8"))?.[0];
    if (url !== undefined && (await answers(url))) return url;
    await delay(50);
  }
  return undefined;
}

export async function stopBackgroundSandbox(folder) {
  const { record } = files(folder);
  const former = remembered(record);
  if (former && alive(former.pid) && (await answers(former.url))) {
    process.kill(former.pid, "SIGTERM");
    for (let waited = 0; waited < 10_000 && alive(former.pid); waited += 50) await delay(50);
  }
  // The record stays for its port: state that names the address keeps being right.
  if (former) writeFileSync(record, JSON.stringify({ url: former.url }), { mode: 0o600 });
}
