/** The deployment over a provider made of functions, in memory: what it asks, in which order, what it keeps. */
import { beforeEach, expect, it } from "vitest";
import { Deployment } from "../../../provider/runner/deployment.ts";
import { UnknownOutcomeError } from "../../../provider/runner/errors.ts";
import type { RunEvent } from "../../../provider/runner/events.ts";
import { emptyGoal, type Goal } from "../../../provider/runner/goal.ts";
import { type Ledger, previewLedger } from "../../../provider/runner/ledger.ts";
import type { ResourceProvider } from "../../../provider/runner/providers/provider.ts";
import { createProviders } from "../../../provider/runner/providers/registry.ts";
import type { Resource } from "../../../provider/runner/state/index.ts";

let calls: string[];
let events: RunEvent[];
let provider: ResourceProvider;
beforeEach(() => {
  calls = [];
  events = [];
  provider = {
    check: async (_olds, news) => ({ inputs: news, failures: [] }),
    diff: async () => ({ changes: undefined, replaces: [], deleteBeforeReplace: false }),
    async create(inputs) {
      calls.push(`create ${inputs.name}`);
      return { id: `id-${inputs.name}`, outputs: { ...inputs, made: true } };
    },
    async update(id, _inputs, _outputs, news) {
      calls.push(`update ${id}`);
      return news;
    },
    read: async (id, _inputs, outputs) => ({ id, outputs }),
    delete: async (id) => void calls.push(`delete ${id}`),
  };
});

/** In memory, but with calls: what is on disk is the store's matter. */
function ledgerOf(resources: readonly Resource[], pending: Ledger["pending"] = []): Ledger {
  const memory = previewLedger({ resources, pending });
  return {
    get resources() {
      return memory.resources;
    },
    live: memory.live,
    pending,
    record: memory.record,
    begin: async ({ type, resource }) => {
      calls.push(`begin ${type} ${resource.urn.split("::").pop()}`);
      return { seq: calls.length, type, urn: resource.urn };
    },
    finish: async (_operation, change) => memory.record(change),
    fail: async ({ urn }) => void calls.push(`fail ${urn.split("::").pop()}`),
  };
}

function deploy(
  resources: readonly Resource[] = [],
  dryRun = false,
  continueOnError = false,
  pending: Ledger["pending"] = [],
) {
  const ledger = ledgerOf(resources, pending);
  const providers = createProviders({ x: () => ({ resource: async () => provider, dispose: async () => {} }) });
  const deployment = new Deployment({
    project: "p",
    stack: "dev",
    dryRun,
    parallel: 4,
    continueOnError,
    ledger,
    providers,
    listener: (event) => events.push(event),
    defaultInputs: () => ({ region: "here" }),
  });
  return { deployment, ledger };
}

const goal = (name: string, more: Partial<Goal> = {}): Goal => ({
  ...emptyGoal,
  type: "x:m:T",
  name,
  inputs: { name },
  ...more,
});
const messages = () => events.flatMap((event) => ("message" in event ? [event.message] : []));

it("announces before it calls, and gives the program what was made", async () => {
  const { deployment, ledger } = deploy();
  expect(await deployment.register(goal("a"))).toEqual({
    urn: "urn:pulumi:dev::p::x:m:T::a",
    id: "id-a",
    outputs: { name: "a", made: true },
  });
  expect(calls).toEqual(["begin creating a", "create a"]);
  const [provider, made] = ledger.resources;
  expect(provider).toMatchObject({
    type: "pulumi:providers:x",
    inputs: { region: "here" },
    outputs: { region: "here" },
  });
  expect(made).toMatchObject({ id: "id-a", provider: `${provider?.urn}::${provider?.id}` });
});

it("notes the release of a package on its provider, which is no change the next time", async () => {
  const { deployment, ledger } = deploy();
  await deployment.register(goal("a", { version: "1.2.3" }));
  const [made] = ledger.resources;
  expect(made).toMatchObject({
    urn: "urn:pulumi:dev::p::pulumi:providers:x::default_1_2_3",
    inputs: { region: "here", version: "1.2.3", __internal: {} },
  });
  expect(made?.outputs).toEqual({ region: "here", version: "1.2.3" });
  const again = deploy(ledger.resources);
  events = [];
  await again.deployment.register(goal("a", { version: "1.2.3" }));
  expect(again.ledger.resources[0]).toEqual(made);
  const ops = events.flatMap((event) => (event.type === "done" ? [event.step.op] : []));
  expect(new Set(ops)).toEqual(new Set(["same"]));
});

it("in a preview calls nothing and knows no id", async () => {
  const { deployment } = deploy([], true);
  expect(await deployment.register(goal("a"))).toMatchObject({ id: "", outputs: { name: "a" } });
  expect(calls).toEqual([]);
});

it("deletes what is no longer declared, users first, and nothing after a failure", async () => {
  const first = deploy();
  const { urn } = await first.deployment.register(goal("a"));
  await first.deployment.register(goal("b", { dependencies: [urn] }));
  calls = [];
  const second = deploy(first.ledger.resources);
  await second.deployment.finish();
  expect(calls.filter((call) => call.startsWith("delete"))).toEqual(["delete id-b", "delete id-a"]);
  expect(second.ledger.resources).toEqual([]);

  const third = deploy(first.ledger.resources);
  provider.delete = () => Promise.reject(new Error("not today"));
  await third.deployment.finish();
  expect(third.deployment.failed).toBe(true);
  expect(third.ledger.resources).toHaveLength(3);
  expect(messages()).toEqual(["not today"]);
});

