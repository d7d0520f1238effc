/** Bad arguments: all of them at once, one clear sentence each, before anything is declared. */
import { execFile } from "node:child_process";
import { secret } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { requirePackage } from "../../../../provider/components/base/require.ts";
import type { RocketChatServerArgs } from "../../../../provider/components/server/args.ts";
import { checkServerArgs } from "../../../../provider/components/server/schema.ts";

const reasons = (args: object) => checkServerArgs(args as RocketChatServerArgs).map(({ reason }) => reason);

describe("arguments that can't be right", () => {
  it.each([
    ["a floating version", { version: "latest" }, /^version: must be a whole release like "8\.6\.1", but is "latest"/],
    ["half a version", { version: "8.6" }, /^version: must be a whole release .*"8\.6"/],
    ["a version of the future", { version: "9.1.0" }, /Rocket\.Chat 9\.1\.0 is not known.*update pulumi-rocketchat/],
    ["a version of the past", { version: "5.4.0" }, /Rocket\.Chat 5\.4\.0 is not known/],
    [
      "a wrong pair",
      { version: "8.6.1", mongo: { version: "7.0" } },
      /8\.6\.1 does not run on MongoDB 7\.0; allowed: 8\.0, 8\.2/,
    ],
    ["a wrong pair with the default version", { mongo: { version: "5.0" } }, /8\.6\.1 does not run on MongoDB 5\.0/],
    ["a floating database", { mongo: { version: "latest" } }, /^mongo\.version: must be a release like "8\.0"/],
    ["a slip of the pen", { memoryMB: 512 }, /^memoryMB: no such argument; did you mean "memoryMb"\?/],
    ["a slip below", { mongo: { autth: true } }, /^mongo\.autth: no such argument; did you mean "auth"\?/],
    [
      "an address without scheme",
      { rootUrl: "chat.example.com" },
      /^rootUrl: must match .*but is "chat\.example\.com"/,
    ],
    ["a port", { port: 70_000 }, /^port: must be at most 65535/],
    ["a reserved admin", { adminUsername: "Administrator" }, /^adminUsername: "Administrator" is reserved/],
    [
      "a password without a lock",
      { mongo: { password: "x" } },
      /^mongo\.password: is used with `mongo\.auth: true` only/,
    ],
    ["a remote host without address", { host: "ssh://ops@box" }, /^host: .*`rootUrl` or `connectionUrl`/],
    ["a host without scheme", { host: "box" }, /^host: must match/],
    [
      "a variable of the component",
      { env: { ROOT_URL: "x" } },
      /^env\.ROOT_URL: is set by the component; use `rootUrl`/,
    ],
    ["a setting said twice", { settings: { A: 1 }, env: { OVERWRITE_SETTING_A: "2" } }, /use `settings\.A`/],
    ["no name of a variable", { env: { "A B": "2" } }, /^env\.A B: is no name of an environment variable/],
    ["a relative archive", { restoreFrom: "backup.gz" }, /^restoreFrom: must match/],
    [
      "a domain with a scheme",
      { https: { domain: "https://x", email: "a@example.com" } },
      /^https\.domain: must match/,
    ],
    ["https without e-mail", { https: { domain: "x.example.com" } }, /^https\.email: is required/],
    ["a relative folder of data", { mongo: { data: "./db" } }, /^mongo\.data: must match/],
    [
      "a relative path in the container",
      { volumes: [{ source: "a", target: "b" }] },
      /^volumes\[0\]\.target: must match/,
    ],
    ["a name that Docker refuses", { namePrefix: "-x" }, /^namePrefix: must match/],
  ])("%s", (_what, args, message) => {
    const found = reasons(args);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });

  it("are reported together", () => {
    expect(reasons({ port: 0, memoryMb: "big", nope: 1 })).toHaveLength(3);
  });

  it("never show a secret", () => {
    expect(reasons({ adminPassword: 4711 }).join()).not.toContain("4711");
    expect(reasons({ env: { TOKEN: 4711 } }).join()).not.toContain("4711");
    expect(reasons({ adminPassword: 4711, env: { TOKEN: 4711 } })).toHaveLength(2);
  });

  it("are not judged before they are known", () => {
    expect(reasons({ version: secret("latest"), port: Promise.resolve(0), mongo: { version: secret("1.0") } })).toEqual(
      [],
    );
    expect(reasons({ version: secret("8.6.1"), mongo: { version: "5.0" } })).toEqual([]);
  });

  it("leaves good ones alone", () => {
    expect(reasons({})).toEqual([]);
    expect(reasons({ version: "8.7.0-rc.1", mongo: { version: "8.0.4", auth: true, password: "x" } })).toEqual([]);
    expect(reasons({ version: "7.13.2", mongo: { version: "8.0" } })).toEqual([]);
    expect(reasons({ env: { FOO: "1" }, backup: true, nats: true, https: undefined })).toEqual([]);
  });
});

