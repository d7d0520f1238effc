/** No secret that a run knows leaves it in a text, in whatever form; everything else does. */
import { expect, it } from "vitest";
import type { RunEvent } from "../../../provider/runner/events.ts";
import { createRedaction } from "../../../provider/runner/redaction.ts";
import { type Resource, secret } from "../../../provider/runner/state/index.ts";

it.each([
  ["as it is", 'pa"ss word', 'login with pa"ss word failed', "login with [secret] failed"],
  ["in JSON", 'pa"ss\nword', '{"pw":"pa\\"ss\\nword"}', '{"pw":"[secret]"}'],
  ["in an address", "a/b c&d", "GET /x?pw=a%2Fb%20c%26d and a%2Fb+c%26d", "GET /x?pw=[secret] and [secret]"],
  ["twice, beside itself", "abc", "abcabc-abc", "[secret][secret]-[secret]"],
  ["line by line", "-----BEGIN KEY-----\nMIIEvgIBADAN\n}", "  MIIEvgIBADAN\n}", "  [secret]\n}"],
  ["at the very end", "tail", "head tail", "head [secret]"],
  ["not when it is too short", "ab", "ab abc", "ab abc"],
])("finds a secret %s", (_title, value, text, clean) => {
  expect(createRedaction([value]).text(text)).toBe(clean);
});

it("takes the longest of several that begin alike", () => {
  const { text } = createRedaction(["token", "token-1", "tok"]);
  expect(text("token-1 token tokyo")).toBe("[secret] [secret] [secret]yo");
});

it("learns every leaf of what is marked, and nothing of the rest", () => {
  const { learn, text } = createRedaction();
  learn({
    open: "visible",
    deep: [{ pw: secret({ list: ["first-leaf", 12345], flag: true }) }],
    __provider: "visible",
  });
  expect(text("visible first-leaf 12345 true")).toBe("visible [secret] [secret] true");
  learn({ later: secret("second") });
  expect(text("second")).toBe("[secret]");
});

it("keeps of what it learns from the secrets alone", () => {
  const { learn, text } = createRedaction();
  const values = { pw: secret("first"), open: "visible" };
  learn(values);
  values.pw = secret("second");
  expect(text("first second visible")).toBe("[secret] second visible");
});

it("cleans what passes to a listener, and learns from the states that pass", () => {
  const seen: RunEvent[] = [];
  const listener = createRedaction().cleaning((event) => void seen.push(event));
  const next = { urn: "urn:x", type: "t", custom: true, inputs: { pw: secret("wanted") } } as unknown as Resource;
  const made = { ...next, outputs: { token: secret("given-token") } };
  const step = { op: "create", urn: "urn:x", keys: {}, replaces: [] } as const;
  listener({ type: "start", step: { ...step, next } });
  listener({ type: "failed", step, message: "no wanted", seconds: 0 });
  listener({ type: "done", step: { ...step, next: made }, seconds: 0 });
  listener({ type: "diagnostic", severity: "info", message: "got given-token" });
  expect(seen.flatMap((event) => ("message" in event ? event.message : []))).toEqual(["no [secret]", "got [secret]"]);
  expect(seen[0]).toMatchObject({ step: { next: { inputs: { pw: secret("wanted") } } } });
});

it("finds one of ten thousand in a long text", () => {
  const { learn, text } = createRedaction();
  learn(Array.from({ length: 10_000 }, (_, index) => secret(`password-${index}`)));
  expect(text(`${"x".repeat(100_000)} password-9999 ${"y".repeat(100_000)}`)).toBe(
    `${"x".repeat(100_000)} [secret] ${"y".repeat(100_000)}`,
  );
});
