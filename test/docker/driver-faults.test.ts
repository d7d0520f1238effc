/** The Docker driver when things break off: a killed run, an engine that goes away, data that has to outlive its container. */
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DockerOptions } from "dockerode";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { PartialError } from "../../provider/runner/errors.ts";
import { addressOf } from "../../provider/runner/providers/docker/address.ts";
import { scenario } from "../support/scenario.ts";
import { docker, dockerAnswers, makeImage, removeImage, serving, shell, uniqueName } from "./busybox.ts";
import { driverLab, gone, page, running, thrown } from "./driver-lab.ts";
import { containerOf, projectOf, stateOf } from "./projects.ts";

const run = uniqueName();
const [image, newer] = [`${run}:1`, `${run}:2`];
const { container, make, checkedInputs, lines } = driverLab(run, image);

/** The engine behind a socket of the test's own, which can be cut off: what a daemon that dies looks like. */
async function cuttable() {
  const { socketPath, host, port } = addressOf({}, process.env).options as DockerOptions;
  const sockets = new Set<Socket>();
  const server = createServer((here) => {
    const there = socketPath ? connect(socketPath) : connect(Number(port), String(host));
    for (const socket of [here, there]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
    }
    here.pipe(there).pipe(here);
  });
  const file = path.join(tmpdir(), `${uniqueName()}.sock`);
  await new Promise<void>((resolve) => server.listen(file, resolve));
  const cut = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(cut);
  return { host: `unix://${file}`, cut };
}

