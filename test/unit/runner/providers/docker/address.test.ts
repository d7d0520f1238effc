import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it, vi } from "vitest";
import { addressOf } from "../../../../../provider/runner/providers/docker/address.ts";
import { dockerPackage } from "../../../../../provider/runner/providers/docker/package.ts";
import { fakeEngine } from "./fake-engine.ts";
import { recorded } from "./plugin-states.ts";

it.each([
  [{}, {}, "unix:///var/run/docker.sock", { socketPath: "/var/run/docker.sock" }],
  [{}, { DOCKER_HOST: "unix:///run/d.sock" }, "unix:///run/d.sock", { socketPath: "/run/d.sock" }],
  [
    { host: "tcp://h:1" },
    { DOCKER_HOST: "unix:///run/d.sock" },
    "tcp://h:1",
    { protocol: "http", host: "h", port: "1" },
  ],
  [{ host: "tcp://h" }, {}, "tcp://h", { protocol: "http", port: "2375" }],
  [
    { host: "tcp://h", certMaterial: "c", keyMaterial: "k", caMaterial: "a" },
    {},
    "tcp://h",
    { protocol: "https", port: "2376", ca: "a", cert: "c", key: "k" },
  ],
])("%j with %j is %s", (config, env, url, options) => {
  expect(addressOf(config, env)).toMatchObject({ url, options });
});

it.each([
  [{ host: "docker.example" }, /"docker.example" is not an address\.\n.*unix:\/\/\/path, tcp:/],
  [{ host: "ftp://x" }, /is not an address/],
  [{ host: "tcp://h", certMaterial: "c" }, /certMaterial and docker:keyMaterial go together/],
  [{ host: "tcp://h", certPath: "/no/such" }, /certificates for Docker can't be read: .*\/no\/such/],
])("refuses %j", (config, message) => {
  expect(() => addressOf(config, {})).toThrow(message);
});

/** A stand-in for `ssh` that leads to the engine's socket and notes what it was given. */
function standIn(socket: string, folder: string): string {
  const bin = path.join(folder, "bin");
  mkdirSync(bin);
  const script = `#!${process.execPath}
    const { connect } = require("node:net"), { appendFileSync } = require("node:fs");
    appendFileSync(${JSON.stringify(path.join(folder, "args"))}, process.argv.slice(2).join(" ") + "\\n");
    if (process.argv.includes("closed.example")) { console.error("Permission denied (publickey)."); process.exit(255); }
    const socket = connect(${JSON.stringify(socket)});
    process.stdin.pipe(socket); socket.pipe(process.stdout); socket.on("close", () => process.exit(0));`;
  writeFileSync(path.join(bin, "ssh"), script, { mode: 0o755 });
  return bin;
}

it("goes through the machine's ssh, with the options given", async () => {
  const { type, id, inputs, outputs, engine } = recorded("web");
  const { host, calls } = await fakeEngine(() => ({ body: engine }));
  const socket = host.slice("unix://".length);
  const folder = path.dirname(socket);
  vi.stubEnv("PATH", `${standIn(socket, folder)}${path.delimiter}${process.env.PATH}`);
  const voice = { waiting: () => {}, log: () => {} };
  const read = async (at: string) => {
    const config = { host: at, sshOpts: JSON.stringify(["-o", "BatchMode=yes"]) };
    return (await dockerPackage({ config, ...voice }).resource(type, {})).read(id, inputs, outputs);
  };
  try {
    expect((await read("ssh://me@host.example:2222")).outputs).toEqual({ ...outputs });
    expect(calls).toHaveLength(1);
    const { readFileSync } = await import("node:fs");
    const [first] = readFileSync(path.join(folder, "args"), "utf8").split("\n");
    expect(first).toBe("-o BatchMode=yes -l me -p 2222 -- host.example docker system dial-stdio");
    await expect(read("ssh://closed.example")).rejects.toThrow(
      /^The Docker host ssh:\/\/closed.example can't be reached through ssh: Permission denied \(publickey\)\.\n.*docker version/,
    );
  } finally {
    vi.unstubAllEnvs();
  }
});