/** Runs a program of its own with Node and gives back what it printed. */
const run = (program: string): Promise<string> =>
  new Promise((resolve, reject) => {
    // Pulumi makes a failure of an end with resources that wait; what was printed counts.
    execFile(process.execPath, ["--input-type=module", "-e", program], (error, stdout) =>
      stdout === "" ? reject(error) : resolve(stdout.trim()),
    );
  });

const href = (path: string) => JSON.stringify(new URL(`../../../../${path}`, import.meta.url).href);

describe("a program with such arguments", () => {
  it("ends with one message for all of them, and declares nothing of the server", async () => {
    const output = await run(`
      import * as pulumi from "@pulumi/pulumi";
      import { RocketChatServer, Channel } from ${href("provider/index.ts")};
      const made = [];
      await pulumi.runtime.setMocks({
        newResource: ({ name, inputs }) => { made.push(name); return { id: name, state: inputs }; },
        call: () => ({}),
      });
      process.once("uncaughtException", (error) => {
        console.log(JSON.stringify({ run: pulumi.RunError.isInstance(error), message: error.message, made }));
        process.exit(0);
      });
      const server = new RocketChatServer("chat", { version: "latest", port: "high", adminPassword: "short" });
      new Channel("news", { nme: "news" }, { provider: server.connection });
    `);
    const { run: isRunError, message, made } = JSON.parse(output);
    expect(isRunError).toBe(true);
    expect(message).toMatch(/^5 invalid arguments; nothing was changed\.\n/);
    expect(message).toContain('- RocketChatServer "chat": port: must be a number, but is "high"');
    expect(message).toContain('- RocketChatServer "chat": version: must be a whole release');
    expect(message).toContain('- RocketChatServer "chat": adminPassword: must have at least 12 characters, but has 5.');
    expect(message).toContain('- Channel "news": nme: no such argument');
    expect(made.filter((name: string) => name !== "chat")).toEqual([]);
  });
});

describe("a good server beside something invalid", () => {
  it("is not begun", async () => {
    const output = await run(`
      import * as pulumi from "@pulumi/pulumi";
      import { RocketChatServer, Channel } from ${href("provider/index.ts")};
      const made = [];
      await pulumi.runtime.setMocks({
        newResource: ({ name, inputs }) => { made.push(name); return { id: name, state: inputs }; },
        call: () => ({}),
      });
      process.once("uncaughtException", async (error) => {
        // Many times what a registration takes: without the gate all of the server's first resources are made by then.
        for (let turn = 0; turn < 500; turn++) await new Promise((resolve) => setImmediate(resolve));
        console.log(JSON.stringify({ message: error.message, made }));
        process.exit(0);
      });
      const server = new RocketChatServer("chat", { nats: true });
      new Channel("news", { nme: "news" }, { provider: server.connection });
    `);
    const { message, made } = JSON.parse(output);
    expect(message).toContain('Channel "news": nme: no such argument');
    expect(made).toEqual(["chat"]);
  });
});

describe("the packages that only components need", () => {
  it("are named when they are missing", () => {
    expect(requirePackage("@pulumi/none-such")).toEqual({
      missing: expect.stringMatching(/^needs the package @pulumi\/none-such, .*`npm install @pulumi\/none-such`/),
    });
  });

  it("are loaded by nothing else", async () => {
    const output = await run(`
      import { createRequire } from "node:module";
      await import(${href("provider/index.ts")});
      const loaded = Object.keys(createRequire(import.meta.url).cache);
      console.log(loaded.some((file) => file.includes("/@pulumi/pulumi/")), loaded.filter((file) => /@pulumi.(docker|kubernetes)/.test(file)).length);
    `);
    expect(output).toBe("true 0");
  });
});
