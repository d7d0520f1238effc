#!/usr/bin/env node
// The page of a review in a real browser: phone and desk, light and dark, paper. Looks for what is clipped, too wide, hard to read or not to be
// reached by keyboard; with --out, pictures and accessibility trees for who wants to look.
// usage: npm run test:pages -- [--browser chromium] [--out FOLDER]
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { asHtml } from "../provider/review/render/html.ts";
import { pages } from "../test/fixtures/review/pages.ts";
import { openPage, startBrowser } from "./pages/browser.mjs";
import { INSPECT, treeOf } from "./pages/inspect.mjs";

const { browser: program, out } = parseArgs({
  options: { browser: { type: "string", default: "chromium" }, out: { type: "string" } },
}).values;
if (out) mkdirSync(out, { recursive: true });

const VIEWS = [
  [375, "light", "screen"],
  [375, "dark", "screen"],
  [1280, "light", "screen"],
  [1280, "dark", "screen"],
  [794, "dark", "print"],
];

await using browser = await startBrowser(program);
let wrong = 0;
for (const [name, report] of Object.entries(pages)) {
  const html = asHtml(report);
  const page = await openPage(browser, html);
  for (const [width, scheme, media] of VIEWS) {
    await page.view(width, scheme, media);
    const view = `${name} ${width} ${media === "print" ? "print" : scheme}`;
    const { found, least } = await page.run(INSPECT);
    wrong += found.length;
    console.log(
      `${view}: ${found.length === 0 ? "well" : `${found.length} wrong`}, least contrast ${least.toFixed(1)}`,
    );
    for (const line of found.slice(0, 10)) console.log(`  ${line}`);
    if (out) writeFileSync(path.join(out, `${view.replaceAll(" ", "-")}.png`), await page.picture());
  }
  if (out) {
    const { nodes } = await page.call("Accessibility.getFullAXTree");
    const { data } = await page.call("Page.printToPDF", { printBackground: false });
    writeFileSync(path.join(out, `${name}.html`), html);
    writeFileSync(path.join(out, `${name}.pdf`), Buffer.from(data, "base64"));
    writeFileSync(path.join(out, `${name}.tree.txt`), `${treeOf(nodes).join("\n")}\n`);
  }
  await page.close();
}
process.exitCode = wrong > 0 ? 1 : 0;
