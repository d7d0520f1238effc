import { describe, expect, it } from "vitest";
import {
  flag,
  number,
  type Schema,
  strict,
  text,
  texts,
  validate,
} from "../../../../provider/sandbox/core/validate.ts";

const check = (schema: Schema, value: Record<string, unknown>, wrap = false) => validate(schema, value, wrap);

describe("the validator", () => {
  it("stops at the first error, missing members before unknown ones before wrong ones", () => {
    const schema = strict({ a: text, b: number }, ["a", "b"]);
    expect(check(schema, { c: 1 })).toBe("must have required property 'a'");
    expect(check(schema, { a: "x", b: "y", c: 1 })).toBe("must NOT have additional properties");
    expect(check(schema, { a: "x", b: "y" })).toBe("must be number");
  });

  it("converts scalars in place", () => {
    const value = { a: 5, b: "50", c: "true", d: null };
    expect(check(strict({ a: text, b: number, c: flag, d: text }), value)).toBeUndefined();
    expect(value).toEqual({ a: "5", b: 50, c: true, d: "" });
  });

  it("wraps scalars into lists in queries only", () => {
    const query = { roles: "admin" };
    expect(check(strict({ roles: texts }), query, true)).toBeUndefined();
    expect(query.roles).toEqual(["admin"]);
    expect(check(strict({ roles: texts }), { roles: "admin" })).toBe("must be array");
  });

  it("tells of all branches of an alternative", () => {
    const schema: Schema = { type: "object", oneOf: [strict({ id: text }, ["id"]), strict({ name: text }, ["name"])] };
    const none =
      "must have required property 'id'\n must have required property 'name'\n must match exactly one schema in oneOf";
    expect(check(schema, {})).toBe(none);
    expect(check(schema, { id: "x" })).toBeUndefined();
    const both = check(schema, { id: "x", name: "y" });
    expect(both?.split("\n ").at(-1)).toBe("must match exactly one schema in oneOf");
  });

  it("names equal items", () => {
    const schema = strict({ roles: { type: "array", items: text, uniqueItems: true } });
    expect(check(schema, { roles: ["a", "b", "a"] })).toBe(
      "must NOT have duplicate items (items ## 2 and 0 are identical)",
    );
  });
});
