/** What holds for a format whatever the plan: names stay text, nothing of weight is left out, pages need nothing else. */
import { expect, test } from "vitest";
import { readPreview } from "../../../provider/review/preview.ts";
import { renderers } from "../../../provider/review/render/index.ts";
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
  const evil = report(
    room("<script>alert(1)</script>", "`</code>` **bold** \u001b[31m red \u202e al\u200bice \ufeff @everyone"),
  );
  expect(renderers.html(evil)).not.toContain("<script");
  expect(renderers.md(evil)).not.toContain("<script");
  for (const render of Object.values(renderers)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(render(evil)).not.toMatch(/[\u0000-\u0009\u001b\u202e\ufeff]|al\u200bice/);
  }
});
