/** The Docker driver on a real Docker Engine, with an image made of one file: skipped by name where there is none. */
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { PartialError } from "../../provider/runner/errors.ts";
import { docker, dockerAnswers, makeImage, removeImage, shell, uniqueName } from "./busybox.ts";
import { driverLab, gone, page, published, running, thrown } from "./driver-lab.ts";

const run = uniqueName();
const image = `${run}:1`;
const { lines, make, container, provider: providerOf } = driverLab(run, image);

describe.skipIf(!dockerAnswers)("The Docker driver (skipped where no Docker Engine answers)", () => {
  beforeAll(() => makeImage(image));
  afterAll(() => removeImage(image));

  it("makes, reads, changes, starts again and deletes what a server needs", async () => {
    const network = await make("network", {});
    const volume = await make("volume", {});
    const found = await make("image", { name: image, keepLocally: true });
    expect(found.outputs.imageId).toMatch(/^sha256:/);
    const made = await container({
      image: found.outputs.imageId,
      networksAdvanced: [{ name: network.outputs.name, aliases: ["web"] }],
      volumes: [{ volumeName: volume.outputs.name, containerPath: "/data" }],
      uploads: [{ file: "/srv/page", content: "first" }],
      ports: [{ internal: 3000, ip: "127.0.0.1" }],
      healthcheck: {
        tests: ["CMD", ...shell("/bin/busybox wget -qO- http://web:3000/page")],
        interval: "200ms",
        retries: 50,
      },
      wait: true,
      memory: 64,
      memorySwap: 64,
    });
    const { provider, id, inputs, outputs } = made;
    expect(await page(outputs)).toBe("first");
    expect(await provider.read(id, inputs, outputs)).toEqual({ id, outputs, inputs });
    expect(await provider.diff(id, inputs, outputs, inputs)).toMatchObject({ changes: false });

    const bigger = { ...inputs, memory: 128, memorySwap: 128, restart: "unless-stopped" };
    expect(await provider.diff(id, inputs, outputs, bigger)).toMatchObject({ changes: true, replaces: [] });
    const updated = await provider.update(id, inputs, outputs, bigger);
    expect((await provider.read(id, bigger, updated)).outputs).toMatchObject({
      memory: 128,
      restart: "unless-stopped",
    });

    await docker.getContainer(id).stop({ t: 1 });
    const drifted = await provider.read(id, bigger, updated);
    expect(drifted.outputs).toMatchObject({ mustRun: false, ports: [] });
    expect(await provider.diff(id, bigger, drifted.outputs, bigger)).toMatchObject({ replaces: ["ports"] });

    await provider.delete(id, drifted.outputs);
    expect(await gone(id)).toBe(true);
    expect(await provider.read(id, inputs, outputs)).toEqual({ id: "", outputs: {} });
    await provider.delete(id, outputs);
    for (const part of [found, network, volume]) await part.provider.delete(part.id, part.outputs);
    expect(await network.provider.read(network.id, network.inputs, network.outputs)).toEqual({ id: "", outputs: {} });
    expect(await volume.provider.read(volume.id, volume.inputs, volume.outputs)).toEqual({ id: "", outputs: {} });
    expect((await docker.getImage(image).inspect()).Id).toBe(found.outputs.imageId);
  });

  it("starts a stopped container without ports again", async () => {
    const { provider, id, inputs, outputs } = await container({});
    await docker.getContainer(id).stop({ t: 1 });
    const drifted = await provider.read(id, inputs, outputs);
    expect(drifted.outputs).toMatchObject({ mustRun: false });
    expect(await provider.diff(id, inputs, drifted.outputs, inputs)).toMatchObject({ changes: true, replaces: [] });
    const updated = await provider.update(id, inputs, drifted.outputs, inputs);
    expect(updated.mustRun).toBe(true);
    expect(await running(id)).toBe(true);
    expect(await provider.diff(id, inputs, updated, inputs)).toMatchObject({ changes: false });
  });

  it("keeps a container that does not become healthy, with its last words, and tries again", async () => {
    const healthcheck = { tests: ["CMD", ...shell("echo not yet; exit 1")], interval: "200ms", retries: 1 };
    const script = "for i in $(/bin/busybox seq 30); do echo line $i; done; /bin/busybox sleep 60";
    const attempt = container({ healthcheck, command: shell(script), wait: true, waitTimeout: 1 });
    const error = await thrown(attempt);
    expect(error).toBeInstanceOf(PartialError);
    expect(error.message).toMatch(
      /did not become healthy: its health is "\w+" after 1 s\.\nIts health check said: not yet/,
    );
    expect(error.message).toMatch(/Its last log lines:\n {4}line 11\n(.*\n)+ {4}line 30\n/);
    expect(error.message).not.toContain("line 10\n");
    const { id, outputs } = error as PartialError;
    expect(await running(id)).toBe(true);
    const provider = await providerOf("container");
    const again = provider.update(id, outputs, outputs, outputs);
    await expect(again).rejects.toThrow("did not become healthy");
    await docker.getContainer(id).stop({ t: 0 });
    const patient = { ...outputs, wait: false };
    await provider.update(id, outputs, outputs, patient);
    expect(await running(id)).toBe(true);
  });

  it("says how a container ended that was to be waited for", async () => {
    const healthcheck = { tests: ["CMD", ...shell("exit 1")], interval: "200ms" };
    const error = await thrown(container({ healthcheck, command: shell("echo no database; exit 3"), wait: true }));
    expect(error.message).toMatch(
      /did not become healthy: it ended with exit code 3\.\n.*last log lines:\n {4}no database/s,
    );
  });

  it("refuses to wait for what has no health check", async () => {
    const error = await thrown(container({ wait: true }));
    expect(error.message).toMatch(/has no health check to wait for\.\n.*`healthcheck`/);
  });

  it("says whose a name or a port is, and leaves nothing behind", async () => {
    const { name } = await container({ name: `${run}-mine` });
    const conflict = await thrown(container({ name }));
    expect(conflict.message).toMatch(
      /^A container named "driver-\w+-mine" is there already \(\w{12}\)\. It is not this stack's\.\n/,
    );
    expect(await running(name)).toBe(true);

    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const taken = `${run}-taken`;
    const error = await thrown(
      container({ name: taken, ports: [{ internal: 3000, external: port, ip: "127.0.0.1" }] }),
    );
    expect(error.message).toContain(`can't be started: the port 127.0.0.1:${port} is in use by another program.\n`);
    expect(await gone(taken)).toBe(true);

    const other = await container({ ports: [{ internal: 3000, ip: "127.0.0.1" }] });
    const external = published(other.outputs);
    const again = await thrown(container({ name: taken, ports: [{ internal: 3000, external, ip: "127.0.0.1" }] }));
    expect(again.message).toContain(`the port 127.0.0.1:${external} is in use by the container "${other.name}".`);

    const network = await make("network", {});
    const same = await thrown(make("network", { name: network.name }));
    expect(same.message).toMatch(
      /^A network named ".*" is there already \(\w{12}\)\. It is not this stack's\.\n.*docker network rm/,
    );
  });

  it("says which network or image is missing, and which image is in use", async () => {
    const lost = await thrown(container({ name: `${run}-lost`, networksAdvanced: [{ name: "no-such-network" }] }));
    expect(lost.message).toMatch(/^The container "driver-\w+-lost" can't be (connected|started).*no-such-network/);
    expect(await gone(`${run}-lost`)).toBe(true);

    const missing = await thrown(make("image", { name: "127.0.0.1:1/no/such:1" }));
    expect(missing.message).toMatch(/^The image 127.0.0.1:1\/no\/such:1 can't be pulled: .*\n.*registry/);
    expect(lines).toContain("Pulling the image 127.0.0.1:1/no/such:1");

    const used = await make("image", { name: image });
    await container({});
    const error = await thrown(used.provider.delete(used.id, used.outputs));
    expect(error.message).toMatch(/^The image .* can't be removed: conflict.*\n.*keepLocally/s);
  });
});
