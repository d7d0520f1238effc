/** What the driver asks an engine for, and what it makes of its refusals, without a real one. */
import { describe, expect, it, vi } from "vitest";
import { PartialError } from "../../../../../provider/runner/errors.ts";
import type { Call } from "./fake-engine.ts";
import { recorded } from "./plugin-states.ts";
import { CONTAINER, on, refused, thrown, willing } from "./support.ts";

describe("a container", () => {
  const { inputs, engine, id, outputs } = recorded("full");

  it("is made with all that the program says", async () => {
    const { provider, calls } = await willing();
    expect(await provider.create(inputs)).toEqual({ id, outputs });
    expect(calls.map(({ method, path }) => `${method} ${path.replace(id, "ID")}`)).toEqual([
      "GET /images/rocketchat/rocket.chat:8.1.0/json",
      "POST /containers/create",
      "POST /networks/bridge/disconnect",
      `POST /networks/${recorded("fixed").id}/connect`,
      "PUT /containers/ID/archive",
      "POST /containers/ID/start",
      "GET /containers/ID/json",
    ]);
    const { query, body } = calls[1]!;
    expect(query).toEqual({ name: "rec-full" });
    expect(body).toMatchObject({
      Image: "rocketchat/rocket.chat:8.1.0",
      Cmd: ["node", "/app/server.js", "z"],
      Entrypoint: ["/bin/env"],
      Env: ["Z=1", "A=2", "M=3"],
      Labels: { z: "1", a: "2" },
      ExposedPorts: { "53/udp": {}, "3000/tcp": {} },
      Volumes: { "/h": {}, "/v": {}, "/anon": {} },
      StopTimeout: 7,
      Tty: true,
      HostConfig: {
        Binds: ["/etc:/h:ro", "rec-volume:/v:rw"],
        PortBindings: {
          "53/udp": [{ HostIp: "127.0.0.1", HostPort: "13957" }],
          "3000/tcp": [{ HostIp: "0.0.0.0", HostPort: "" }],
        },
        RestartPolicy: { Name: "on-failure", MaximumRetryCount: 3 },
        Memory: 128 * 2 ** 20,
        MemorySwap: 256 * 2 ** 20,
        MemoryReservation: 64 * 2 ** 20,
        NanoCpus: 5e8,
        CapDrop: ["ALL"],
        ExtraHosts: ["other:10.0.0.1", "b:10.0.0.2"],
        Ulimits: [{ Name: "nofile", Soft: 1000, Hard: 2000 }],
        Init: true,
        Tmpfs: { "/tmp": "rw", "/run": "rw" },
        LogConfig: { Type: "json-file", Config: { "max-size": "1m" } },
      },
    });
    expect(calls[3]!.body).toMatchObject({
      Container: id,
      EndpointConfig: { Aliases: ["b", "a"], IPAMConfig: { IPv4Address: "172.30.7.9" } },
    });
    expect(String(calls[4]!.body)).toMatch(/^etc\/hello\0+0000600\0.*ustar.*hi\0/s);
  });

  it.each([
    [
      "POST",
      "/containers/create",
      409,
      'Conflict. The container name "/rec-full" is already in use by container "0123456789abcdef".',
      /there already \(191919191919\)\. It is not this stack's\.\n.*docker rm -f rec-full\..*pulumi import docker:index\/container:Container/s,
      0,
    ],
    [
      "POST",
      "/containers/create",
      400,
      "invalid volume specification",
      /can't be made: invalid volume specification/,
      0,
    ],
    [
      "POST",
      `/containers/${id}/start`,
      500,
      "driver failed: Bind for 127.0.0.1:13957 failed: port is already allocated",
      /the port 127.0.0.1:13957 is in use by another container/,
      1,
    ],
    [
      "POST",
      `/containers/${id}/start`,
      500,
      "driver failed: listen tcp4 127.0.0.1:80: bind: address already in use",
      /the port 127.0.0.1:80 is in use by another program/,
      1,
    ],
    ["POST", `/containers/${id}/start`, 500, "exec: no such file", /can't be started: exec: no such file/, 1],
    [
      "PUT",
      `/containers/${id}/archive`,
      400,
      "container rootfs is marked read-only",
      /container rootfs is marked read-only/,
      1,
    ],
    [
      "POST",
      `/networks/${recorded("fixed").id}/connect`,
      404,
      "no",
      /can't be connected to the network .*: there is no such network/,
      1,
    ],
  ] as const)("%s %s refused with %i: %s", async (method, path, status, message, said, removals) => {
    const { provider, calls } = await willing((call) =>
      call.method === method && call.path === path ? refused(status, message) : undefined,
    );
    expect((await thrown(provider.create(inputs))).message).toMatch(said);
    expect(calls.filter((call) => call.method === "DELETE")).toHaveLength(removals);
  });

  it("is changed in place in its limits only, with a swap that fits", async () => {
    const { provider, calls } = await willing();
    await provider.update(id, inputs, outputs, { ...inputs, destroyGraceSeconds: 3 });
    expect(calls.filter(({ method }) => method === "POST")).toEqual([]);
    const { memorySwap: _, ...rest } = inputs;
    const changed = await provider.update(id, inputs, outputs, { ...rest, memory: 512 });
    expect(changed).toMatchObject({ memory: 512, memorySwap: null, hostname: "full", envs: outputs.envs });
    const [update] = calls.filter(({ path }) => path.endsWith("/update"));
    expect(update!.body).toMatchObject({ Memory: 2 ** 29, MemorySwap: 2 ** 30, RestartPolicy: { Name: "on-failure" } });
  });

  it("keeps a swap limit that a host without swap accounting dropped", async () => {
    const HostConfig = { ...(engine.HostConfig as object), MemorySwap: -1 };
    for (const SwapLimit of [false, true]) {
      const { provider } = await willing(({ method, path }) => {
        if (path === "/info") return { body: { SwapLimit } };
        return method === "GET" && path.includes(id) ? { body: { ...engine, HostConfig } } : undefined;
      });
      expect((await provider.create(inputs)).outputs.memorySwap).toBe(SwapLimit ? -1 : 256);
      const read = await provider.read(id, inputs, outputs);
      expect((await provider.diff(id, inputs, read.outputs, inputs)).changes).toBe(SwapLimit);
    }
  });

  it("is given its time to stop, and being gone is no error", async () => {
    const { provider, calls } = await on(CONTAINER, ({ path }) =>
      path.endsWith("/wait") ? { body: {} } : refused(404, "gone"),
    );
    await provider.delete(id, { ...outputs, destroyGraceSeconds: 30 });
    expect(calls.map(({ query }) => query)).toMatchObject([{ t: "30" }, { force: "true", v: "false" }, {}]);
  });

  it("is not waited for any longer after a ^C, and is kept", async () => {
    const stop = new AbortController();
    const State = { Running: true, Status: "running", ExitCode: 0, Health: { Status: "starting", Log: [] } };
    const { provider } = await willing(({ path, method }) => {
      if (method !== "GET" || !path.includes(id)) return undefined;
      stop.abort();
      return { body: { ...engine, State } };
    }, stop.signal);
    const error = await thrown(provider.create({ ...inputs, wait: true, waitTimeout: 600 }));
    expect(error).toBeInstanceOf(PartialError);
    expect(error).toMatchObject({ id, message: 'The container "rec-full" was not waited for any longer.' });
  });

  it("that is not healthy in time stays, and its state with it", async () => {
    const State = { Running: true, Status: "running", ExitCode: 0, Health: { Status: "starting", Log: [] } };
    const framed = Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, 6]), Buffer.from("hello\n")]);
    const { provider, calls, lines } = await willing(({ path, method }) => {
      if (path.endsWith("/logs")) return { body: framed };
      if (method === "GET" && path.includes(id))
        return { body: { ...engine, State, Config: { ...(engine.Config as object), Tty: false } } };
      return undefined;
    });
    const error = await thrown(provider.create({ ...inputs, wait: true, waitTimeout: 0 }));
    expect(error).toBeInstanceOf(PartialError);
    expect(error).toMatchObject({ id, outputs: { name: "rec-full", mustRun: true } });
    expect(error.message).toMatch(
      /its health is "starting" after 0 s\.\nIts last log lines:\n {4}hello\n.*waitTimeout/s,
    );
    expect(calls.some(({ method }) => method === "DELETE")).toBe(false);
    expect(lines).toContain("Waiting up to 0 s for the container rec-full to be healthy.");
  });
});

