/** What is read line by line is what the whole YAML parser reads, with every place; what is not plain is left to that. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it, test } from "vitest";
import { parseFile, parseWhole } from "../../../../provider/workspace/read/parse.ts";
import { readPlain } from "../../../../provider/workspace/read/plain.ts";
import { plainOf } from "../../../../provider/workspace/read/tree.ts";

const root = path.resolve(import.meta.dirname, "../../../..");
const fileOf = (text: string) => ({ path: "workspace.yaml", folder: "/", text });

const DOCUMENT = `# yaml-language-server: $schema=x
name: acme
users:
  # who
  alice:
    name: Alice A. # the first
    email: alice@example.test
    password: { secret: pw }
    roles: [user, 'it''s', "a \\"b\\"\\n", -1, 1.5]
  bob: {}
  carol:

channels:
  "dev ops":
    topic: http://example.test/#a
    members:
    - alice
    - bob
    customFields: { a: [1, [ ]], "b": true, c: null, d e: 0x1f }
settings: # all
  Site_Name: Acme
  2024: 10
messages:
  - text: |
      Hi
        there # no comment

    channel: -3
  - text: |-
      漢字 😀
`;

/** What a slip of the finger may put there. */
const SLIPS = [
  ...": # - [ ] { } \" ' | > & * ! , \\ ? ~ % @ --- null true 0x1 1e3 . = << 漢".split(" "),
  ...[" ", "  ", "\n", "\n  ", "\n\n", ": ", " #", "- ", "|-\n", "\n# c\n", "''", '\\"', "\t", "\r\n"],
];

test("a document as people write it is plain", () => {
  const tree = readPlain(fileOf(DOCUMENT));
  expect(tree).toEqual(parseWhole(fileOf(DOCUMENT)).tree);
  expect(tree && plainOf(tree)).toMatchObject({
    users: { alice: { roles: ["user", "it's", 'a "b"\n', -1, 1.5] }, carol: null },
    channels: { "dev ops": { customFields: { a: [1, []], b: true, c: null, "d e": 31 } } },
    messages: [{ text: "Hi\n  there # no comment\n", channel: -3 }, { text: "漢字 😀" }],
  });
});

test("the documents of the examples are plain", () => {
  const files = globSync("examples/workspace-yaml/*.yaml", { cwd: root }).filter((name) => !/Pulumi/.test(name));
  expect(files.length).toBeGreaterThan(1);
  for (const name of files) {
    const file = fileOf(readFileSync(path.join(root, name), "utf8"));
    expect(readPlain(file), name).toEqual(parseWhole(file).tree);
  }
});

it.each([
  ["an anchor", "a: &x 1\nb: *x\n"],
  ["a text over lines", "a: one\n  two\n"],
  ["a folded text", "a: >\n  one\n"],
  ["a key twice", "a: 1\na: 2\n"],
  ["a tab", "a:\n\tb: 1\n"],
  ["a second document", "a: 1\n---\nb: 2\n"],
  ["no map", "- a\n"],
  ["a number that is none", "a: .nan\n"],
  ["no key", "null: 1\n"],
  ["a merged key", '"<<": 1\n'],
  ["an odd space", '"\u00a0a": 1\n'],
  ["bad YAML", "a: [b\n"],
])("leaves %s to the whole parser", (_, text) => {
  expect(readPlain(fileOf(text))).toBeUndefined();
  expect(parseFile(fileOf(text))).toEqual(parseWhole(fileOf(text)));
});

test("with slips anywhere in it, it is what the whole parser says, or left to that", () => {
  let seed = 7;
  const below = (most: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * most);
  };
  let plain = 0;
  for (let round = 0; round < 400; round++) {
    const at = below(DOCUMENT.length);
    const text = `${DOCUMENT.slice(0, at)}${SLIPS[below(SLIPS.length)]}${DOCUMENT.slice(at + below(3))}`;
    const tree = readPlain(fileOf(text));
    if (tree === undefined) continue;
    plain++;
    expect({ tree, problems: [] }, text).toEqual(parseWhole(fileOf(text)));
  }
  expect(plain).toBeGreaterThan(80);
});
