import { expect, it } from "vitest";
import { secret } from "../../../../provider/runner/state/index.ts";
import { ignoreChanges, parsePath } from "../../../../provider/runner/steps/ignore-changes.ts";

it.each([
  ["a", ["a"]],
  ["a.b[0].c", ["a", "b", 0, "c"]],
  ['["x.y"].z', ["x.y", "z"]],
  ['a["q\\"t"]', ["a", 'q"t']],
  ["*", ["*"]],
  ["list[*].name", ["list", "*", "name"]],
])("reads the path %s", (path, parts) => {
  expect(parsePath(path)).toEqual(parts);
});

it("refuses what is no path", () => {
  expect(() => parsePath("a[")).toThrow(/"a\[" is not a property path/);
});

it("puts the old value back: changed, removed and added ones", () => {
  const old = { color: "red", nest: { x: 1, y: 1 }, list: [1, 2], gone: 1 };
  const next = { color: "blue", nest: { x: 2, y: 2 }, list: [8, 9], fresh: 1 };
  expect(ignoreChanges(next, old, ["color", "nest.x", "list[0]", "gone", "fresh"])).toEqual({
    color: "red",
    nest: { x: 1, y: 2 },
    list: [1, 9],
    gone: 1,
  });
});

it("looks into secrets, and keeps what it restores secret", () => {
  expect(ignoreChanges({ pw: secret({ a: 2, b: 2 }) }, { pw: secret({ a: 1, b: 1 }) }, ["pw.a"])).toEqual({
    pw: secret({ a: 1, b: 2 }),
  });
});

it("knows *", () => {
  expect(ignoreChanges({ a: 1, b: 2 }, { a: 0, c: 3 }, ["*"])).toEqual({ a: 0, c: 3 });
});

it.each([
  ["a.b", {}, { a: { b: 1, c: 2 } }, { a: { c: 2 } }],
  ["a.b", { a: "text" }, { a: { b: 1, c: 2 } }, { a: { c: 2 } }],
  ["a.b", {}, {}, {}],
  ["a.b", { a: secret({ b: 1 }) }, { a: { b: 2 } }, { a: { b: secret(1) } }],
  ["a.b", { a: { b: secret(1) } }, { a: secret({ b: 2 }) }, { a: secret({ b: secret(1) }) }],
  ["a[3]", { a: [1] }, { a: [2] }, { a: [2] }],
  ["a[0]", { a: secret([1]) }, { a: [2, 3] }, { a: [secret(1), 3] }],
  ["a[*].b", { a: [{ b: 1 }, { b: 2 }] }, { a: [{ b: 3 }, { b: 4, c: 5 }] }, { a: [{ b: 1 }, { b: 2, c: 5 }] }],
  ["a.*", { a: { b: 1, c: 2 } }, { a: { b: 3, d: 4 } }, { a: { b: 1, c: 2 } }],
  ["a.*.b", { a: { x: { b: 1 } } }, { a: { x: { b: 2 }, y: { b: 3 } } }, { a: { x: { b: 1 }, y: { b: 3 } } }],
  ["a.*", {}, { a: { b: 1 } }, { a: { b: 1 } }],
])("goes where the path leads, as the CLI does: %s from %j in %j", (path, old, next, expected) => {
  expect(ignoreChanges(next, old, [path])).toEqual(expected);
});

it.each([
  ["a[0]", {}, { a: [1] }],
  ["a[1]", { a: [1, 2] }, { a: [1] }],
  ["a[*]", { a: [1, 2] }, { a: [1] }],
  ["a.b", { a: { b: 1 } }, { a: "text" }],
  ["a.*.b", { a: { x: { b: 1 } } }, { a: {} }],
])("refuses a path that can't be followed: %s from %j in %j", (path, old, next) => {
  expect(() => ignoreChanges(next, old, ["z", path])).toThrow(
    `one or more elements of the path are missing: "${path}"`,
  );
});

it("leaves an object out that the program left out, whatever of it is ignored", () => {
  expect(ignoreChanges({}, { a: { b: 1 } }, ["a.b"])).toEqual({});
});
