/** The program's process: its output, its end, and that nothing of it stays when this one goes. */
import { spawn } from "node:child_process";
import path from "node:path";
import { expect, it, vi } from "vitest";
import { startProcess } from "../../../../provider/runner/protocol/host-process.ts";

const begin = (code: string, print: (line: string, stream: string) => void = () => {}) =>
  startProcess({ args: ["-e", code], cwd: import.meta.dirname, env: { PATH: process.env.PATH }, print });

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const gone = (pid: number) => vi.waitUntil(() => !isAlive(pid), { timeout: 30_000, interval: 20 });
const sleeper =
  "require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })";

it("gives every line, the last without its end too, and then the exit code", async () => {
  const lines: string[] = [];
  const host = begin(
    "process.stdout.write('one\\ntwo'); console.error('wrong'); process.exitCode = 3",
    (line, stream) => lines.push(`${stream}: ${line}`),
  );
  expect(await host.exited).toBe(3);
  expect(lines.sort()).toEqual(["stderr: wrong", "stdout: one", "stdout: two"]);
});

it("names the signal that ended it", async () => {
  expect(await begin("process.kill(process.pid, 'SIGKILL')").exited).toBe("SIGKILL");
});

it("does not wait for what it left behind and what holds its output open", async () => {
  let left = 0;
  const host = begin(`console.log(${sleeper}.pid); setTimeout(() => process.exit(0), 100)`, (line) => {
    left = Number(line);
  });
  try {
    expect(await host.exited).toBe(0);
    expect(isAlive(left)).toBe(true);
  } finally {
    process.kill(left, "SIGKILL");
  }
});

it("stops it with all that it started, also when it doesn't listen", async () => {
  let left = 0;
  const host = begin(
    `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log(${sleeper}.pid)`,
    (line) => {
      left = Number(line);
      host.stop();
    },
  );
  expect(await host.exited).toBe("SIGKILL");
  await gone(left);
});

it("is gone when this process is killed, even out of an endless loop", async () => {
  const module = path.resolve(import.meta.dirname, "../../../../provider/runner/protocol/host-process.ts");
  const code = `const { startProcess } = await import(${JSON.stringify(module)});
    startProcess({ args: ["-e", "console.log(process.pid); for (;;);"], cwd: "/", env: {}, print: (line) => console.log(line) });`;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  const pid = await new Promise<number>((resolve) => parent.stdout.once("data", (data) => resolve(Number(data))));
  try {
    expect(isAlive(pid)).toBe(true);
    parent.kill("SIGKILL");
    await gone(pid);
  } finally {
    if (isAlive(pid)) process.kill(pid, "SIGKILL");
  }
});
