import { describe, expect, it } from "vitest";
import { dockerPackage } from "../../../../../provider/runner/providers/docker/package.ts";
import type { ResourceProvider } from "../../../../../provider/runner/providers/provider.ts";
import { isSecret, secret, unwrap } from "../../../../../provider/runner/state/index.ts";
import { UNKNOWN } from "../../../../../provider/runner/values.ts";
import { fakeEngine } from "./fake-engine.ts";
import { givenInputs, pluginStates, recorded } from "./plugin-states.ts";

const voice = { waiting: () => {}, log: () => {} };
/** An engine that is not there is enough for what calls nothing. */
const resource = (type: string, host = "unix:///nowhere"): Promise<ResourceProvider> =>
  dockerPackage({ config: { host, disableDockerDaemonCheck: true }, ...voice }).resource(type, {});
const container = (host?: string) => resource("docker:index/container:Container", host);
const urn = (name: string) => `urn:pulumi:dev::p::docker:index/x:X::${name}`;

/** An engine with one object, whatever it is asked for. */
const engineWith = (inspection: unknown) => fakeEngine(() => ({ body: inspection }));

describe("beside the official provider", () => {
  it.each(pluginStates)("checks the inputs of $name to the same", async ({ name, type, inputs }) => {
    const provider = await resource(type);
    const { inputs: checked, failures } = await provider.check(inputs, givenInputs(inputs), urn(name));
    expect(failures).toEqual([]);
    expect(checked).toEqual(inputs);
  });

  it.each(pluginStates)("keeps the same state of $name", async ({ name, type, id, inputs, outputs, engine }) => {
    const { host } = await engineWith(engine);
    const provider = await resource(type, host);
    const read = await provider.read(id, inputs, {});
    // The engine's choice where the program gives a limit alone: the provider takes it for a change as well.
    const chosen = name === "web" ? { memorySwap: 512 } : {};
    expect(read).toEqual({ id, outputs, inputs: { ...inputs, ...chosen } });
  });

  it.each(pluginStates)("finds nothing to do on its state of $name", async ({ type, id, inputs, outputs, engine }) => {
    const { host } = await engineWith(engine);
    const provider = await resource(type, host);
    const news = { ...inputs, ...(type.includes("Container") ? { memorySwap: outputs.memorySwap } : {}) };
    expect(await provider.diff(id, inputs, outputs, news)).toMatchObject({ changes: false, replaces: [] });
    expect(await provider.read(id, news, outputs)).toEqual({ id, outputs, inputs: news });
  });

  it("sees a container that was stopped as it does", async () => {
    const { type, id, inputs, outputs, refreshed } = recorded("web");
    const { host } = await engineWith(refreshed.engine);
    const provider = await resource(type, host);
    const read = await provider.read(id, inputs, outputs);
    for (const key of ["mustRun", "ports", "networkDatas", "memorySwap"]) {
      expect(read.outputs[key], key).toEqual(refreshed.outputs[key]);
    }
    const { __defaults } = refreshed.inputs;
    expect(read.inputs).toMatchObject({ mustRun: false, ports: [], memorySwap: 512, __defaults });
    // Put right by another one, for its ports; without ports it is started again.
    expect(await provider.diff(id, inputs, read.outputs, inputs)).toEqual({
      changes: true,
      replaces: ["ports"],
      deleteBeforeReplace: true,
    });
    const { ports: _, ...portless } = inputs;
    expect(await provider.diff(id, inputs, read.outputs, portless)).toMatchObject({ changes: true, replaces: [] });
  });

  it("takes what the provider writes on a refresh for the same", async () => {
    for (const { type, id, inputs, refreshed, engine } of pluginStates.filter(({ name }) => name !== "web")) {
      const { host } = await engineWith(engine);
      const read = await (await resource(type, host)).read(id, inputs, refreshed.outputs);
      expect(read.outputs).toEqual(refreshed.outputs);
    }
  });
});

describe("names", () => {
  it("makes one of the resource's, and keeps it as long as the program gives none", async () => {
    const provider = await resource("docker:index/network:Network");
    const { inputs } = await provider.check({}, {}, urn("net"));
    expect(inputs).toEqual({
      name: expect.stringMatching(/^net-[0-9a-f]{7}$/),
      ipamDriver: "default",
      __defaults: ["ipamDriver", "name"],
    });
    expect((await provider.check(inputs, {}, urn("net"))).inputs).toEqual(inputs);
    const given = (await provider.check(inputs, { name: "mine" }, urn("net"))).inputs;
    expect(given).toMatchObject({ name: "mine", __defaults: ["ipamDriver"] });
    expect((await provider.check(given, {}, urn("net"))).inputs.name).toMatch(/^net-/);
  });

  it("deletes first what the program names, and a container always", async () => {
    const network = await resource("docker:index/network:Network");
    const { inputs, outputs } = recorded("net");
    const internal = { ...inputs, internal: true };
    expect((await network.diff("1", inputs, outputs, internal)).deleteBeforeReplace).toBe(false);
    const named = { ...internal, name: outputs.name, __defaults: ["ipamDriver"] };
    expect((await network.diff("1", inputs, outputs, named)).deleteBeforeReplace).toBe(true);
    const bare = recorded("bare");
    const diff = await (await container()).diff("1", bare.inputs, bare.outputs, { ...bare.inputs, hostname: "h" });
    expect(diff).toEqual({ changes: true, replaces: ["hostname"], deleteBeforeReplace: true });
  });
});

