/** Rules belong to a field, not to the type that it was given. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { field, holdsSecret, rulesOf } from "../../../provider/engine/schema.ts";

describe("two fields of one type", () => {
  const text = z.string().max(3).optional();
  const shape = { plain: text, hidden: field(text, { secret: true }), fixed: field(text, { replaces: true }) };

  it("have rules of their own", () => {
    expect(rulesOf(shape.plain)).toEqual({});
    expect(rulesOf(shape.hidden)).toEqual({ secret: true });
    expect(rulesOf(shape.fixed)).toEqual({ replaces: true });
    expect([shape.plain, shape.hidden, shape.fixed].map((type) => holdsSecret(type))).toEqual([false, true, false]);
  });

  it("are checked alike", () => {
    for (const type of Object.values(shape)) {
      expect(type.safeParse("long").success).toBe(false);
      expect(type.safeParse(undefined).success).toBe(true);
    }
  });
});
