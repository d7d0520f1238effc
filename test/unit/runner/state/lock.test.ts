import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { watch } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { releaseLocks } from "../../../../provider/runner/state/index.ts";
import { takeLock } from "../../../../provider/runner/state/lock.ts";
import { startOfProcess } from "../../../../provider/runner/state/process-start.ts";
import { fixtureKeyring, workbench } from "./workbench.ts";

const keyring = fixtureKeyring();

async function setUp() {
  const { backend } = await workbench(keyring);
  const dir = join(backend.root, ".pulumi/locks/organization/golden/dev");
  return {
    backend,
    dir,
    files: () => readdir(dir),
    take: (now = new Date()) => takeLock(backend, "golden", "dev", now),
    async foreign(content: object | string) {
      await mkdir(dir, { recursive: true });
      await writeFile(join(dir, "other.json"), typeof content === "string" ? content : JSON.stringify(content));
    },
  };
}

/** A process that waits until it is killed. */
async function waitingProcess(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["-e", "console.log('up'); process.stdin.resume()"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout ?? child, "data");
  return child;
}

const holder = (pid: number | undefined, fields = {}) => ({
  pid,
  username: "alice",
  hostname: hostname(),
  timestamp: new Date().toISOString(),
  ...fields,
});

test("a lock has the CLI's form, refuses a second, and is gone after its release", async () => {
  const at = await setUp();
  const lock = await at.take();
  const [name = ""] = await at.files();
  expect(name).toMatch(/^[0-9a-f-]{36}\.json$/);
  expect(JSON.parse(await readFile(join(at.dir, name), "utf8"))).toEqual({
    pid: process.pid,
    username: expect.any(String),
    hostname: hostname(),
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  });
  await expect(at.take()).rejects.toThrow(
    new RegExp(`locked by .*@${hostname()}, process ${process.pid}[\\s\\S]*pulumi-rocketchat cancel`),
  );
  expect(await at.files()).toEqual([name]);
  await lock.release();
  expect(await at.files()).toEqual([]);
  await (await at.take()).release();
});

test("a living process of this host is respected; once dead, its lock is taken over", async () => {
  const at = await setUp();
  const child = await waitingProcess();
  await at.foreign(holder(child.pid));
  await expect(at.take()).rejects.toThrow(`process ${child.pid}`);
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  const lock = await at.take();
  expect(lock.warnings).toEqual([expect.stringContaining(`process ${child.pid} (alice`)]);
  expect(await at.files()).toHaveLength(1);
});

test.runIf(process.platform === "linux")("a number that was given to a younger process counts as dead", async () => {
  const at = await setUp();
  const started = await startOfProcess(process.pid);
  expect(started?.getTime()).toBeLessThanOrEqual(Date.now() + 2000);
  await at.foreign(holder(process.pid, { timestamp: new Date(Number(started) - 60_000).toISOString() }));
  expect((await at.take()).warnings).toHaveLength(1);
});

test.each<[string, object | string]>([
  ["of another host", holder(1, { hostname: "elsewhere" })],
  ["in another form", { owner: "future" }],
  ["that is not JSON", "{"],
])("a lock %s is respected", async (_, content) => {
  const at = await setUp();
  await at.foreign(content);
  await expect(at.take()).rejects.toThrow(/locked by/);
  expect(await at.files()).toEqual(["other.json"]);
});

test("of many that start together at most one gets it, and none leaves a file behind", async () => {
  const at = await setUp();
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => at.take()));
  const got = results.filter((result) => result.status === "fulfilled");
  expect(got.length).toBeLessThanOrEqual(1);
  expect(await at.files()).toHaveLength(got.length);
});

test("releaseLocks removes locks of anybody", async () => {
  const at = await setUp();
  await at.foreign(holder(1, { hostname: "elsewhere" }));
  await releaseLocks(at.backend, "golden", "dev");
  await (await at.take()).release();
});

test("a lock comes into its place whole, so that no kill leaves a part of one", async () => {
  const at = await setUp();
  await mkdir(at.dir, { recursive: true });
  const events: string[] = [];
  const watcher = watch(at.dir, (event) => void events.push(event));
  onTestFinished(() => watcher.close());
  const lock = await at.take();
  await lock.release();
  // It comes and goes ("rename"); a write in its place would be a "change" between the two.
  await vi.waitUntil(() => events.filter((event) => event === "rename").length >= 2);
  expect(events).not.toContain("change");
});
