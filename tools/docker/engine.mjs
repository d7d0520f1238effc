// A private Docker Engine with a registry beside it, for root on Linux: in namespaces of its own (network, mounts, processes), so that
// its bridges, firewall rules and mounts are never the machine's, and all of it ends with one process.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { docker } from "./client.mjs";
import { installMissing, removeInstalled } from "./packages.mjs";

const START_SECONDS = 60;
const CGROUPS = "/sys/fs/cgroup";

/** No engine can be had here; the message says why. */
export class Impossible extends Error {}

/** The first process in the namespaces. Inside them loopback is down until it is asked for. */
const FIRST_PROCESS = `
ip link set lo up
docker-registry serve "$FOLDER/registry.yml" >"$FOLDER/registry.log" 2>&1 &
dockerd --host "unix://$FOLDER/docker.sock" --data-root "$FOLDER/data" --exec-root "$FOLDER/exec" --pidfile "$FOLDER/dockerd.pid" \\
  --cgroup-parent "$GROUP" --registry-mirror http://127.0.0.1:5000 >"$FOLDER/dockerd.log" 2>&1 &
wait
`;

const REGISTRY = (folder) => `version: 0.1
log: { level: warn }
storage: { filesystem: { rootdirectory: ${folder}/registry } }
http: { addr: 127.0.0.1:5000 }
`;

/** @param clone the repository's folder: each clone has an engine of its own */
export function privateEngine(clone) {
  const id = `rocketchat-docker-${createHash("sha256").update(clone).digest("hex").slice(0, 8)}`;
  const folder = path.join(tmpdir(), id);
  const socket = path.join(folder, "docker.sock");
  const pidFile = path.join(folder, "pid");
  const host = `unix://${socket}`;

  /** Of the process whose namespaces they are; undefined when it isn't ours any more. */
  function holder() {
    if (!existsSync(pidFile)) return undefined;
    const pid = readFileSync(pidFile, "utf8");
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8").includes(`FOLDER=${folder}\0`) ? Number(pid) : undefined;
    } catch {
      return undefined;
    }
  }
  const running = () => holder() !== undefined;
  const answers = () =>
    docker(host)
      .ping()
      .then(Boolean, () => false);
  const log = () =>
    existsSync(path.join(folder, "dockerd.log")) ? readFileSync(path.join(folder, "dockerd.log"), "utf8") : "";

  async function start() {
    if (running() && (await answers())) return host;
    if (process.platform !== "linux" || process.getuid() !== 0)
      throw new Impossible(
        "No Docker Engine answers (DOCKER_HOST, /var/run/docker.sock), and a private one needs root on Linux.",
      );
    await stop();
    mkdirSync(folder, { mode: 0o700 });
    installMissing(folder, Impossible);
    writeFileSync(path.join(folder, "registry.yml"), REGISTRY(folder));
    const output = openSync(path.join(folder, "unshare.log"), "w");
    const child = spawn(
      "unshare",
      ["--net", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child", "sh", "-c", FIRST_PROCESS],
      { detached: true, stdio: ["ignore", output, output], env: { ...process.env, FOLDER: folder, GROUP: id } },
    );
    const failed = new Promise((resolve) => child.once("error", resolve).once("exit", resolve));
    writeFileSync(pidFile, String(child.pid ?? 0));
    let over = false;
    failed.then(() => {
      over = true;
    });
    for (let waited = 0; !over && waited < START_SECONDS * 1000; waited += 100) {
      if (await answers()) {
        child.unref();
        return host;
      }
      // Its own end is told in its log at once; the rest of the processes would wait on.
      if (/^failed to start/m.test(log())) break;
      await delay(100);
    }
    const why = [log(), readFileSync(path.join(folder, "unshare.log"), "utf8")].join("\n").trim().split("\n").at(-1);
    await stop();
    throw new Impossible(`A private Docker Engine does not start: ${why}`);
  }

  /** Processes, mounts, links and firewall rules end with the namespaces; groups and files do not. */
  async function stop() {
    const pid = holder();
    if (pid !== undefined) {
      process.kill(pid, "SIGKILL");
      while (existsSync(`/proc/${pid}/ns/net`) && holder() !== undefined) await delay(50);
    }
    removeInstalled(folder);
    for (const group of groups()) spawnSync("find", [group, "-depth", "-type", "d", "-exec", "rmdir", "{}", ";"]);
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  const groups = () =>
    existsSync(CGROUPS)
      ? [CGROUPS, ...readdirSync(CGROUPS).map((name) => path.join(CGROUPS, name))]
          .map((parent) => path.join(parent, id))
          .filter((group) => existsSync(group))
      : [];

  /** What a command is started with, to be where the containers' ports are. */
  function inside() {
    const pid = holder();
    const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ");
    return ["nsenter", "--target", first, "--net", "--mount", "--pid", `--wd=${process.cwd()}`];
  }

  return { host, start, stop, running, inside };
}
