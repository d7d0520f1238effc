import { expect, it } from "vitest";
import type { RunEvent } from "../../../provider/runner/events.ts";
import { previewLedger } from "../../../provider/runner/ledger.ts";
import { clearPendingCreates, settlePending } from "../../../provider/runner/pending.ts";
import type { ResourceProvider } from "../../../provider/runner/providers/provider.ts";
import { createProviders } from "../../../provider/runner/providers/registry.ts";
import type { OperationType, PendingOperation, Resource } from "../../../provider/runner/state/index.ts";

const urn = (name: string) => `urn:pulumi:dev::p::x:m:T::${name}`;
const provider: Resource = {
  urn: "urn:pulumi:dev::p::pulumi:providers:x::default",
  type: "pulumi:providers:x",
  custom: true,
  id: "1",
};
const thing = (name: string, more: Partial<Resource> = {}): Resource => ({
  urn: urn(name),
  type: "x:m:T",
  custom: true,
  id: name,
  provider: `${provider.urn}::1`,
  inputs: { color: "red" },
  outputs: { color: "red" },
  ...more,
});
const operation = (type: OperationType, resource: Resource): PendingOperation => ({ type, resource });

/** `server`: what each id is on the server; an id that is not in it is gone. */
async function settled(
  states: Resource[],
  pending: PendingOperation[],
  server: Record<string, string | Error>,
  more: Partial<ResourceProvider> = {},
) {
  const events: RunEvent[] = [];
  const ledger = previewLedger({ resources: [provider, ...states], pending });
  const reader = {
    async read(id: string) {
      const color = server[id];
      if (color instanceof Error) throw color;
      return color === undefined ? { id: "", outputs: {} } : { id, outputs: { color } };
    },
    ...more,
  } as ResourceProvider;
  const providers = createProviders({ x: () => ({ resource: async () => reader, dispose: async () => {} }) });
  const { signal } = new AbortController();
  await settlePending({ ledger, providers, listener: (event) => events.push(event), parallel: 2, signal });
  const said = events.map((event) =>
    event.type === "diagnostic" ? `${event.severity}: ${event.message}` : event.type,
  );
  return { states: ledger.resources.slice(1), pending: ledger.pending, said };
}

it("an update that was cut off: the state gets what the object is", async () => {
  const result = await settled([thing("a")], [operation("updating", thing("a", { inputs: { color: "blue" } }))], {
    a: "blue",
  });
  expect(result.states).toEqual([thing("a", { outputs: { color: "blue" } })]);
  expect(result.pending).toEqual([]);
  expect(result.said).toEqual([
    expect.stringMatching(/^info: .*update was cut off: the state has what the object is now/),
  ]);
});

it("an update under a new name: the object is found by its id", async () => {
  const result = await settled([thing("a")], [operation("updating", { ...thing("a"), urn: urn("renamed") })], {
    a: "blue",
  });
  expect(result.states[0]).toMatchObject({ urn: urn("a"), outputs: { color: "blue" } });
  expect(result.pending).toEqual([]);
});

it("an object that is gone goes from the state, and from those who refer to it", async () => {
  const states = [thing("a"), thing("b"), thing("c", { dependencies: [urn("a"), urn("b")] })];
  const result = await settled(states, [operation("deleting", thing("a")), operation("updating", thing("b"))], {
    c: "red",
  });
  expect(result.states).toEqual([thing("c", { dependencies: [] })]);
  expect(result.pending).toEqual([]);
});

it("a deletion that didn't happen leaves the state as it is", async () => {
  const replaced = thing("a", { id: "old", delete: true });
  const result = await settled([replaced, thing("a")], [operation("deleting", replaced)], { old: "red", a: "red" });
  expect(result.states).toEqual([replaced, thing("a")]);
  expect(result.pending).toEqual([]);
});

it("of a replaced object only its own state goes; who refers to its successor keeps that", async () => {
  const replaced = thing("a", { id: "old", delete: true });
  const user = thing("b", { dependencies: [urn("a")] });
  const result = await settled([thing("a"), user, replaced], [operation("deleting", replaced)], { a: "red", b: "red" });
  expect(result.states).toEqual([thing("a"), user]);
});

it("a creation stays, for nobody knows its id; reading and importing changed nothing", async () => {
  const { id, outputs, ...wanted } = thing("new");
  const creating = operation("creating", wanted);
  const result = await settled(
    [thing("a")],
    [creating, operation("reading", thing("a")), operation("importing", thing("b"))],
    {},
  );
  expect(result.pending).toEqual([creating]);
  expect(result.states).toEqual([thing("a")]);
});

it("what can't be looked at stays pending, and that is said", async () => {
  const updating = operation("updating", thing("a"));
  const blind = await settled([thing("a")], [updating], { a: "blue" }, { canRead: false });
  expect(blind).toMatchObject({ states: [thing("a")], pending: [updating] });
  expect(blind.said).toEqual([expect.stringMatching(/^warning: .*can't be found out/)]);
  const down = await settled([thing("a")], [updating], { a: new Error("no answer") });
  expect(down).toMatchObject({ states: [thing("a")], pending: [updating] });
  expect(down.said).toEqual([expect.stringMatching(/^warning: .*no answer/)]);
});

it("what is no longer in the state is settled", async () => {
  expect((await settled([], [operation("updating", thing("a"))], {})).pending).toEqual([]);
});

it("creations are cleared for a person who made sure", async () => {
  const creating = operation("creating", thing("a"));
  const updating = operation("updating", thing("b"));
  const ledger = previewLedger({ resources: [], pending: [creating, updating] });
  expect(await clearPendingCreates(ledger)).toEqual([creating]);
  expect(ledger.pending).toEqual([updating]);
});
