import { expect, it } from "vitest";
import type { RunEvent } from "../../../provider/runner/events.ts";
import { previewLedger } from "../../../provider/runner/ledger.ts";
import type { ResourceProvider } from "../../../provider/runner/providers/provider.ts";
import { createProviders } from "../../../provider/runner/providers/registry.ts";
import { refresh } from "../../../provider/runner/refresh.ts";
import { type Resource, secret } from "../../../provider/runner/state/index.ts";

const urn = (type: string, name: string) => `urn:pulumi:dev::p::${type}::${name}`;
const provider: Resource = {
  urn: urn("pulumi:providers:x", "default"),
  type: "pulumi:providers:x",
  custom: true,
  id: "1",
};
const thing = (name: string, more: Partial<Resource> = {}): Resource => ({
  urn: urn("x:m:T", name),
  type: "x:m:T",
  custom: true,
  id: name,
  provider: `${provider.urn}::1`,
  inputs: { name },
  outputs: { name, color: "red" },
  ...more,
});

async function refreshed(states: Resource[], read: ResourceProvider["read"]) {
  const events: RunEvent[] = [];
  const ledger = previewLedger({ resources: [provider, ...states], pending: [] });
  const diff = async () => ({ changes: undefined, replaces: [], deleteBeforeReplace: false });
  const reader = { read, diff } as Partial<ResourceProvider> as ResourceProvider;
  const providers = createProviders({ x: () => ({ resource: async () => reader, dispose: async () => {} }) });
  const { signal } = new AbortController();
  const ok = await refresh({ ledger, providers, listener: (event) => events.push(event), parallel: 2, signal });
  const done = events.flatMap((event) =>
    event.type === "done" ? [`${event.step.op} ${event.step.urn.split("::").pop()}`] : [],
  );
  return { ok, states: ledger.resources.slice(1), done: done.sort(), events };
}

it("takes over what the server says: outputs, inputs where they are given, and that all is well", async () => {
  const old = thing("a", { initErrors: ["half done"], additionalSecretOutputs: ["token"] });
  const { states, done } = await refreshed([old], async (id) => ({
    id,
    inputs: { name: "a", color: "blue" },
    outputs: { name: "a", color: "blue", token: "t" },
  }));
  expect(states).toEqual([
    thing("a", {
      additionalSecretOutputs: ["token"],
      inputs: { name: "a", color: "blue" },
      outputs: { name: "a", color: "blue", token: secret("t") },
    }),
  ]);
  expect(done).toEqual(["same default", "update a"]);
});

it("forgets what is gone, in those who used it as well", async () => {
  const user = thing("b", { dependencies: [urn("x:m:T", "a")], propertyDependencies: { name: [urn("x:m:T", "a")] } });
  const { ok, states, done } = await refreshed([thing("a"), user], async (id, _inputs, outputs) =>
    id === "a" ? { id: "", outputs: {} } : { id, outputs },
  );
  expect(ok).toBe(true);
  expect(states.map((state) => [state.id, state.dependencies, state.propertyDependencies])).toEqual([
    ["b", [], { name: [] }],
  ]);
  expect(done).toEqual(["delete a", "same b", "same default"]);
});

it("goes on after one that can't be read, and says that not all is well", async () => {
  const { ok, states, events } = await refreshed([thing("a"), thing("b")], async (id, _inputs, outputs) => {
    if (id === "a") throw new Error("not now");
    return { id, outputs: { ...outputs, color: "blue" } };
  });
  expect(ok).toBe(false);
  expect(states.map(({ outputs }) => outputs?.color)).toEqual(["red", "blue"]);
  expect(events).toContainEqual(expect.objectContaining({ type: "failed", message: "not now" }));
});

it("leaves alone what waits for its deletion", async () => {
  const doomed = [thing("a", { delete: true }), thing("b", { pendingReplacement: true })];
  const { states } = await refreshed(doomed, () => Promise.reject(new Error("must not be read")));
  expect(states).toEqual(doomed);
});

it("counts as a change what the provider would undo, not what it doesn't look at", async () => {
  const { states, done } = await refreshed([thing("a")], async (id, inputs) => ({
    id,
    inputs,
    outputs: { name: "a", color: "red", messages: 7 },
  }));
  expect(done).toEqual(["same a", "same default"]);
  expect(states[0]?.outputs).toMatchObject({ messages: 7 });
});
