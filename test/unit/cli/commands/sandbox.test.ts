import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";

const main = fileURLToPath(new URL("../../../../provider/cli/main.ts", import.meta.url));

function run(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [main, "sandbox", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function ended(child: ChildProcess): Promise<{ code: number; stderr: string }> {
  let stderr = "";
  child.stderr!.on("data", (chunk) => {
    stderr += chunk;
  });
  const [code] = (await once(child, "close")) as [number];
  return { code, stderr };
}

it("prints its address first and stops in order when interrupted", async () => {
  const child = run("--port", "0", "--version", "7.7.1", "--admin-username", "root", "--admin-password", "secret-1");
  const [url] = (await once(createInterface(child.stdout!), "line")) as [string];
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const response = await fetch(`${url}/api/v1/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ user: "root", password: "secret-1" }),
  });
  expect(response.status).toBe(200);
  child.kill("SIGTERM");
  expect(await ended(child)).toEqual({ code: 0, stderr: "" });
});

it.each([
  [["--version", "9.9"], "The sandbox knows the releases 8.6.1 and 7.7.1."],
  [["--port", "http"], "A port is a whole number from 0"],
])("refuses %j with one clear message", async (args, message) => {
  const { code, stderr } = await ended(run(...args));
  expect(code).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain("    at ");
});

it("names a port that is taken", async () => {
  const blocker = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void blocker.close());
  await once(blocker, "listening");
  const { port } = blocker.address() as AddressInfo;
  const { code, stderr } = await ended(run("--port", String(port)));
  expect(code).toBe(1);
  expect(stderr).toContain(`Port ${port} on 127.0.0.1 is in use`);
});
