/**
 * A report as a comment on a pull request: GitHub takes 65,536 characters of it (GitLab a million). When it would be longer, details fold away
 * first, then harmless lines, then what is only worth a look. Should even what goes and the high risks be more than a comment holds, it says
 * so before anything else and counts them: nobody may take such a comment for the whole.
 */
import { countsText, type Group, type Report, type ReportLine } from "../report.ts";
import { isHigh } from "../rules/rule.ts";
import { directed } from "../show.ts";
import { inShort, mediumRisks, type Shown, together } from "./in-short.ts";
import { code, html, plain } from "./inert.ts";
import { tooMuch } from "./too-much.ts";

/** Leaves room for what a CI job writes around it. */
export const LONGEST = 65_000;

/** Each form says less than the one before. */
const FORMS = ["whole", "without details", "what counts", "risks only"] as const;
type Form = (typeof FORMS)[number];

export function asMarkdown(report: Report): string {
  for (const form of FORMS) {
    const text = write(report, form);
    if (text.length <= LONGEST) return text;
  }
  return framed(report, tooMuch(report, LONGEST - 2_000));
}

/** Title and counts before it, the checksum after it. */
function framed(report: Report, body: readonly string[]): string {
  const { subject, findings, checksum } = report;
  const high = findings.filter(isHigh).length;
  return `${[
    `## ${report.words.title}: ${plain(subject)}`,
    "",
    `**${countsText(report)}** · ${high} high, ${findings.length - high} medium risks`,
    ...body,
    ...(checksum === undefined ? [] : ["", `Checksum: \`${checksum}\``]),
  ].join("\n")}\n`;
}

function write(report: Report, form: Form): string {
  const { findings, groups, problems } = report;
  const out = problems.flatMap((problem) => ["", ...problem.split("\n").map((line) => `> ❌ ${plain(line)}`)]);
  const high = findings.filter(isHigh).map(({ text }) => text);
  const told = form === "risks only" ? together(high) : high;
  if (findings.length > 0) out.push("", "### Risks", "", ...told.map((text) => `- 🔴 **${plain(text)}**`));
  const medium = findings.length - high.length;
  if (form !== "risks only") out.push(...mediumRisks(report).map(({ text }) => `- 🟡 ${plain(text)}`));
  else if (medium > 0) out.push(`- 🟡 ${medium} medium risks are not listed here`);

  const shown = groups.map((group) => (form === "risks only" ? inShort(group) : sectionOf(group, form)));
  const lines = shown.flatMap(({ text }) => text);
  if (lines.length > 0) out.push("", "### Changes", ...lines);
  const details = form === "whole" ? 0 : groups.flatMap((group) => group.lines.flatMap((line) => line.details)).length;
  const hidden = shown.reduce((sum, { left }) => sum + left, 0);
  const left = [
    ...(hidden > 0 ? [`${hidden} further lines`] : []),
    ...(details > 0 ? [`${details} details of changes (what a value was and becomes)`] : []),
  ].join(" and ");
  if (left !== "") {
    out.push(
      "",
      `_${left} did not fit into a comment; nothing that goes and no high risk is among them. \`--format html\` has them all._`,
    );
  }
  return framed(report, out);
}

function sectionOf({ title, lines }: Group, form: Form): Shown {
  const kept = form === "what counts" ? lines.filter(({ keep }) => keep) : lines;
  const left = lines.length - kept.length;
  if (kept.length === 0) return { text: [], left };
  const removed = kept.filter(({ sign }) => sign === "-").length;
  const high = kept.some(({ findings }) => findings.some(isHigh));
  const marks = [
    `${lines.length} ${lines.length === 1 ? "line" : "lines"}`,
    ...(removed > 0 ? [`${removed} gone`] : []),
    ...(left > 0 ? [`${left} not listed`] : []),
  ].join(", ");
  // Inside HTML, Markdown needs an empty line to begin again.
  const text = [
    "",
    `<details${high ? " open" : ""}><summary>${high ? "🔴 " : ""}<b>${html(title)}</b> (${marks})</summary>`,
    "",
    ...kept.flatMap((line) => itemOf(line, form)),
    "",
    "</details>",
  ];
  return { text, left };
}

const words = { "+": "➕", "-": "➖", "~": "✏️" } as const;

function itemOf({ sign, text, details }: ReportLine, form: Form): string[] {
  const line = `- ${words[sign]} ${plain(text)}`;
  return form === "whole" ? [line, ...details.map((detail) => `  - ${code(directed(detail))}`)] : [line];
}