describe("what is still in use", () => {
  it.each([
    [
      "Network",
      (call: Call) =>
        call.method === "DELETE"
          ? refused(403, "network x has active endpoints")
          : { body: { Containers: { 1: { Name: "web" } } } },
    ],
    [
      "Volume",
      (call: Call) =>
        call.method === "DELETE" ? refused(409, "volume is in use - [1]") : { body: [{ Id: "1", Names: ["/web"] }] },
    ],
  ])("%s: it waits, then says by whom", async (kind, answer) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "performance"], shouldAdvanceTime: true, advanceTimeDelta: 5 });
    try {
      const { provider, calls } = await on(`docker:index/${kind.toLowerCase()}:${kind}`, answer);
      const end = thrown(provider.delete("x", { name: "x" }));
      let over = false;
      void end.then(() => {
        over = true;
      });
      while (!over) await vi.advanceTimersByTimeAsync(2_000);
      expect((await end).message).toMatch(/"x" is still in use by web, so it can't be removed\./);
      expect(calls.length).toBeGreaterThan(2);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("an image", () => {
  const type = "docker:index/remoteImage:RemoteImage";
  const { inputs, engine, id, outputs } = recorded("kept");

  it("is pulled where it isn't there, with the registry's credentials, telling how far it is", async () => {
    let pulled = false;
    const events = [
      { status: "Pulling fs layer", id: "a" },
      { status: "Pulling fs layer", id: "b" },
      { status: "Pull complete", id: "a" },
      { status: "Pull complete", id: "b" },
      { status: "Status: Downloaded newer image" },
    ];
    const registryAuth = JSON.stringify([{ address: "docker.io", username: "me", password: "pw" }]);
    const { provider, calls, lines } = await on(
      type,
      ({ method }) => {
        if (method === "GET") return pulled ? { body: engine } : undefined;
        pulled = true;
        return { body: events.map((event) => `${JSON.stringify(event)}\n`).join("") };
      },
      { registryAuth },
    );
    expect(await provider.create(inputs)).toEqual({ id, outputs });
    expect(calls[1]).toMatchObject({
      path: "/images/create",
      query: { fromImage: "rocketchat/rocket.chat", tag: "8.0.0" },
      auth: { username: "me", password: "pw" },
    });
    expect(lines).toEqual([
      "Pulling the image rocketchat/rocket.chat:8.0.0",
      "rocketchat/rocket.chat:8.0.0: 1 of 2 layers",
      "rocketchat/rocket.chat:8.0.0: 2 of 2 layers",
      "rocketchat/rocket.chat:8.0.0: pulled",
    ]);
    expect(JSON.stringify(lines)).not.toContain("pw");
  });

  it.each([
    [
      { status: 404, body: { message: "manifest unknown" } },
      /can't be pulled: manifest unknown\n.*Check the name and the version/,
    ],
    [{ status: 500, body: { message: "lookup registry-1.docker.io: no such host" } }, /no such host\n.*`docker load`/],
    [{ body: `${JSON.stringify({ error: "unexpected EOF" })}\n` }, /can't be pulled: unexpected EOF/],
  ])("can't be pulled: %j", async (answer, message) => {
    const { provider } = await on(type, ({ method }) => (method === "GET" ? undefined : answer));
    expect((await thrown(provider.create(inputs))).message).toMatch(message);
  });

  it("stays where it is when it is to be kept", async () => {
    const { provider, calls } = await on(type, () => ({ body: [] }));
    await provider.delete(id, outputs);
    expect(calls).toEqual([]);
    await provider.delete(id, { ...outputs, keepLocally: false });
    expect(calls).toMatchObject([{ method: "DELETE", path: "/images/rocketchat/rocket.chat:8.0.0" }]);
  });
});
