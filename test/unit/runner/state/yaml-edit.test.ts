/** Every byte that a change of one entry doesn't concern stays. */
import { expect, test } from "vitest";
import { editYaml, textNode } from "../../../../provider/runner/state/yaml-edit.ts";

const set = (text: string, key: string, value: unknown, inside: readonly (string | number)[] = []) =>
  editYaml(text, ["config", key], (document) =>
    document.setIn(
      ["config", key, ...inside],
      document.createNode(typeof value === "string" ? textNode(value) : value),
    ),
  );
const remove = (text: string, key: string) =>
  editYaml(text, ["config", key], (document) => void document.deleteIn(["config", key]));

const file = `# top
config:
    # about a
    a:   1   # behind a
    flow: [1, 2]  # behind flow

    b: 'two'
    # at the end
encryptionsalt: v1:x
`;

test("a single value keeps the comment behind it, and all others their form", () => {
  expect(set(file, "a", "next")).toBe(file.replace("a:   1   #", "a: next   #"));
  expect(set(file, "b", "true")).toBe(file.replace("b: 'two'", 'b: "true"'));
});

test("a value of several lines leaves the entries and comments around it alone", () => {
  const edited = set(file, "a", "one\ntwo\n");
  expect(edited).toBe(file.replace("a:   1   # behind a", "a: |   # behind a\n      one\n      two"));
  expect(set(edited, "a", "next")).toBe(file.replace("a:   1   #", "a: next #"));
  expect(set(edited, "a", "three\nfour\n")).toContain(
    "    a: | # behind a\n      three\n      four\n    flow: [1, 2]  #",
  );
});

test("a flow list stays one", () => {
  expect(set(file, "flow", 3, [2])).toBe(file.replace("[1, 2]", "[1, 2, 3]"));
});

test("an entry goes with the comment above it", () => {
  expect(remove(file, "a")).toBe(file.replace("    # about a\n    a:   1   # behind a\n", ""));
});

test("anchors and what refers to them stay", () => {
  const text = "config:\n  a: &one {x: 1}\n  b: *one\n  c: 3 # c\n";
  expect(set(text, "c", "4")).toBe('config:\n  a: &one {x: 1}\n  b: *one\n  c: "4" # c\n');
  expect(set(text, "d", "5")).toBe(`${text}  d: "5"\n`);
  // The anchor goes with its value; a file that could no longer be read is never the result.
  expect(() => set(text, "a", "x")).toThrow(/one/);
});
