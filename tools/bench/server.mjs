// The sandbox that is measured against: a process of its own, which counts the calls.
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { environment, node, root } from "../setup.mjs";

export async function startServer() {
  const bin = path.join(root, "provider", "bin", "pulumi-rocketchat.mjs");
  const child = spawn(node(), [bin, "sandbox", "--port", "0", "--test-controls"], {
    cwd: root,
    env: environment(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface(child.stdout);
  const first = await Promise.race([once(lines, "line"), once(child, "exit").then(() => [])]);
  const url = first[0];
  if (url === undefined) throw new Error("The sandbox did not start.");
  const end = once(child, "exit");
  return {
    env: { ROCKETCHAT_URL: url, ROCKETCHAT_USERNAME: "admin", ROCKETCHAT_PASSWORD: "supersecret" },
    /** Calls since the last time this was asked. */
    async calls() {
      const counts = await (await fetch(`${url}/_control/calls?clear=1`)).json();
      return Object.values(counts).reduce((sum, each) => sum + each, 0);
    },
    async stop() {
      child.kill("SIGTERM");
      await end;
    },
  };
}