describe("differences of a container", () => {
  const { inputs, outputs } = recorded("full");
  const given = inputs as Record<string, unknown[]>;
  const change = (changes: Record<string, unknown>) =>
    container().then((provider) => provider.diff("1", inputs, outputs, { ...inputs, ...changes }));
  const update = { changes: true, replaces: [] };
  const none = { changes: false, replaces: [] };

  it.each([
    ["another limit", { memory: 256 }, update],
    ["another restart policy", { restart: "always" }, update],
    ["a limit left out", { cpuShares: undefined }, update],
    ["another environment", { envs: ["A=1"] }, { changes: true, replaces: ["envs"] }],
    [
      "another port",
      { ports: [{ internal: 3001, ip: "0.0.0.0", protocol: "tcp" }, given.ports![0]] },
      { replaces: ["ports"] },
    ],
    ["a port less", { ports: [given.ports![0]] }, { replaces: ["ports"] }],
    ["another version", { image: "rocketchat/rocket.chat:8.0.0" }, { replaces: ["image"] }],
    ["what isn't known yet", { image: UNKNOWN }, { changes: true, replaces: ["image"] }],
    ["something not known in a list", { envs: ["A=1", UNKNOWN] }, { replaces: ["envs"] }],
    ["two things", { tty: false, cpuShares: 1 }, { replaces: ["tty"] }],
    ["the same in another order", { envs: ["M=3", "Z=1", "A=2"], labels: [...given.labels!].reverse() }, none],
    ["ports in another order", { ports: [...given.ports!].reverse() }, none],
    ["nothing said of what the engine chose", { hostname: undefined, securityOpts: undefined, init: undefined }, none],
    ["nothing said of the user", { user: undefined, workingDir: "" }, none],
    ["an explicit no", { init: false }, update],
  ] as const)("%s", async (_, changes, expected) => {
    expect(await change(changes as Record<string, unknown>)).toMatchObject(expected);
  });
});

describe("what is refused before anything is done", () => {
  const failures = async (inputs: Record<string, unknown>) =>
    (await (await container()).check({}, { image: "i", ...inputs }, urn("c"))).failures;

  it.each([
    ["imagee", { imagee: "x" }, /There is no such property. Allowed: .*image,/],
    ["gpus", { gpus: "all" }, /doesn't support it; use the Pulumi CLI/],
    ["attach", { attach: true }, /doesn't support it/],
    ["deviceRequests", { deviceRequests: [{}] }, /doesn't support it/],
    ["bridge", { bridge: "x" }, /no such property/],
    ["restart", { restart: "sometimes" }, /no, on-failure, always or unless-stopped/],
    ["memory", { memory: "1g" }, /a whole number/],
    ["memory", { memory: -5 }, /0 or more/],
    ["envs", { envs: "A=b" }, /a list of texts/],
    ["healthcheck.interval", { healthcheck: { interval: "soon" } }, /a duration such as/],
    ["ports[1].internal", { ports: [{ internal: 1 }, {}] }, /required, but was not given/],
    ["ports[0].port", { ports: [{ internal: 1, port: 2 }] }, /Allowed: external, internal, ip, protocol/],
    ["volumes[0].hostPath", { volumes: [{ hostPath: "rel", containerPath: "/x" }] }, /an absolute path/],
  ] as const)("%s", async (property, inputs, reason) => {
    expect(await failures(inputs)).toEqual([{ property, reason: expect.stringMatching(reason) }]);
  });

  it("a missing image, another type, a Docker context", async () => {
    const provider = await container();
    expect((await provider.check({}, {}, urn("c"))).failures).toEqual([
      { property: "image", reason: "It is required, but was not given." },
    ]);
    await expect(resource("docker:index/service:Service")).rejects.toThrow(
      "The type docker:index/service:Service of the Docker package (only Network, Volume, RemoteImage, Container are) is not supported",
    );
    const found = await dockerPackage({ config: { context: "c" }, ...voice }).resource(
      "docker:index/volume:Volume",
      {},
    );
    await expect(found.read("1", {}, {})).rejects.toThrow(/A Docker context .* is not supported/);
  });

  it("takes what isn't known yet, and refuses nothing that means nothing", async () => {
    expect(await failures({ envs: UNKNOWN, ports: [UNKNOWN], memory: UNKNOWN, attach: false, gpus: "" })).toEqual([]);
  });
});

it("keeps secrets secret, from the program to the state and back", async () => {
  const { id, inputs, engine } = recorded("web");
  const { host } = await engineWith(engine);
  const provider = await container(host);
  const envs = ["A=b", secret("PW=geheim")];
  const { inputs: checked } = await provider.check(inputs, { ...givenInputs(inputs), envs }, urn("web"));
  expect(isSecret(checked.envs)).toBe(true);
  const read = await provider.read(id, checked, {});
  expect(isSecret(read.outputs.envs)).toBe(true);
  expect(unwrap(read.outputs.envs)).toEqual(["A=b", "PW=geheim"]);
  expect((await provider.read(id, inputs, read.outputs)).outputs.envs).toEqual(read.outputs.envs);
  expect(await provider.diff(id, checked, read.outputs, { ...checked, memorySwap: 512 })).toMatchObject({
    changes: false,
  });
});

it("tells what is gone from what can't be reached", async () => {
  const { host } = await fakeEngine(() => undefined);
  for (const { type, id, inputs } of pluginStates) {
    expect(await (await resource(type, host)).read(id, inputs, {})).toEqual({ id: "", outputs: {} });
  }
  const config = { host: "unix:///nowhere/docker.sock" };
  const provider = await dockerPackage({ config, ...voice }).resource("docker:index/container:Container", {});
  const missing =
    /^Cannot connect to the Docker daemon at unix:\/\/\/nowhere\/docker.sock. Is Docker installed and running\? \(no such socket\)\n.*DOCKER_HOST/;
  await expect(provider.read("1", {}, {})).rejects.toThrow(missing);
  // A preview says it as well.
  await expect(provider.check({}, { image: "i" }, urn("c"))).rejects.toThrow(missing);
});
