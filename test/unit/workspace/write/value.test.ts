import { describe, expect, test } from "vitest";
import { type Node, parse, parseDocument } from "yaml";
import { edited, Unwritable } from "../../../../provider/workspace/write/text.ts";
import { ValueWriter } from "../../../../provider/workspace/write/value.ts";

function set(text: string, value: unknown): string {
  const document = parseDocument(text);
  const result = edited(
    text,
    ValueWriter.edits(text, document, (writer) => writer.set(document.contents as Node, value)),
  );
  expect(parse(result)).toEqual(value);
  return result;
}

describe("only what differs is touched", () => {
  test.each([
    ["a: 1 # one\nb:   two\n", { a: 2, b: "two" }, "a: 2 # one\nb:   two\n"],
    ["a: yes\n", { a: "true" }, 'a: "true"\n'],
    ["a: 'x'  # q\n", { a: "it's: #1" }, "a: 'it''s: #1'  # q\n"],
    ["a: x\nb: y", { a: "1\n2", b: "" }, 'a: "1\\n2"\nb: ""'],
    ["a: |\n  one\n\n# end\n", { a: " two" }, 'a: " two"\n\n# end\n'],
    ["a: [x,  y, z] # w\n", { a: ["x", "z", "v"] }, "a: [x, z, v] # w\n"],
    ["a: [ x, y ]\n", { a: [] }, "a: [  ]\n"],
    ["a: []\n", { a: ["x, y"] }, 'a: ["x, y"]\n'],
    ["a: [\n  x, # 1\n  y, # 2\n  z # 3\n]\n", { a: ["x", "z", "v"] }, "a: [\n  x, # 1\n  # 2\n  z, v # 3\n]\n"],
    ["a:\n- x # 1\n# of y\n- y # 2\n- z # 3\n", { a: ["x", "z", "w"] }, "a:\n- x # 1\n# of y\n- z # 3\n- w\n"],
    ["a:\n  - x\n  - y", { a: ["v", "x"] }, "a:\n  - v\n  - x\n"],
    ["a:\n  - x # 1\nb: 1\n", { a: [], b: 1 }, "a: []\nb: 1\n"],
    ["a:\r\n  - x # 1\r\n", { a: ["x", "y"] }, "a:\r\n  - x # 1\r\n  - y\r\n"],
    ["a:\n  - { t: 1, c: red } # r\n", { a: [{ t: 2, c: "red" }] }, "a:\n  - { t: 2, c: red } # r\n"],
    ["a: { b: 1, c: 2 } # m\n", { a: { b: 1, d: 3 } }, "a: { b: 1, d: 3 } # m\n"],
    ["a: { b: 1, c: 2 } # m\n", { a: { c: 2, d: [1] } }, "a: { c: 2, d: [ 1 ] } # m\n"],
    ["a:\n  b: 1 # b\n  # c?\n  c: 2\nz: 1\n", { a: { b: 1, d: 3 }, z: 1 }, "a:\n  b: 1 # b\n  d: 3\n  # c?\nz: 1\n"],
  ])("%j → %j", (text, value, expected) => {
    expect(set(text, value)).toBe(expected);
  });
});

test("says what can't be written, and writes nothing", () => {
  expect(() => set("a: # list\n  - x\n", { a: [] })).toThrow(Unwritable);
  expect(() => set("a:\n  b: 1\n", { a: "text" })).toThrow(Unwritable);
});
