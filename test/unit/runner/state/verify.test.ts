import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { type Resource, StateError } from "../../../../provider/runner/state/index.ts";
import { findFault, verify } from "../../../../provider/runner/state/verify.ts";
import { cases, checkpointOf, exportOf } from "./verify/cases.ts";
import { differences } from "./verify/differences.ts";
import { fixtureKeyring, fixtures, thing, urnOf, workbench } from "./workbench.ts";

const a = thing("a");
const b = thing("b", { dependencies: [a.urn] });
const provider: Resource = {
  urn: "urn:pulumi:dev::golden::pulumi:providers:x::p",
  type: "pulumi:providers:x",
  custom: true,
  id: "1",
};
const byProvider = (id: string, fields = {}) => thing("c", { provider: `${provider.urn}::${id}`, ...fields });

test.each<[string, Resource[]]>([
  ["nothing", []],
  ["a dependency before its user", [a, b]],
  ["a provider before its user", [provider, byProvider("1")]],
  ["a replaced state beside its replacement", [a, { ...a, delete: true }]],
  [
    "two replaced states",
    [
      { ...a, delete: true },
      { ...a, delete: true },
    ],
  ],
  ["the unknown provider of a state that waits for its replacement", [byProvider("2", { pendingReplacement: true })]],
  ["a component", [{ urn: urnOf("g"), type: "x", custom: false }]],
])("accepts %s", (_, resources) => {
  expect(findFault(resources, "dev")).toBeUndefined();
});

test.each<[string, Resource[], RegExp]>([
  ["no urn", [{ ...a, urn: "" }], /no urn/],
  ["no type", [{ ...a, type: "" }], /no type/],
  ["a component with an id", [{ ...a, custom: false }], /is a component but has the id/],
  ["another stack's urn", [{ ...a, urn: a.urn.replace("dev", "prod") }], /another stack/],
  ["a missing parent", [thing("c", { parent: urnOf("gone") })], /refers to .*gone, which is missing/],
  ["a dependency after its user", [b, a], /stands after it/],
  ["a missing property dependency", [thing("c", { propertyDependencies: { x: [urnOf("gone")] } })], /is missing/],
  ["a missing deletedWith", [thing("c", { deletedWith: urnOf("gone") })], /is missing/],
  ["a missing replaceWith", [thing("c", { replaceWith: [urnOf("gone")] })], /is missing/],
  ["an unknown provider", [provider, byProvider("2")], /refers to the provider .*::2/],
  ["a provider after its user", [byProvider("1"), provider], /refers to the provider/],
  ["a reference that is none", [byProvider("1", { provider: "abc", pendingReplacement: true })], /not <urn>::<id>/],
  ["a provider with a urn of another type", [{ ...provider, urn: urnOf("p") }], /urn of another type/],
  ["the same urn twice", [a, { ...a }], /stands there twice/],
  ["a resource that needs itself", [thing("c", { parent: urnOf("c") })], /stands after it/],
])("refuses %s", (_, resources, message) => {
  expect(() => verify({ resources, pending: [] }, "dev", "The state /x", "Do this.")).toThrow(message);
});

test("what the Pulumi CLI refuses is refused, what it accepts is accepted, but for the differences that have a reason", async () => {
  const { verdicts } = JSON.parse(await readFile(join(fixtures, "verify.json"), "utf8")) as {
    verdicts: Record<string, { import: "accepted" | "refused" }>;
  };
  expect([...cases.keys()]).toEqual(Object.keys(verdicts));
  const bench = await workbench(fixtureKeyring());
  await mkdir(dirname(bench.checkpoint), { recursive: true });
  const otherwise: Record<string, string> = {};
  for (const [name, edit] of cases) {
    await writeFile(bench.checkpoint, checkpointOf(exportOf(edit)));
    const error = await bench.open({ write: false }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error !== undefined) expect({ name, error }).toEqual({ name, error: expect.any(StateError) });
    const ours = error === undefined ? "accepted" : "refused";
    if (ours !== verdicts[name]?.import) otherwise[name] = ours;
  }
  expect(otherwise).toEqual(Object.fromEntries(Object.entries(differences).map(([name, { ours }]) => [name, ours])));
});
