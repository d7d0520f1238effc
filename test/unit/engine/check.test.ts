import { describe, expect, it } from "vitest";
import { check } from "../../../provider/engine/check.ts";
import { UNKNOWN } from "../../../provider/engine/schema.ts";
import { Shop } from "./probe.ts";

const { handler } = new Shop();
const reasons = (inputs: unknown, reveal = true) =>
  check(handler, inputs, { reveal }).failures.map(({ reason }) => reason);

describe("check", () => {
  it("passes what is right and drops what is not declared", () => {
    expect(check(handler, { name: "a", color: undefined, tags: ["x"] })).toEqual({
      inputs: { name: "a", tags: ["x"] },
      failures: [],
    });
  });

  it("names the path, what is allowed and what was given, all at once", () => {
    expect(reasons({ name: 5, color: "blue", tags: ["x", true] })).toEqual([
      "name: must be a string, but is the number 5",
      'color: must be one of "red", "green", but is "blue"',
      "tags[1]: must be a string, but is the boolean true",
    ]);
  });

  it("has a shorter word for what is empty", () => {
    expect(reasons({ name: "" })).toEqual(["name: must not be empty"]);
  });

  it("says that a required argument is missing", () => {
    expect(reasons({})).toEqual(["name: is required and must be a string"]);
  });

  it("suggests the name that was probably meant", () => {
    expect(reasons({ name: "a", colour: "red" })).toEqual(['colour: no such argument; did you mean "color"?']);
    expect(reasons({ name: "a", zzz: 1 })[0]).toContain("zzz: no such argument; allowed: adopt, code");
  });

  it("never shows a secret's value", () => {
    expect(reasons({ name: "a", code: "supersecret-code" })).toEqual([
      "code: must have at most 8 characters, but is a string of 16 characters",
    ]);
  });

  it("shows no text at all where values may have been secret in the program", () => {
    expect(reasons({ name: "a", color: "hidden-value" }, false)).toEqual([
      'color: must be one of "red", "green", but is a string of 12 characters',
    ]);
  });

  it("leaves unknown values alone, wherever they are", () => {
    expect(reasons({ name: UNKNOWN, tags: [UNKNOWN], color: UNKNOWN })).toEqual([]);
    expect(reasons({ name: UNKNOWN, color: "blue" })).toHaveLength(1);
  });

  it("checks onDestroy against the kind's own modes", () => {
    expect(reasons({ name: "a", onDestroy: "explode" })).toEqual([
      'onDestroy: must be one of "off", "delete", "retain", but is "explode"',
    ]);
  });
});
