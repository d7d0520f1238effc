import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { ExportedObject } from "../../../provider/exporter/model.ts";
import { sectionText } from "../../../provider/exporter/write/yaml.ts";
import { handlers } from "../../../provider/kinds/handlers.ts";

const section = (kind: string, objects: readonly (readonly [string[], Record<string, unknown>])[]) => {
  const handler = handlers.get(kind)!;
  const rows = objects.map(
    ([keys, inputs]): ExportedObject => ({ handler, keys, inputs, id: "", secrets: [], outputs: {} }),
  );
  return sectionText({ handler, objects: rows, defaults: {} });
};

describe("a section's text", () => {
  it("is one map, however many objects there are, with what lies in one room together", () => {
    const members = Array.from(
      { length: 900 },
      (_, index) => [[`r${Math.floor(index / 400)}`, `u${index}`], {}] as const,
    );
    const text = section("ChannelMember", members as never);
    const { channelMembers } = parse(text) as { channelMembers: Record<string, object> };
    expect(Object.entries(channelMembers).map(([room, people]) => [room, Object.keys(people).length])).toEqual([
      ["r0", 400],
      ["r1", 400],
      ["r2", 100],
    ]);
    expect(text.match(/^channelMembers:$/gm)).toHaveLength(1);
  });

  it("has the short form where a value says all, and not for maps", () => {
    expect(
      section("Setting", [
        [["A"], { value: "yes" }],
        [["B"], { value: { url: "x" } }],
      ]),
    ).toBe("settings:\n  A: yes\n  B:\n    value: { url: x }\n");
  });

  it("ends where it ends: no text takes the empty lines after it for its own", () => {
    for (const value of ["a\n", "a\n\n\n", "\n", "a\n  \n", "  a\n\n"]) {
      const text = section("Setting", [[["A"], { value }]]);
      expect(parse(`${text}\n\n# more\n`)).toEqual({ settings: { A: value } });
    }
  });
});
