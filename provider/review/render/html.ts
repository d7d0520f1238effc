/** A report as one page that needs nothing else: no script, no picture, no address is fetched. */
import { countsText, type Group, type Report, type ReportLine } from "../report.ts";
import { isHigh } from "../rules/rule.ts";
import { STYLE } from "./style.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

export function asHtml(report: Report): string {
  const { subject, counts, findings, problems, checksum } = report;
  const numbers = [
    ["to make", counts.create],
    ["to change", counts.update],
    ["to make anew", counts.replace],
    ["to take away", counts.delete],
  ] as const;
  const body = [
    `<h1>Review: ${escaped(subject)}</h1>`,
    `<p>${escaped(countsText(report))}.</p>`,
    `<dl>${numbers.map(([name, count]) => `<div><dt>${name}</dt><dd>${count}</dd></div>`).join("")}</dl>`,
    ...problems.map((problem) => `<p class="problem" role="alert"><strong>Error:</strong> ${escaped(problem)}</p>`),
    ...(findings.length > 0 ? [risks(report)] : []),
    ...areas(report),
    ...(checksum === undefined ? [] : ["<h2>Checksum</h2>", `<p><code>${escaped(checksum)}</code></p>`]),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Review: ${escaped(subject)}</title>
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

function risks({ findings, groups }: Report): string {
  const items = findings.map(
    ({ risk, text, group }) =>
      `<li class="risk ${risk}"><span class="tag">${risk === "high" ? "High" : "Medium"}:</span> ${escaped(text)} ` +
      `<a href="#${idOf(groups, group)}">${escaped(group)}</a></li>`,
  );
  return `<section aria-labelledby="risks"><h2 id="risks">Risks</h2>\n<ul>\n${items.join("\n")}\n</ul></section>`;
}

function areas({ groups }: Report): string[] {
  const names = [...new Set(groups.map(({ area }) => area))];
  return names.map((area, index) => {
    const own = groups.filter((group) => group.area === area).map((group) => section(group, idOf(groups, group.title)));
    return `<section aria-labelledby="area-${index}"><h2 id="area-${index}">${escaped(area)}</h2>\n${own.join("\n")}</section>`;
  });
}

function section({ area, title, lines }: Group, id: string): string {
  const heading = title === area ? `<div id="${id}">` : `<div><h3 id="${id}">${escaped(title)}</h3>`;
  return `${heading}\n<ul>\n${lines.map(item).join("\n")}\n</ul></div>`;
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
  const below = details.map((detail) => `<li><code>${escaped(detail)}</code></li>`).join("");
  return `<li class="entry">${mark}${escaped(text)}${risk}${below === "" ? "" : `<ul class="details">${below}</ul>`}</li>`;
}