describe.skipIf(!dockerAnswers)("The Docker driver under fire (skipped where no Docker Engine answers)", () => {
  beforeAll(() => Promise.all([makeImage(image), makeImage(newer)]));
  afterAll(() => Promise.all([removeImage(image), removeImage(newer)]));

  it("takes over what a run that was cut off has made, when it is as declared", async () => {
    const network = await make("network", {});
    const volume = await make("volume", {});
    const made = await container({
      networksAdvanced: [{ name: network.outputs.name, aliases: ["web"] }],
      volumes: [{ volumeName: volume.outputs.name, containerPath: "/data" }],
      uploads: [{ file: "/srv/page", content: "first" }],
      ports: [{ internal: 3000, ip: "127.0.0.1" }],
      envs: ["A=1"],
      labels: [{ label: "a", value: "1" }],
      healthcheck: { tests: ["CMD", "/bin/busybox", "true"], interval: "200ms" },
      wait: true,
      memory: 64,
      memorySwap: 128,
    });
    expect(await made.provider.create(made.inputs, true)).toEqual({ id: made.id, outputs: made.outputs });
    expect(await network.provider.create(network.inputs, true)).toEqual({ id: network.id, outputs: network.outputs });
    expect(await volume.provider.create(volume.inputs, true)).toEqual({ id: volume.id, outputs: volume.outputs });
    expect(lines.filter((line) => line.includes("it is taken over"))).toHaveLength(2);

    const other = { ...made.inputs, uploads: [{ file: "/srv/page", content: "second" }], envs: ["A=2"] };
    expect((await thrown(made.provider.create(other, true))).message).toMatch(/declared now: envs, uploads\.\n/);
    const inside = { ...network.inputs, internal: true };
    expect((await thrown(network.provider.create(inside, true))).message).toMatch(/declared now: internal\.\n/);
    await docker.getContainer(made.id).stop({ t: 1 });
    expect((await made.provider.create(made.inputs, true)).id).toBe(made.id);
    expect(await running(made.id)).toBe(true);
    expect(await page((await made.provider.read(made.id, made.inputs, made.outputs)).outputs)).toBe("first");
  });

  it("keeps the data in its volume when another version takes a container's place", async () => {
    const volume = await make("volume", {});
    const parts = {
      name: `${run}-server`,
      command: shell(`[ -e /srv/page ] || echo written by $VERSION > /srv/page; ${serving.at(-1)}`),
      volumes: [{ volumeName: volume.outputs.name, containerPath: "/srv" }],
      ports: [{ internal: 3000, ip: "127.0.0.1" }],
      healthcheck: { tests: ["CMD", ...shell("/bin/busybox wget -qO- http://127.0.0.1:3000/page")], interval: "200ms" },
      wait: true,
    };
    const old = await container({ ...parts, envs: ["VERSION=1"] });
    const { checked } = await checkedInputs("container", { ...parts, image: newer, envs: ["VERSION=2"] });
    expect(await old.provider.diff(old.id, old.inputs, old.outputs, checked)).toEqual({
      changes: true,
      replaces: ["image", "envs"],
      deleteBeforeReplace: true,
    });
    await old.provider.delete(old.id, old.outputs);
    const next = await old.provider.create(checked);
    expect((await docker.getContainer(next.id).inspect()).Config.Image).toBe(newer);
    expect(await page(next.outputs)).toBe("written by 1\n");
  });

  it("says in one sentence that the engine went away, and keeps what it knows", async () => {
    const { host, cut } = await cuttable();
    const never = { tests: ["CMD", ...shell("exit 1")], interval: "100ms", retries: 100, startPeriod: "1m0s" };
    const wish = { name: `${run}-lost`, healthcheck: never, wait: true };
    const { provider, checked, name } = await checkedInputs("container", wish, { host });
    const making = thrown(provider.create(checked));
    await expect.poll(() => running(name).catch(() => false), { timeout: 20_000 }).toBe(true);
    await expect
      .poll(async () => (await docker.getContainer(name).inspect()).State.Health?.Log?.length, { timeout: 20_000 })
      .toBeGreaterThan(0);
    cut();
    const error = await making;
    expect(error.message).toMatch(
      /^The Docker daemon at unix:.*\.sock went away in the middle of this\. \(.*\)\n.*run the same again/,
    );
    expect(error).toBeInstanceOf(PartialError);
    expect(await running((error as PartialError).id)).toBe(true);
    const later = await thrown(provider.read(name, checked, {}));
    expect(later.message).toMatch(/^The Docker daemon at .* went away/);
  });

  it("tells how often one ended that is started again and again, without its secrets", async () => {
    const { provider, checked } = await checkedInputs("container", {
      command: shell("echo log in as $PASSWORD refused; exit 7"),
      envs: ["PASSWORD=sesame-sesame", "MODE=production"],
      restart: "always",
      healthcheck: { tests: ["CMD", "/bin/busybox", "true"], interval: "1s" },
      wait: true,
      waitTimeout: 2,
    });
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: checked.envs };
    const error = await thrown(provider.create({ ...checked, envs: secret }));
    expect(error.message).toMatch(/it ended and was started again \d+ times, the last time with exit code 7\.\n/);
    expect(error.message).toContain("log in as [secret] refused");
    expect(error.message).not.toContain("sesame");
  });

  it("says that a limit ended it", async () => {
    const hungry = "x=12345678; while :; do x=$x$x; done";
    const health = { tests: ["CMD", "/bin/busybox", "false"], interval: "1s" };
    const error = await thrown(
      container({ command: shell(hungry), memory: 16, memorySwap: 16, healthcheck: health, wait: true }),
    );
    expect(error.message).toMatch(/it ended for using more memory than its limit with exit code \d+/);
  });

  scenario("goes on after a kill from the container that stands there", async ({ lab }) => {
    const [network, name] = [`${run}-net`, `${run}-web`];
    const project = projectOf(
      lab,
      "embedded",
      `
import * as docker from "@pulumi/docker";
const net = new docker.Network("net", { name: ${JSON.stringify(network)} });
new docker.Container("web", {
  name: ${JSON.stringify(name)}, image: ${JSON.stringify(image)}, command: ${JSON.stringify(serving)},
  networksAdvanced: [{ name: net.name }], uploads: [{ file: "/srv/page", content: "hello" }], wait: true,
  healthcheck: { tests: ${JSON.stringify(["CMD", ...shell("[ -e /srv/healthy ]")])}, interval: "200ms", startPeriod: "1m0s" },
});`,
    );
    lab.closing({
      close: () =>
        docker
          .getContainer(name)
          .remove({ force: true, v: true })
          .catch(() => {}),
    });
    const first = await project.begin("up");
    await expect.poll(() => running(name).catch(() => false), { timeout: 60_000 }).toBe(true);
    first.killGroup();
    await first.done;
    const { Id } = await docker.getContainer(name).inspect();
    const touch = await docker.getContainer(name).exec({ Cmd: shell(": > /srv/healthy") });
    await touch.start({ Detach: true });
    const { output } = await project.succeed("up");
    expect(output).toContain(
      `The container ${name} was there already, made by an earlier run that could not record it`,
    );
    expect(containerOf(project).id).toBe(Id);
    expect(stateOf(project, "web").initErrors).toBeUndefined();
    await project.succeed("preview", "--expect-no-changes");
    await project.succeed("destroy");
    expect(await gone(name)).toBe(true);
  });
});
