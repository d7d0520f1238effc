/** Variables are put in as Docker Compose's documentation has it. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are what is tested
import { describe, expect, it } from "vitest";
import { substitute } from "../../../../../provider/components/server/compose/variables.ts";

const variables = { A: "a", EMPTY: "" };
const text = (given: string) => substitute(given, variables).text;

describe("what is put in", () => {
  it.each([
    ["nothing", "nothing"],
    ["$A and ${A}", "a and a"],
    ["$A.b", "a.b"],
    ["${A:-x}", "a"],
    ["${EMPTY:-x}${EMPTY-y}", "x"],
    ["${NONE:-x}${NONE-y}", "xy"],
    ["${NONE:-}", ""],
    ["${NONE:-${A}b}", "ab"],
    ["${NONE:-${NONE2:-deep}}}", "deep}"],
    ["${A:+x}${EMPTY:+y}${EMPTY+z}${NONE:+n}", "xz"],
    ["${A:?must be}", "a"],
    ["$$A costs $$5", "$A costs $5"],
  ])("%s", (given, expected) => {
    expect(substitute(given, variables)).toEqual({ text: expected, unset: [], wrong: [] });
  });

  it("is nothing for what is not set, which is told", () => {
    expect(substitute("<$NONE>", variables)).toEqual({ text: "<>", unset: ["NONE"], wrong: [] });
    expect(substitute("${NONE:-${OTHER}}", variables).unset).toEqual(["OTHER"]);
    expect(text("$EMPTY")).toBe("");
  });
});

describe("what can't be put in", () => {
  it.each([
    ["${NONE:?say who}", "the variable NONE is required: say who"],
    ["${EMPTY:?}", "the variable EMPTY is required"],
    ["${A!b}", "${A!b} is no substitution that Docker Compose knows"],
    ["${}", "${} is no substitution that Docker Compose knows"],
    ["${A", "a ${ has no closing brace"],
    ["5$", "a single $ must be written $$"],
  ])("%s", (given, expected) => {
    expect(substitute(given, variables).wrong).toEqual([expected]);
  });

  it("does not hold the value", () => {
    expect(JSON.stringify(substitute("${SECRET!b}", { SECRET: "s3cr3t" }))).not.toContain("s3cr3t");
  });
});
