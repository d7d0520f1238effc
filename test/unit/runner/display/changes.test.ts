import { expect, it } from "vitest";
import { showChanges } from "../../../../provider/runner/display/changes.ts";
import { changedPaths } from "../../../../provider/runner/display/paths.ts";
import { secret } from "../../../../provider/runner/state/index.ts";
import { UNKNOWN } from "../../../../provider/runner/values.ts";

const old = {
  blob: '{"a":1,"b":[1,2]}',
  nest: { a: 1, b: { c: 1 }, gone: true },
  pw: secret("s3cret"),
  tags: ["x", "y", "z"],
  text: "one\ntwo\nthree\nfour",
  kind: [1],
};
const next = {
  blob: '{"a":2,"b":[1,2]}',
  nest: { a: 1, b: { c: UNKNOWN }, fresh: [1] },
  pw: secret("other"),
  tags: ["x", "Y"],
  text: "one\n2\nthree\nfour\nfive",
  kind: { a: "\u001b[2J" },
};

it("lays changes out as the CLI does", () => {
  expect(showChanges(old, next).join("\n")).toMatchInlineSnapshot(`
    "  ~ blob: (json) {
          ~ a: 1 => 2
            b: [
                [0]: 1
                [1]: 2
            ]
        }
      ~ kind: [
            [0]: 1
        ] => {
            a: "\\u001b[2J"
        }
      ~ nest: {
          ~ b    : {
              ~ c: 1 => [unknown]
            }
          + fresh: [
          +     [0]: 1
            ]
          - gone : true
        }
      ~ pw  : [secret] => [secret]
      ~ tags: [
          ~ [1]: "y" => "Y"
          - [2]: "z"
        ]
      ~ text:
            one
          - two
          + 2
            three
          - four
          + four
          + five"
  `);
});

it("shows neighbours on demand", () => {
  expect(showChanges({ list: [1, { x: 1 }], a: 1 }, { list: [1, { x: 2 }], a: 1 }, { whole: true }).join("\n")).toBe(
    "    a   : 1\n  ~ list: [\n        [0]: 1\n      ~ [1]: {\n          ~ x: 1 => 2\n        }\n    ]",
  );
});

it("names the paths that differ as Pulumi does", () => {
  expect(changedPaths({ ...old, "a.b": 1 }, { ...next, "a.b": 2 })).toEqual({
    '["a.b"]': "update",
    blob: "update",
    kind: "update",
    "nest.b.c": "update",
    "nest.fresh": "add",
    "nest.gone": "delete",
    pw: "update",
    "tags[1]": "update",
    "tags[2]": "delete",
    text: "update",
  });
});
