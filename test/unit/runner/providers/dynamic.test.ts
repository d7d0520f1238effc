import path from "node:path";
import { expect, it } from "vitest";
import { messageOf, PartialError } from "../../../../provider/runner/errors.ts";
import { dynamicPackage } from "../../../../provider/runner/providers/dynamic.ts";
import type { ResourceProvider } from "../../../../provider/runner/providers/provider.ts";
import { createProviders } from "../../../../provider/runner/providers/registry.ts";
import { secret } from "../../../../provider/runner/state/index.ts";
import { UNKNOWN } from "../../../../provider/runner/values.ts";

const folder = path.join(import.meta.dirname, "../../../fixtures/runner/app");
const make = (config: Record<string, unknown> = {}) => dynamicPackage({ config, folder, project: "p" });
const provider = (body: string, config?: Record<string, unknown>) => {
  const loader = `exports.handler = () => (${body});`;
  return make(config)
    .resource("t", { __provider: loader })
    .then((found) => ({ found, loader }));
};

it("gives handlers plain values and marks what comes back", async () => {
  const { found, loader } = await provider("{ create: async (i) => ({ id: i.pw, outs: { ...i, echo: i.pw } }) }");
  expect(await found.create({ pw: secret("x"), __provider: loader })).toEqual({
    id: "x",
    outputs: { pw: secret("x"), echo: "x", __provider: loader },
  });
});

it("passes unknowns on, and inputs as they are where there is no check", async () => {
  const { found, loader } = await provider("{}");
  expect(await found.check({}, { a: UNKNOWN, pw: secret(1) }, "urn")).toEqual({
    inputs: { a: UNKNOWN, pw: secret(1), __provider: loader },
    failures: [],
  });
  expect(await found.diff("id", {}, {}, {})).toEqual({ changes: undefined, replaces: [], deleteBeforeReplace: false });
  expect(await found.read("id", {}, { a: 1 })).toEqual({ id: "id", outputs: { a: 1 } });
});

it("configures each handler once, with the provider's inputs opened", async () => {
  const code = `{
    configure(request) { this.times = (this.times ?? 0) + 1; this.config = request.config; },
    async read(id) { return { id, props: { times: this.times, key: this.config.get("a:key"), own: this.config.get("own") } }; },
  }`;
  const loader = `exports.handler = () => (${code});`;
  const made = make({ "a:key": secret("k"), "p:own": "o" });
  const [first, second] = await Promise.all([
    made.resource("t", { __provider: loader }),
    made.resource("t", { __provider: loader }),
  ]);
  for (const found of [first, second]) {
    expect((await found.read("1", {}, {})).outputs).toMatchObject({ times: 1, key: "k", own: "o" });
  }
});

it("keeps an object that was made in part, and one whose outputs can't be stored", async () => {
  const partial = `{ create: async () => { throw Object.assign(new Error("x"), { id: "1", properties: { a: 1 }, reasons: ["why"] }); } }`;
  const { found, loader } = await provider(partial);
  const error = await found.create({}).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PartialError);
  expect(error).toMatchObject({ id: "1", outputs: { a: 1, __provider: loader }, reasons: ["why"] });

  const bad = await provider('{ create: async () => ({ id: "2", outs: { a: { b: undefined }, c: 1 } }) }');
  const refused = await bad.found.create({}).catch((thrown: unknown) => thrown);
  expect(refused).toBeInstanceOf(PartialError);
  expect(refused).toMatchObject({ id: "2", outputs: { c: 1 }, message: expect.stringContaining('"a.b"') });
});

it("takes an answer without id as gone, and a plain error as it is", async () => {
  const { found } = await provider("{ read: async () => ({}), delete: async () => { throw new Error('no') } }");
  expect(await found.read("1", {}, { a: 1 })).toEqual({ id: "", outputs: {} });
  await expect(found.delete("1", {})).rejects.toThrow("no");
});

it("says in one line what is wrong with a loader", async () => {
  await expect(make().resource("x:T", {})).rejects.toThrow(/A resource of type x:T has no provider code/);
  await expect(make().resource("x:T", { __provider: 'require("not-there")' })).rejects.toThrow(
    /The provider's code can't be loaded from .*: Cannot find module 'not-there'/,
  );
});

it("disposes what was made, once", async () => {
  const ended: string[] = [];
  const providers = createProviders({
    x: () => ({ resource: () => Promise.reject(new Error("none")), dispose: async () => void ended.push("x") }),
  });
  providers.configure("urn:a", "x", {});
  providers.configure("urn:b", "x", { a: UNKNOWN });
  expect([providers.isConfigured("urn:b"), providers.package("urn:b")]).toEqual([true, undefined]);
  await providers.dispose();
  await providers.dispose();
  expect(ended).toEqual(["x"]);
});

it.each([
  ["check", "{ async check() {} }", (found: ResourceProvider) => found.check({}, {}, "urn")],
  ["diff", "{ async diff() {} }", (found: ResourceProvider) => found.diff("1", {}, {}, {})],
  ["create", "{ async create() {} }", (found: ResourceProvider) => found.create({})],
  ["read", "{ async read() {} }", (found: ResourceProvider) => found.read("1", {}, { a: 1 })],
])("takes nothing as an answer of %s for a mistake, not for an answer", async (method, code, act) => {
  const { found } = await provider(code);
  await expect(act(found)).rejects.toThrow(`${method} gave back nothing`);
});

it("does without update, delete, diff and read; not without create, nor without an id", async () => {
  const { found, loader } = await provider("{}");
  expect(await found.update("1", {}, { a: 1 }, { a: 2 })).toEqual({ __provider: loader });
  await expect(found.delete("1", {})).resolves.toBeUndefined();
  await expect(found.create({})).rejects.toThrow("has no method `create`");
  for (const id of ['""', "5", "undefined"]) {
    const { found: nameless } = await provider(`{ create: async () => ({ id: ${id} }) }`);
    await expect(nameless.create({})).rejects.toThrow("create gave back no id");
  }
});

it("never shares an instance: not between providers, nor between a preview and its update", async () => {
  const code = "{ n: 0, create: async function () { this.n += 1; return { id: String(this.n) }; } }";
  const loader = `exports.handler = () => (${code});`;
  const [first, second] = [make(), make()];
  const ids = async (from: ReturnType<typeof make>) =>
    (await (await from.resource("t", { __provider: loader })).create({})).id;
  expect([await ids(first), await ids(first), await ids(second)]).toEqual(["1", "2", "1"]);
});

it.each([
  ["a string", '"just text"', "just text"],
  ["a plain object", '{ message: "said so" }', "said so"],
  ["nothing", "undefined", "an error without a message"],
  ["an error without a message", "new TypeError()", "TypeError"],
])("has a message for whatever a handler throws: %s", async (_title, thrown, message) => {
  const { found } = await provider(`{ create: async () => { throw ${thrown}; } }`);
  expect(messageOf(await found.create({}).catch((error: unknown) => error))).toBe(message);
});
