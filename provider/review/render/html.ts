/** A report as one page that needs nothing else: no script, no picture, no address is fetched. */
import { countsOf, countsText, type Group, type Report, type ReportLine, total } from "../report.ts";
import { isHigh } from "../rules/rule.ts";
import { directed } from "../show.ts";
import { mediumRisks } from "./in-short.ts";
import { STYLE } from "./style.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

const sentence = (text: string): string => `${escaped(text.charAt(0).toUpperCase() + text.slice(1))}.`;

export function asHtml(report: Report): string {
  const { words, subject, findings, problems, checksum } = report;
  const high = findings.filter(isHigh).length;
  const body = [
    `<h1>${words.title}: ${escaped(subject)}</h1>`,
    total(report) === 0
      ? `<p>${sentence(countsText(report))}</p>`
      : `<dl>${countsOf(report)
          .map(([name, count]) => `<div><dt>${name}</dt><dd>${count}</dd></div>`)
          .join("")}</dl>`,
    ...(findings.length > 0 ? [`<p>${high} high and ${findings.length - high} medium risks.</p>`] : []),
    ...contents(report),
    ...(problems.length > 0 ? [errors(report)] : []),
    ...(findings.length > 0 ? [risks(report)] : []),
    ...areas(report),
    ...(checksum === undefined
      ? []
      : [
          `<section aria-labelledby="checksum"><h2 id="checksum">Checksum</h2>`,
          `<p><code>${checksum}</code></p></section>`,
        ]),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${words.title}: ${escaped(subject)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body.join("\n")}
</main>
</body>
</html>
`;
}

const idOf = (groups: readonly Group[], title: string): string =>
  `group-${groups.findIndex((group) => group.title === title)}`;

const list = (items: readonly string[], name = ""): string =>
  // Without a marker, Safari takes it for no list unless told.
  `<ul role="list"${name === "" ? "" : ` class="${name}"`}>\n${items.join("\n")}\n</ul>`;

const areasOf = ({ groups }: Report): string[] => [...new Set(groups.map(({ area }) => area))];

/** Ways into a long page. */
function contents(report: Report): string[] {
  const { findings, groups, problems } = report;
  const places = [
    ...(problems.length > 0 ? [["errors", "Errors", problems.length] as const] : []),
    ...(findings.length > 0 ? [["risks", "Risks", findings.length] as const] : []),
    ...areasOf(report).map((area, index) => {
      const own = groups.filter((group) => group.area === area);
      return [`area-${index}`, area, own.reduce((sum, { lines }) => sum + lines.length, 0)] as const;
    }),
  ];
  if (places.length < 2) return [];
  const items = places.map(([id, name, count]) => `<li><a href="#${id}">${escaped(name)}</a> ${count}</li>`);
  return [`<nav aria-label="Contents">${list(items)}</nav>`];
}

function errors({ problems }: Report): string {
  const items = problems.map((problem) => `<li class="problem">${escaped(problem)}</li>`);
  return `<section aria-labelledby="errors"><h2 id="errors">Errors</h2>\n${list(items)}</section>`;
}

function risks(report: Report): string {
  const item = (risk: string, word: string, text: string, group: string): string =>
    `<li class="risk ${risk}"><span class="tag">${word}:</span> ${escaped(text)} ` +
    `<a href="#${idOf(report.groups, group)}">${escaped(group)}</a></li>`;
  const items = [
    ...report.findings.filter(isHigh).map(({ text, group }) => item("high", "High", text, group)),
    ...mediumRisks(report).map(({ text, group }) => item("medium", "Medium", text, group)),
  ];
  return `<section aria-labelledby="risks"><h2 id="risks">Risks</h2>\n${list(items)}</section>`;
}

function areas(report: Report): string[] {
  const { groups } = report;
  return areasOf(report).map((area, index) => {
    const own = groups.filter((group) => group.area === area).map((group) => section(group, idOf(groups, group.title)));
    return `<section aria-labelledby="area-${index}"><h2 id="area-${index}">${escaped(area)}</h2>\n${own.join("\n")}</section>`;
  });
}

/** Lines that go into columns, where there is room for them. */
const MANY = 20;

function section({ area, title, lines }: Group, id: string): string {
  const heading = title === area ? `<div id="${id}">` : `<div><h3 id="${id}">${escaped(title)}</h3>`;
  return `${heading}\n${list(lines.map(item), lines.length > MANY ? "many" : "")}</div>`;
}

const signs = {
  "+": ["plus", "Added"],
  "-": ["minus", "Removed"],
  "~": ["change", "Changed"],
} as const;

function item({ sign, text, details, findings }: ReportLine): string {
  const [name, word] = signs[sign];
  // The sign for the eye, the word for who listens.
  const mark = `<span class="sign ${name}" aria-hidden="true">${sign === "-" ? "−" : sign}</span><span class="aside">${word}: </span>`;
  const risk = findings.some(isHigh) ? ' <strong class="tag">High risk</strong>' : "";
  const below = details.map((detail) => `<li><code>${escaped(directed(detail))}</code></li>`);
  return `<li class="entry">${mark}${escaped(text)}${risk}${below.length === 0 ? "" : list(below, "details")}</li>`;
}
