import { expect, it } from "vitest";
import { secret } from "../../../provider/runner/state/index.ts";
import {
  equal,
  forHandler,
  hasUnknown,
  markKeys,
  markLike,
  masked,
  normalize,
  storable,
  UNKNOWN,
} from "../../../provider/runner/values.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const reference = (fields: object) => ({ [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:x", ...fields });

it("gives handlers opened secrets, ids for resources, URNs for components, the sentinel for what has no id yet", () => {
  const value = {
    pw: secret({ deep: secret("x") }),
    a: [reference({ id: "7" }), reference({}), reference({ id: "" })],
  };
  expect(forHandler(value)).toEqual({ pw: { deep: "x" }, a: ["7", "urn:x", UNKNOWN] });
});

it("turns output values into what they stand for", () => {
  const output = (fields: object) => ({ [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...fields });
  expect(normalize({ a: output({ value: 1, secret: true }), b: output({}), c: [output({ value: "x" })] })).toEqual({
    a: secret(1),
    b: UNKNOWN,
    c: ["x"],
  });
});

it("marks like the engine: objects by key, an array as a whole, new keys not at all", () => {
  const like = { pw: secret("x"), nest: { deep: secret(1), open: 2 }, list: [1, { key: secret("y") }], open: 1 };
  const plain = { pw: "x", nest: { deep: 1, open: 2, more: 3 }, list: [1, { key: "y" }], open: 1, other: "x" };
  expect(markLike(plain, like)).toEqual({
    pw: secret("x"),
    nest: { deep: secret(1), open: 2, more: 3 },
    list: secret([1, { key: "y" }]),
    open: 1,
    other: "x",
  });
});

it("marks a value of another shape as a whole", () => {
  expect(markLike({ nest: "text" }, { nest: { deep: secret(1) } })).toEqual({ nest: secret("text") });
});

it("marks additional outputs and never twice", () => {
  expect(markKeys({ token: "t", other: 1 }, ["token", "gone"])).toEqual({ token: secret("t"), other: 1 });
  expect(markKeys({ token: secret("t") }, ["token"])).toEqual({ token: secret("t") });
});

it("compares without marks and without order of keys", () => {
  expect(equal({ a: secret(1), b: 2 }, { b: 2, a: 1 })).toBe(true);
  expect(equal({ a: 1 }, { a: 1, b: undefined })).toBe(false);
  expect(equal(undefined, {})).toBe(false);
  expect(equal(Number.NaN, secret(Number.NaN))).toBe(true);
  expect(equal(0, -0)).toBe(false);
});

it("masks at any depth and finds unknowns at any depth", () => {
  expect(masked({ a: [secret("x")], b: { c: secret(1) }, d: 1 })).toEqual({
    a: ["[secret]"],
    b: { c: "[secret]" },
    d: 1,
  });
  expect(hasUnknown({ a: [{ b: secret(UNKNOWN) }] })).toBe(true);
  expect(hasUnknown({ a: "x" })).toBe(false);
});

it("keeps what Pulumi's wire form takes of a handler's answer, and names the rest", () => {
  const own: Record<string, unknown> = { x: 1 };
  own.self = own;
  const value = {
    a: 1,
    b: { c: [undefined, new Date(0), 2n] },
    f: () => 1,
    n: Number.NaN,
    none: null,
    own,
    thing: new (class {
      size = 1;
    })(),
  };
  const { values, refused } = storable(value);
  expect(refused).toEqual(["b.c[0]", "b.c[2]", "f", "own.self"]);
  expect(values).toEqual({
    a: 1,
    b: { c: [null, {}, null] },
    n: Number.NaN,
    none: null,
    own: { x: 1 },
    thing: { size: 1 },
  });
  expect(storable({ twice: [own.x, { x: 1 }], b: Buffer.from("a") }).refused[0]).toMatch(/^b\./);
});
