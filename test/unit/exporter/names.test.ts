import { describe, expect, it } from "vitest";
import { keyed, partsOf } from "../../../provider/exporter/names.ts";
import { handlers } from "../../../provider/kinds/handlers.ts";

const keysOf = (objects: { parts: string[]; inputs: Record<string, unknown> }[]) =>
  keyed(objects).map(({ keys, renamed, object }) => [keys.join("/"), renamed, object.inputs.n]);

describe("keys in a document", () => {
  it("are the natural names in code-point order", () => {
    const of = (name: string, n: number) => ({ parts: [name], inputs: { n } });
    expect(keysOf([of("ä", 1), of("b", 2), of("B", 3), of("a", 4), of("😀", 5), of("￰", 6)])).toEqual([
      ["B", false, 3],
      ["a", false, 4],
      ["b", false, 2],
      ["ä", false, 1],
      ["￰", false, 6],
      ["😀", false, 5],
    ]);
  });

  it("get numbers where several have one name, whatever the server's order", () => {
    const twins = [
      { parts: ["ci"], inputs: { n: 2 } },
      { parts: ["ci-2"], inputs: { n: 9 } },
      { parts: ["ci"], inputs: { n: 1 } },
    ];
    const expected = [
      ["ci", false, 1],
      ["ci-2", false, 9],
      ["ci-3", true, 2],
    ];
    expect(keysOf(twins)).toEqual(expected);
    expect(keysOf([...twins].reverse())).toEqual(expected);
  });

  it("are what an object can't change, where it has no name of its own", () => {
    expect(partsOf(handlers.get("Invite")!, { channel: "general", days: 7, maxUses: 0 })).toEqual(["general-7-0"]);
    expect(partsOf(handlers.get("Message")!, { channel: "general", messageId: "rules", text: "Be kind" })).toEqual([
      "rules",
    ]);
  });
});
