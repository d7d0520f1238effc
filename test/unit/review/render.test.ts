/** What holds for a format whatever the plan: names stay text, nothing of weight is left out, pages need nothing else. */
import { expect, test } from "vitest";
import { readPreview } from "../../../provider/review/preview.ts";
import { renderers } from "../../../provider/review/render/index.ts";
import { LONGEST } from "../../../provider/review/render/markdown.ts";
import { reportOf } from "../../../provider/review/report.ts";
import { type Case, previewOf } from "../../fixtures/review/cases.ts";

const report = (...shown: readonly Case[]) =>
  reportOf(readPreview(previewOf(...shown)).named, { subject: "what up would do" });
const room = (name: string, topic: string): Case => ({
  kind: "Channel",
  name,
  old: { name, topic: "" },
  next: { name, topic },
});

test("a name is never markup, nor does it steer a terminal", () => {
  const evil = report(room("<script>alert(1)</script>", "`</code>` **bold** \u001b[31m red \u202e @everyone"));
  expect(renderers.html(evil)).not.toContain("<script");
  expect(renderers.md(evil)).not.toContain("<script");
  for (const render of Object.values(renderers)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(render(evil)).not.toMatch(/[\u0000-\u0009\u001b\u202e]/);
  }
});

test("a page fetches nothing and runs nothing", () => {
  const page = renderers.html(report(room("builds", "https://tracker.example/x.png")));
  expect(page).not.toMatch(/<(?:script|img|link|iframe)|\bon\w+=|url\(|@import/);
  expect(page.match(/<h1/g)).toHaveLength(1);
  expect(page).toMatch(/<html lang="en">/);
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target] of page.matchAll(/(?:href="#|aria-labelledby=")([^"]+)"/g)) expect(ids).toContain(target);
});

test("a comment stays short enough and keeps all that goes and every high risk", () => {
  const many = Array.from({ length: 400 }, (_, index) => index);
  const long = report(
    ...many.map((index) => room(`room-${index}`, "x".repeat(150))),
    ...many.map(
      (index): Case => ({
        kind: "ChannelMember",
        name: `m${index}`,
        old: { channel: "general", username: `guest${index}` },
      }),
    ),
    ...many
      .slice(0, 50)
      .map(
        (index): Case => ({ kind: "Channel", name: `old${index}`, old: { name: `old${index}`, onDestroy: "delete" } }),
      ),
  );
  const text = renderers.md(long);
  expect(text.length).toBeLessThanOrEqual(LONGEST);
  for (const index of many) expect(text).toMatch(new RegExp(`guest${index} is removed`));
  for (const index of many.slice(0, 50)) expect(text).toContain(`old${index} is deleted with all its messages`);
  expect(text).toMatch(/\d+ further lines did not fit/);
});
