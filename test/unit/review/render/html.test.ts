/** The page of a report as a browser and a screen reader take it: structure, links, nothing from elsewhere, colours that can be read. */
import { describe, expect, test } from "vitest";
import { asHtml } from "../../../../provider/review/render/html.ts";
import { STYLE } from "../../../../provider/review/render/style.ts";
import { pages } from "../../../fixtures/review/pages.ts";

describe.each(Object.entries(pages))("%s", (_name, report) => {
  const page = asHtml(report);
  const [, body = ""] = page.split("<body>");

  test("fetches nothing and runs nothing", () => {
    expect(page).not.toMatch(/<(?:script|img|link|iframe|object|embed|form|base)\b|<[^>]*\son\w+=/);
    expect(STYLE).not.toMatch(/url\(|@import/);
    expect([...page.matchAll(/\b(?:href|src)="([^"]*)"/g)].filter(([, target]) => !target?.startsWith("#"))).toEqual(
      [],
    );
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test("has a language, a title, one main part, and headings without a gap", () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(page).toMatch(/<title>Review: [^<]+<\/title>/);
    expect(body.match(/<main>/g)).toHaveLength(1);
    const levels = [...body.matchAll(/<h([1-6])\b/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [index, level] of levels.slice(1).entries()) expect(level - (levels[index] ?? 0)).toBeLessThanOrEqual(1);
    expect(body.match(/<h[1-6][^>]*>\s*<\//g)).toBeNull();
  });

  test("every link leads somewhere in it, every part has a name, every element ends", () => {
    const ids = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...body.matchAll(/(?:href="#|aria-labelledby=")([^"]+)"/g)].map(([, target]) => target);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
    expect(body.match(/<section(?! aria-labelledby)|<nav(?! aria-label)|<ul(?! role="list")/g)).toBeNull();
    expect(body.match(/<table|<th(?! scope)/g)).toBeNull();
    const open: string[] = [];
    for (const [, end, name = ""] of body.matchAll(/<(\/?)([a-z][a-z0-9]*)\b/g)) {
      if (end === "") open.push(name);
      else if (name !== "html" && name !== "body") expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });
});

test("names and values are text", () => {
  const page = asHtml(pages.awkward!);
  expect(page).toContain("#&lt;b&gt;&amp;&quot;quoted&quot;");
  expect(page).not.toContain("<b>");
});

test("what is said of many people is said once among the risks, and of each of them below", () => {
  const page = asHtml(pages.big!);
  expect(page).toMatch(/Medium:<\/span> @… is removed from #everybody \(150\): @person-0, @person-1, @person-10, /);
  expect(page).not.toMatch(/Medium:<\/span> @person-\d+ is removed/);
  expect(page.match(/Removed: <\/span>@person-\d+ is removed/g)).toHaveLength(150);
  expect(page).toContain('<ul role="list" class="many">');
});

test("errors have a heading of their own before the risks", () => {
  const page = asHtml(pages.problems!);
  expect(page.indexOf('<h2 id="errors">')).toBeGreaterThan(0);
  expect(page.indexOf('<h2 id="errors">')).toBeLessThan(page.indexOf('<h2 id="risks">'));
});

test("between texts from right to left, before stays left of after", () => {
  const page = asHtml(pages.awkward!);
  expect(page).toContain(
    "topic: \u200e&quot;\u200eישן\u200e&quot;\u200e \u200e→\u200e \u200e&quot;\u200eחדש\u200e&quot;\u200e",
  );
  expect(page).toContain("topic: &quot;Früher&quot; → ");
});

/** As WCAG 2 has it: from 1 to 21. */
function contrast(one: string, other: string): number {
  const light = (color: string): number => {
    const digits =
      color.length === 4 ? [...color.slice(1)].map((digit) => digit + digit) : (color.slice(1).match(/../g) ?? []);
    const [red = 0, green = 0, blue = 0] = digits
      .map((pair) => Number.parseInt(pair, 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [less = 0, more = 0] = [light(one), light(other)].sort((a, b) => a - b);
  return (more + 0.05) / (less + 0.05);
}

const blocks = [...STYLE.matchAll(/:root \{([^}]*)\}/g)].map(([, text = ""]) =>
  Object.fromEntries([...text.matchAll(/--([\w-]+): (#\w+)/g)].map(([, name, color]) => [name, color])),
);
const inks: Record<string, string[]> = {
  paper: ["ink", "soft", "change", "plus", "minus", "high"],
  card: ["ink", "soft"],
  "high-paper": ["ink", "high", "change"],
  "medium-paper": ["ink", "medium", "change"],
};
const pairs = Object.entries(inks).flatMap(([paper, names]) => names.map((ink) => [ink, paper] as const));

test.each(
  ["light", "dark", "on paper"].flatMap((scheme, index) =>
    pairs.map(([ink, paper]) => [scheme, ink, paper, index] as const),
  ),
)("%s: %s on %s can be read", (_scheme, ink, paper, index) => {
  const colors = blocks[index] ?? {};
  expect(contrast(colors[ink] ?? "", colors[paper] ?? "")).toBeGreaterThanOrEqual(4.5);
});
