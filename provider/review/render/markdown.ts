/**
 * A report as a comment on a pull request: GitHub takes 65,536 characters of it. When it would be longer, details fold away first, then
 * harmless lines; a high risk or something that goes is never left out, even where that makes it longer than a comment may be.
 */
import { countsText, type Group, type Report, type ReportLine } from "../report.ts";

/** Leaves room for what a CI job writes around it. */
export const LONGEST = 65_000;

/** Each form says less than the one before. */
type Form = "whole" | "without details" | "what counts" | "risks only";

export function asMarkdown(report: Report): string {
  const forms: readonly Form[] = ["whole", "without details", "what counts", "risks only"];
  const [first = "", ...shorter] = forms.map((form) => () => write(report, form)).map((make) => make());
  return [first, ...shorter].find((text) => text.length <= LONGEST) ?? shorter.at(-1) ?? first;
}

/** Names are anybody's: they must not become markup, mentions or links. */
const plain = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\\`*_[\]|~]/g, "\\$&")
    // An invisible character in the middle: the person or issue of that name on GitHub is another one.
    .replace(/[@#](?=\w)/g, "$&\u200b")
    .replace(/:\/\//g, ":\u200b//");

/** Code keeps everything as it is; its fence is longer than any inside. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const gap = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${gap}${text}${gap}${fence}`;
}

function write(report: Report, form: Form): string {
  const { subject, findings, groups, problems, checksum } = report;
  const high = findings.filter(({ risk }) => risk === "high");
  const out = [
    `## Review: ${plain(subject)}`,
    "",
    `**${countsText(report)}** · ${high.length} high, ${findings.length - high.length} medium risks`,
  ];
  for (const problem of problems) out.push("", ...problem.split("\n").map((line) => `> ❌ ${plain(line)}`));
  if (findings.length > 0) out.push("", "### Risks", "", ...high.map(({ text }) => `- 🔴 **${plain(text)}**`));
  const medium = findings.filter(({ risk }) => risk !== "high");
  if (form !== "risks only") out.push(...medium.map(({ text }) => `- 🟡 ${plain(text)}`));
  else if (medium.length > 0) out.push(`- 🟡 ${medium.length} medium risks are not listed here`);

  const hidden = { lines: 0 };
  const shown = groups.flatMap((group) => sectionOf(group, form, hidden));
  if (shown.length > 0) out.push("", "### Changes", ...shown);
  if (hidden.lines > 0) {
    out.push(
      "",
      `_${hidden.lines} further lines did not fit; nothing that goes and no high risk is among them. \`--format html\` has them all._`,
    );
  }
  if (checksum !== undefined) out.push("", `Checksum: \`${checksum}\``);
  return `${out.join("\n")}\n`;
}

function sectionOf({ title, lines }: Group, form: Form, hidden: { lines: number }): string[] {
  if (form === "risks only") return inShort(title, lines, hidden);
  const kept = form === "whole" || form === "without details" ? lines : lines.filter(({ keep }) => keep);
  hidden.lines += lines.length - kept.length;
  if (kept.length === 0) return [];
  const items = kept.flatMap((line) => itemOf(line, form));
  const removed = kept.filter(({ sign }) => sign === "-").length;
  const high = kept.some(({ findings }) => findings.some(({ risk }) => risk === "high"));
  const marks = [
    `${lines.length} ${lines.length === 1 ? "line" : "lines"}`,
    ...(removed > 0 ? [`${removed} gone`] : []),
  ].join(", ");
  // Inside HTML, Markdown needs an empty line to begin again.
  return [
    "",
    `<details${high ? " open" : ""}><summary>${high ? "🔴 " : ""}<b>${html(title)}</b> (${marks})</summary>`,
    "",
    ...items,
    "",
    "</details>",
  ];
}

/** One line for all that goes. What has a high risk stands among the risks already. */
function inShort(title: string, lines: readonly ReportLine[], hidden: { lines: number }): string[] {
  const gone = lines.filter(({ sign }) => sign === "-");
  hidden.lines += lines.filter(({ sign, keep }) => sign !== "-" && !keep).length;
  return gone.length === 0 ? [] : ["", `**${plain(title)}** ➖ ${gone.map(({ text }) => plain(text)).join("; ")}`];
}

const html = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/@(?=\w)/g, "@\u200b");

const words = { "+": "➕", "-": "➖", "~": "✏️" } as const;

function itemOf({ sign, text, details }: ReportLine, form: Form): string[] {
  const line = `- ${words[sign]} ${plain(text)}`;
  return form === "whole" ? [line, ...details.map((detail) => `  - ${code(detail)}`)] : [line];
}
