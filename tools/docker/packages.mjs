// What a private engine needs of Debian: installed where it is missing, and exactly that removed again.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const PROGRAMS = {
  dockerd: "docker.io",
  "docker-registry": "docker-registry",
  iptables: "iptables",
  busybox: "busybox-static",
  ip: "iproute2",
};
const LIST = "installed-packages";

const has = (program) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
const installed = () =>
  new Set(spawnSync("dpkg-query", ["-W", "-f", `\${Package}\n`], { encoding: "utf8" }).stdout.split("\n"));
const apt = (...args) =>
  spawnSync("apt-get", ["-qq", "-y", ...args], {
    encoding: "utf8",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });

/** @param Impossible what is thrown where they can't be had */
export function installMissing(folder, Impossible) {
  const missing = Object.keys(PROGRAMS).filter((program) => !has(program));
  if (missing.length === 0) return;
  if (!has("apt-get")) throw new Impossible(`A private Docker Engine needs ${missing.join(", ")}; install them.`);
  console.error(`Installing ${missing.map((program) => PROGRAMS[program]).join(", ")} …`);
  const before = installed();
  apt("update");
  const { status, stderr } = apt("install", "--no-install-recommends", ...missing.map((program) => PROGRAMS[program]));
  writeFileSync(path.join(folder, LIST), [...installed()].filter((name) => !before.has(name)).join("\n"));
  if (status !== 0)
    throw new Impossible(`apt-get can't install ${missing.join(", ")}: ${stderr.trim().split("\n").at(-1)}`);
}

export function removeInstalled(folder) {
  const list = path.join(folder, LIST);
  const names = existsSync(list) ? readFileSync(list, "utf8").split("\n").filter(Boolean) : [];
  if (names.length > 0) apt("purge", ...names);
}
