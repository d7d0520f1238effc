/** Reports of changes that a reviewer must see, word for word. */
import path from "node:path";
import { expect, test } from "vitest";
import { checksumOf } from "../../../provider/review/checksum.ts";
import { readPreview } from "../../../provider/review/preview.ts";
import { type Format, renderers } from "../../../provider/review/render/index.ts";
import { type Report, reportOf } from "../../../provider/review/report.ts";
import { type Case, cases, previewOf, SECRETS } from "../../fixtures/review/cases.ts";

const golden = path.join(import.meta.dirname, "../../fixtures/review");
const endings: Record<Format, string> = { text: "txt", md: "md", json: "json", html: "html" };

function report(...shown: readonly Case[]): Report {
  const { plan, named } = readPreview(previewOf(...shown));
  return reportOf(named, { subject: "what up would do on prod", checksum: checksumOf(plan) });
}

test.each(Object.entries(cases))("%s", async (name, shown) => {
  const text = renderers.text(report(shown));
  for (const secret of SECRETS) expect(text).not.toContain(secret);
  await expect(text).toMatchFileSnapshot(path.join(golden, "text", `${name}.txt`));
});

test.each(Object.keys(renderers) as Format[])("all of them together, as %s", async (format) => {
  const text = renderers[format](report(...Object.values(cases)));
  for (const secret of SECRETS) expect(text).not.toContain(secret);
  await expect(text).toMatchFileSnapshot(path.join(golden, `all.${endings[format]}`));
});

test("nothing to change", () => {
  expect(renderers.text(report())).toMatch(
    /^Review: what up would do on prod\nnothing to change\n\nChecksum: [0-9a-f]{16}\n$/,
  );
});
