// The sandbox that is measured against: a process of its own, which counts the calls. Empty, or with a big workspace in it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { environment, node, root } from "../setup.mjs";

const empty = [
  path.join(root, "provider", "bin", "pulumi-rocketchat.mjs"),
  "sandbox",
  "--port",
  "0",
  "--test-controls",
];
const big = (size) => [path.join(root, "test", "support", "workspaces", "big-server.ts"), JSON.stringify(size)];

/** `size`: of test/support/workspaces/big.ts. */
export async function startServer(size) {
  const child = spawn(node(), size === undefined ? empty : big(size), {
    cwd: root,
    env: environment(),
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface(child.stdout);
  const first = await Promise.race([once(lines, "line"), once(child, "exit").then(() => [])]);
  const url = first[0];
  if (url === undefined) throw new Error("The sandbox did not start.");
  const end = once(child, "exit");
  const routes = async () => (await fetch(`${url}/_control/calls?clear=1`)).json();
  return {
    env: { ROCKETCHAT_URL: url, ROCKETCHAT_USERNAME: "admin", ROCKETCHAT_PASSWORD: "supersecret" },
    /** Calls since the last time this was asked. */
    calls: async () => Object.values(await routes()).reduce((sum, each) => sum + each, 0),
    /** The same by route: `{ "GET /api/v1/users.list": 3 }`. */
    routes,
    async stop() {
      child.kill("SIGTERM");
      await end;
    },
  };
}
