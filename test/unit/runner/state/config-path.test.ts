import { expect, test } from "vitest";
import { parsePath, refuseUnfit, valueAt } from "../../../../provider/runner/state/config-path.ts";

test.each([
  ["name", ["name"]],
  ["rocketchat:url", ["rocketchat:url"]],
  ["names[0]", ["names", 0]],
  ["outer.inner[12].x", ["outer", "inner", 12, "x"]],
  ['["a.b"].c', ["a.b", "c"]],
  ['a["say \\"x\\""]', ["a", 'say "x"']],
  ["a.[3]", ["a", 3]],
])("reads %s", (text, expected) => {
  expect(parsePath(text)).toEqual(expected);
});

test.each(["", ".a", "a..b", "a[", "a[x]", "a[-1]", "[0]", "a.b]", 'a["b'])("refuses %j by name", (text) => {
  expect(() => parsePath(text)).toThrow(`"${text}" is not a path`);
});

test("follows a path, and finds nothing where it doesn't fit", () => {
  const value = { list: [1, { x: "y" }], text: "abc" };
  expect(valueAt(value, ["list", 1, "x"])).toBe("y");
  for (const path of [
    ["list", "0"],
    ["list", 9],
    ["text", 0],
    ["text", "length"],
    ["nope", "x"],
  ])
    expect(valueAt(value, path)).toBeUndefined();
});

test.each<[unknown, (string | number)[], string]>([
  ["text", ["inner"], 'key is a single value, so it has no "inner"'],
  [["a"], ["inner"], 'key is a list, so it has no "inner"'],
  [{ a: { b: 1 } }, ["a", 0], "key.a is a map, so it has no [0]"],
  [["a"], [3], "key has 1 items, so the next one is [1], not [3]"],
  [undefined, ["a", 1], "key.a has 0 items, so the next one is [0], not [1]"],
])("refuses to set in %j at %j", (value, inside, message) => {
  expect(() => refuseUnfit(value, ["key", ...inside])).toThrow(message);
});

test("what is missing on the way may be made, and a list goes on at its end", () => {
  expect(() => refuseUnfit(undefined, ["key", "a", 0, "b"])).not.toThrow();
  expect(() => refuseUnfit(["a"], ["key", 1])).not.toThrow();
});
