import { expect, test } from "vitest";
import { Redactor } from "../../../provider/client/redactor.ts";

function redactor(...secrets: string[]): Redactor {
  const made = new Redactor();
  for (const secret of secrets) made.hide(secret);
  return made;
}

test("hides every occurrence, and leaves other text alone", () => {
  expect(redactor("hunter22").redact("hunter22 is not hunter2, hunter22!")).toBe("[hidden] is not hunter2, [hidden]!");
  expect(redactor().redact("hunter22")).toBe("hunter22");
});

test("hides a secret that contains another one as a whole", () => {
  expect(redactor("abc", "abcdef").redact("abcdef abc")).toBe("[hidden] [hidden]");
});

test.each([
  ["as it is", "p<a>\"s&s\\w/ö'd"],
  ["in JSON", JSON.stringify("p<a>\"s&s\\w/ö'd").slice(1, -1)],
  ["in a URL", encodeURIComponent("p<a>\"s&s\\w/ö'd")],
  ["HTML-escaped", "p&lt;a&gt;&quot;s&amp;s\\w/ö&#39;d"],
])("hides it %s", (_, form) => {
  expect(redactor("p<a>\"s&s\\w/ö'd").redact(`<${form}>`)).toBe("<[hidden]>");
});

test("takes a secret literally, whatever a pattern would make of it", () => {
  expect(redactor("a.c|[x]-(y)*").redact("abc a.c|[x]-(y)*")).toBe("abc [hidden]");
});

test("leaves values alone that appear by chance in any text", () => {
  expect(redactor("", "a", "ab").redact("a cab")).toBe("a cab");
});

test("costs little with thousands of secrets, each learnt between two texts", () => {
  const made = redactor();
  for (let index = 0; index < 5_000; index++) {
    made.hide(`password-${index}!`);
    expect(made.redact(`no password-${index}! here`)).toBe("no [hidden] here");
  }
});

test("reaches into plain values", () => {
  expect(redactor("hunter22").redactDeep({ a: ["hunter22", 1, null], hunter22: { b: "x hunter22" } })).toEqual({
    a: ["[hidden]", 1, null],
    "[hidden]": { b: "x [hidden]" },
  });
});
