// The Docker Engine's API for the tools. Loaded late: its package is not there before the first set-up.
import { createRequire } from "node:module";
import path from "node:path";
import { root } from "../setup.mjs";

/** @param host as DOCKER_HOST has it */
export function docker(host) {
  const Docker = createRequire(path.join(root, "provider", "package.json"))("dockerode");
  if (host.startsWith("unix://")) return new Docker({ socketPath: host.slice("unix://".length) });
  const former = process.env.DOCKER_HOST;
  process.env.DOCKER_HOST = host;
  try {
    return new Docker();
  } finally {
    if (former === undefined) delete process.env.DOCKER_HOST;
    else process.env.DOCKER_HOST = former;
  }
}
