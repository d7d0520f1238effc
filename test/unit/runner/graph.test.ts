import { expect, it } from "vitest";
import { dependentsOf, forget, references, rename } from "../../../provider/runner/graph.ts";
import type { Resource } from "../../../provider/runner/state/index.ts";
import { makeUrn, parseProviderReference, parseUrn, typeOf } from "../../../provider/runner/urn.ts";

const state = (urn: string, more: Partial<Resource> = {}): Resource => ({ urn, type: "t", custom: true, ...more });
const user = state("user", {
  parent: "parent",
  provider: "provider::id",
  dependencies: ["dep", "other"],
  propertyDependencies: { a: ["dep"], b: [] },
  deletedWith: "with",
});

it("finds every reference", () => {
  expect([...references(user)].sort()).toEqual(["dep", "other", "parent", "provider", "with"]);
});

it("renames in every place, and gives the same object when there is none", () => {
  expect(rename(user, "dep", "new")).toEqual({
    ...user,
    dependencies: ["new", "other"],
    propertyDependencies: { a: ["new"], b: [] },
  });
  expect(rename(user, "provider", "p2").provider).toBe("p2::id");
  expect(rename(user, "parent", "p2").parent).toBe("p2");
  expect(rename(user, "with", "w2").deletedWith).toBe("w2");
  expect(rename(user, "nobody", "x")).toBe(user);
});

it("forgets what is gone", () => {
  const left = forget(user, new Set(["dep", "other", "parent", "with"]));
  expect([...references(left)]).toEqual(["provider"]);
  expect(forget(user, new Set(["nobody"]))).toBe(user);
});

it("finds dependents through others, but not children alone nor what waits for deletion", () => {
  const root = state("root");
  const direct = state("direct", { dependencies: ["root"] });
  const far = state("far", { propertyDependencies: { a: ["direct"] } });
  const child = state("child", { parent: "root" });
  const doomed = state("doomed", { dependencies: ["root"], delete: true });
  expect(dependentsOf(root, [root, direct, far, child, doomed])).toEqual([direct, far]);
});

it("writes URNs as Pulumi does: parents' types in front, the stack's never", () => {
  const stack = makeUrn("dev", "p", "", "pulumi:pulumi:Stack", "p-dev");
  const group = makeUrn("dev", "p", stack, "x:index:Group", "g");
  const inner = makeUrn("dev", "p", group, "x:index:Inner", "i::j");
  expect(group).toBe("urn:pulumi:dev::p::x:index:Group::g");
  expect(makeUrn("dev", "p", inner, "y:z:T", "t")).toBe("urn:pulumi:dev::p::x:index:Group$x:index:Inner$y:z:T::t");
  expect(parseUrn(inner).name).toBe("i::j");
  expect(typeOf(inner)).toBe("x:index:Inner");
  expect(parseProviderReference(`${inner}::id`)).toEqual({ urn: inner, id: "id" });
});