it("after a failure answers nobody and begins nothing, but ends what runs", async () => {
  const { deployment, ledger } = deploy();
  let letGo = () => {};
  const gate = new Promise<void>((open) => {
    letGo = open;
  });
  const create = provider.create;
  provider.create = async (inputs) => {
    if (inputs.name === "slow") await gate;
    if (inputs.name === "bad") throw new Error("no room");
    return create(inputs);
  };
  const slow = deployment.register(goal("slow"));
  await expect(deployment.register(goal("bad"))).rejects.toThrow();
  await deployment.aborted;
  await expect(deployment.register(goal("late"))).rejects.toThrow();
  letGo();
  await deployment.drain();
  await expect(slow).resolves.toMatchObject({ id: "id-slow" });
  expect(messages()).toEqual(["no room"]);
  expect(ledger.resources.map(({ id }) => id)).toContain("id-slow");
  expect(calls).toContain("fail bad");
});

it("leaves an operation open whose end nobody told, and tells the next create that one was cut off", async () => {
  const cutOffs: unknown[] = [];
  provider.create = async ({ name }, cutOff) => {
    cutOffs.push([name, cutOff]);
    throw new UnknownOutcomeError("nobody answered");
  };
  const first = deploy();
  await expect(first.deployment.register(goal("a"))).rejects.toThrow();
  expect(calls).toEqual(["begin creating a"]);
  expect(messages()).toEqual(["nobody answered"]);
  const resource = { urn: "urn:pulumi:dev::p::x:m:T::a", type: "x:m:T", custom: true };
  const second = deploy([], false, false, [{ type: "creating", resource }]);
  await expect(second.deployment.register(goal("a"))).rejects.toThrow();
  const third = deploy([], false, false, [{ type: "updating", resource }]);
  await expect(third.deployment.register(goal("a"))).rejects.toThrow();
  expect(cutOffs).toEqual([
    ["a", false],
    ["a", true],
    ["a", false],
  ]);
});

it("asks for a replacement with fresh inputs and refuses it for what is protected", async () => {
  const first = deploy();
  await first.deployment.register(goal("a", { protect: true }));
  provider.diff = async () => ({ changes: true, replaces: ["name"], deleteBeforeReplace: false });
  const second = deploy(first.ledger.resources);
  await expect(second.deployment.register(goal("a", { protect: true, inputs: { name: "a2" } }))).rejects.toThrow();
  expect(messages().join()).toContain(
    'unable to replace resource "urn:pulumi:dev::p::x:m:T::a" as it is currently marked',
  );
});

it("says which package it can't manage", async () => {
  const { deployment } = deploy();
  await expect(deployment.register(goal("a", { type: "aws:s3:Bucket" }))).rejects.toThrow();
  expect(messages()).toEqual([expect.stringMatching(/^The package "aws" .* is not supported by the embedded runner/)]);
});

it("goes on after an error where it is told to, and leaves out only what depends on it", async () => {
  const first = deploy();
  const { urn: keep } = await first.deployment.register(goal("keep"));
  await first.deployment.register(goal("bad", { dependencies: [keep] }));
  await first.deployment.register(goal("old"));
  const { deployment, ledger } = deploy(first.ledger.resources, false, true);
  provider.update = () => Promise.reject(new Error("not today"));
  const bad = await deployment.register(goal("bad", { inputs: { name: "bad", size: 2 } }));
  expect(bad.missing).toBe(true);
  expect((await deployment.register(goal("user", { dependencies: [bad.urn] }))).missing).toBe(true);
  expect((await deployment.register(goal("free"))).missing).toBeUndefined();
  await deployment.finish();
  expect(deployment.failed).toBe(true);
  const names = ledger.resources.map(({ inputs }) => inputs?.name).filter(Boolean);
  // What the failed one needs is no longer declared, but stays for it.
  expect(names.sort()).toEqual(["bad", "free", "keep"]);
});

it("refuses a dependency that is no resource of the program: the state could not be opened again", async () => {
  const { deployment, ledger } = deploy();
  await expect(deployment.register(goal("a", { dependencies: ["urn:nobody"] }))).rejects.toThrow();
  expect(messages()[0]).toContain("depends on urn:nobody, which is not a resource of this program");
  expect(ledger.resources).toEqual([]);
});

it("makes a resource anew when what it is deleted with is replaced", async () => {
  const first = deploy();
  const { urn } = await first.deployment.register(goal("a"));
  await first.deployment.register(goal("b", { deletedWith: urn }));
  const { deployment, ledger } = deploy(first.ledger.resources);
  provider.diff = async (id) => ({ changes: id === "id-a", replaces: ["name"], deleteBeforeReplace: false });
  calls = [];
  await deployment.register(goal("a"));
  await deployment.register(goal("b", { deletedWith: urn }));
  await deployment.finish();
  expect(calls.filter((call) => /^(create|delete) /.test(call))).toEqual(["create a", "create b", "delete id-a"]);
  expect(ledger.resources.filter(({ custom, type }) => custom && type === "x:m:T")).toHaveLength(2);
});

it("replaces a resource that became a component under an alias", async () => {
  const first = deploy();
  const { urn } = await first.deployment.register(goal("a"));
  const { deployment, ledger } = deploy(first.ledger.resources);
  calls = [];
  await deployment.register(goal("a", { type: "my:index:Group", custom: false, inputs: {}, aliases: [{ urn }] }));
  await deployment.finish();
  expect(calls.filter((call) => /^(create|delete) /.test(call))).toEqual(["delete id-a"]);
  expect(ledger.resources).toEqual([expect.objectContaining({ custom: false, type: "my:index:Group" })]);
  expect(ledger.resources[0]).not.toHaveProperty("id");
});
