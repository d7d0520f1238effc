import { describe, expect, it } from "vitest";
import { rolesToHave, rolesToRestore, sameRoles } from "../../../../provider/kinds/permission/plan.ts";

describe("rolesToHave", () => {
  it("is the declared roles when they are meant exactly", () => {
    expect(rolesToHave(["a", "b"], { exact: true, roles: ["c", "c"], before: ["a"] })).toEqual(["c"]);
  });
  it("adds, and takes back what only this resource gave", () => {
    const wanted = { exact: false, roles: ["c"], former: ["a", "c", "d"], before: ["a"] };
    expect(rolesToHave(["a", "b", "d"], wanted)).toEqual(["a", "b", "c"]);
  });
});

describe("rolesToRestore", () => {
  it("goes back to what was, without roles that are gone", () => {
    expect(rolesToRestore(["x"], { exact: true, roles: ["x"], before: ["a", "b"] }, new Set(["a", "x"]))).toEqual([
      "a",
    ]);
  });
  it("leaves alone what others gave since", () => {
    const wanted = { exact: false, roles: ["a", "c"], before: ["a"] };
    expect(rolesToRestore(["a", "b", "c"], wanted, new Set(["a", "b", "c"]))).toEqual(["a", "b"]);
  });
});

it("compares without order", () => {
  expect(sameRoles(["a", "b"], ["b", "a"])).toBe(true);
  expect(sameRoles(["a"], ["b", "a"])).toBe(false);
});
