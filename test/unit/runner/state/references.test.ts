import { expect, test } from "vitest";
import type { Resource } from "../../../../provider/runner/state/index.ts";
import { mendReferences, sortByReferences } from "../../../../provider/runner/state/references.ts";
import { findFault } from "../../../../provider/runner/state/verify.ts";
import { thing, urnOf } from "./workbench.ts";

const sort = (...resources: Resource[]) => sortByReferences(resources, (resource) => resource);
const provider: Resource = {
  urn: "urn:pulumi:dev::golden::pulumi:providers:x::p",
  type: "pulumi:providers:x",
  custom: true,
  id: "2",
};

test("keeps an order that is right", () => {
  const right = [thing("c"), thing("a"), thing("b", { dependencies: [urnOf("c")] })];
  expect(sort(...right)).toEqual(right);
});

test.each<[string, Partial<Resource>]>([
  ["parent", { parent: urnOf("z") }],
  ["dependencies", { dependencies: [urnOf("z")] }],
  ["propertyDependencies", { propertyDependencies: { p: [urnOf("z")] } }],
  ["deletedWith", { deletedWith: urnOf("z") }],
  ["replaceWith", { replaceWith: [urnOf("z")] }],
])("puts a state after its %s", (_, fields) => {
  const [first, second] = [thing("a", fields), thing("z")];
  expect(sort(first, second)).toEqual([second, first]);
});

test("a replacement that landed before its provider is moved after it", () => {
  const user = thing("a", { provider: `${provider.urn}::2` });
  const old = { ...provider, id: "1", delete: true };
  expect(sort(user, old, provider)).toEqual([provider, user, old]);
});

test("of several states of a URN the living one is meant", () => {
  const user = thing("u", { dependencies: [urnOf("a")] });
  const old = thing("a", { delete: true, id: "old" });
  const fresh = thing("a");
  expect(sort(user, old, fresh)).toEqual([fresh, user, old]);
  expect(sort(user, old)).toEqual([old, user]);
});

test("every order of a small graph becomes a right one", () => {
  const graph = [
    thing("s"),
    thing("a", { parent: urnOf("s") }),
    thing("b", { parent: urnOf("a"), dependencies: [urnOf("d")] }),
    thing("c", { deletedWith: urnOf("b") }),
    thing("d", { propertyDependencies: { x: [urnOf("s")] } }),
  ];
  const orders = (items: Resource[]): Resource[][] =>
    items.length === 0
      ? [[]]
      : items.flatMap((item) => orders(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
  for (const order of orders(graph)) expect(findFault(sort(...order), "dev")).toBeUndefined();
});

test("a cycle ends, and is left for verify", () => {
  const cycle = sort(thing("a", { parent: urnOf("b") }), thing("b", { parent: urnOf("a") }));
  expect(cycle).toHaveLength(2);
  expect(findFault(cycle, "dev")).toBeDefined();
});

test("mending drops what is gone, and climbs to the nearest ancestor that is left", () => {
  const there = new Set([urnOf("root"), urnOf("kept")]);
  const parents = new Map([
    [urnOf("gone"), urnOf("gone2")],
    [urnOf("gone2"), urnOf("root")],
  ]);
  const resource = thing("a", {
    parent: urnOf("gone"),
    dependencies: [urnOf("gone"), urnOf("kept")],
    propertyDependencies: { p: [urnOf("gone")], q: [urnOf("kept")] },
    deletedWith: urnOf("gone"),
  });
  const mended = mendReferences(
    resource,
    (urn) => there.has(urn),
    (urn) => parents.get(urn),
  );
  expect(mended).toEqual(
    thing("a", {
      parent: urnOf("root"),
      dependencies: [urnOf("kept")],
      propertyDependencies: { p: [], q: [urnOf("kept")] },
    }),
  );
  const whole = thing("b", { parent: urnOf("kept") });
  expect(
    mendReferences(
      whole,
      (urn) => there.has(urn),
      () => undefined,
    ),
  ).toBe(whole);
});
