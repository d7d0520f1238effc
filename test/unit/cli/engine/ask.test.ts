/** Questions on a pseudo-terminal, as a person sees them. `script` of util-linux makes it. */
import { spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { bench } from "../../../support/command-line.ts";

const main = path.join(import.meta.dirname, "../../../../provider/cli/main.ts");
const hasScript = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;

test.skipIf(!hasScript)("a secret that is asked for is not shown (skipped without script of util-linux)", async () => {
  const at = bench();
  await at.run("stack", "init", "dev");
  const command = `'${process.execPath}' '${main}' config set --secret pw`;
  const child = spawn("script", ["-qec", command, "/dev/null"], { cwd: at.folder, env: process.env });
  onTestFinished(() => void child.kill());
  let shown = "";
  child.stdout.on("data", (chunk: Buffer) => {
    shown += chunk.toString();
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  await vi.waitUntil(() => shown.includes("value: "), { timeout: 30_000, interval: 20 });
  child.stdin.write("s3cret\r");
  expect(await ended).toBe(0);
  expect(shown).not.toContain("s3cret");
  expect((await at.run("config", "get", "pw")).stdout).toBe("s3cret\n");
});
