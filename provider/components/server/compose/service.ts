/** What is the same for every service that is taken over: keys that the component has no use for, restart policy, memory. */
import type { RocketChatServerArgs } from "../args.ts";
import { type ComposeFile, isMapping, type Mapping, type Path } from "./file.ts";

/** Keys of a service whose work the component does itself. */
const REPLACED: Readonly<Record<string, string>> = {
  container_name: "containers are named after the component, or `namePrefix`",
  hostname: "the containers reach each other as `rocketchat` and `mongodb`",
  networks: "the component has a network of its own",
  network_mode: "the component has a network of its own",
  links: "the component has a network of its own",
  expose: "the containers of a network reach all ports of each other",
  healthcheck: "the component has health checks of its own, and waits for them",
  command: "the component knows when MongoDB is ready, and starts the images as they want to be",
  entrypoint: "the component knows when MongoDB is ready, and starts the images as they want to be",
};

/** Of no effect on what runs. */
const IGNORED = ["profiles", "pull_policy", "stdin_open", "tty", "init", "attach"];

const UNITS: Readonly<Record<string, number>> = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/** "1.5gb" in MiB; undefined when it is no size. */
function mebibytes(size: unknown): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([bkmg]?)i?b?$/i.exec(String(size));
  if (match === null) return undefined;
  return Math.floor((Number(match[1]) * (UNITS[(match[2] || "b").toLowerCase()] ?? 1)) / UNITS.m!);
}

export function memoryOf(file: ComposeFile, service: Mapping, at: Path): number | undefined {
  const { deploy } = service;
  const limits = isMapping(deploy) && isMapping(deploy.resources) ? deploy.resources.limits : undefined;
  const limit = isMapping(limits) ? limits.memory : undefined;
  const given = service.mem_limit ?? limit;
  if (given === undefined) return undefined;
  const found = mebibytes(given);
  if (found !== undefined) return found;
  const where = service.mem_limit === undefined ? ["deploy", "resources", "limits", "memory"] : ["mem_limit"];
  file.note([...at, ...where], "left-out", "is no size of memory", "Say the limit in MiB with `memoryMb`");
  return undefined;
}

const RESTARTS = ["no", "on-failure", "always", "unless-stopped"] as const;

export function restartOf(service: Mapping): Pick<RocketChatServerArgs, "restart"> {
  // "on-failure:5"; YAML may have made `no` a boolean.
  const policy = service.restart === false ? "no" : String(service.restart ?? "no").split(":")[0];
  const restart = RESTARTS.find((known) => known === policy);
  return restart === undefined ? {} : { restart };
}

function noteDependencies(file: ComposeFile, given: unknown, at: Path): void {
  const names = Array.isArray(given) ? given.map(String) : Object.keys(isMapping(given) ? given : {});
  const missing = names.find((name) => !(name in file.services));
  if (missing !== undefined) {
    file.note(
      at,
      "problem",
      `there is no service "${missing}", so Compose itself refuses the file`,
      "Nothing is to be done here: the component waits for what it makes",
    );
    return;
  }
  const waits =
    !Array.isArray(given) &&
    Object.values(given as Mapping).every((entry) => isMapping(entry) && entry.condition === "service_healthy");
  const how = waits ? "" : "; here it would wait for the start of the other container only, not until that is ready";
  file.note(at, "replaced", `the component starts Rocket.Chat when MongoDB is healthy${how}`);
}

/** Notes what the file says of a service beyond `taken`. */
export function noteOthers(file: ComposeFile, service: Mapping, at: Path, taken: readonly string[]): void {
  for (const [key, value] of Object.entries(service)) {
    const where = [...at, key];
    if (value == null || taken.includes(key) || IGNORED.includes(key)) continue;
    if (key === "depends_on") noteDependencies(file, value, where);
    else if (key === "deploy") noteDeploy(file, value, where);
    else if (REPLACED[key] !== undefined) file.note(where, "replaced", REPLACED[key]);
    else if (key === "labels") {
      file.note(where, "left-out", "labels are not taken over", "For Traefik use `https: { domain, email }`");
    } else if (key === "build") {
      file.note(
        where,
        "problem",
        "images are not built",
        "Build and push it, then give its name as `image` and its tag as `version`",
      );
    } else file.note(where, "left-out", `the component has no \`${key}\``);
  }
}

function noteDeploy(file: ComposeFile, given: unknown, at: Path): void {
  const { resources, ...others } = isMapping(given) ? given : {};
  if (
    isMapping(resources) &&
    (resources.reservations !== undefined ||
      (isMapping(resources.limits) && Object.keys(resources.limits).some((key) => key !== "memory")))
  ) {
    file.note([...at, "resources"], "left-out", "only the limit of memory is taken over");
  }
  for (const key of Object.keys(others)) {
    const scale = key === "replicas" && Number(others[key]) > 1;
    file.note(
      [...at, key],
      "left-out",
      scale ? "the component has one container of each" : `the component has no \`deploy.${key}\``,
      scale ? "For more of them use RocketChatRelease" : undefined,
    );
  }
}
