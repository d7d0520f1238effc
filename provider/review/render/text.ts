/** A report for a terminal or a log: plain lines without colour. */
import { countsText, type Report } from "../report.ts";
import { isHigh } from "../rules/rule.ts";
import { directed } from "../show.ts";

export function asText(report: Report): string {
  const { words, subject, findings, groups, problems, checksum } = report;
  const out = [`${words.title}: ${subject}`, `${countsText(report)}`];
  for (const problem of problems) out.push("", `error: ${problem}`);
  if (findings.length > 0) {
    out.push("", "Risks:");
    for (const { risk, text } of findings) out.push(`  ${risk === "high" ? "HIGH  " : "medium"}  ${text}`);
  }
  let area = "";
  for (const group of groups) {
    if (group.area !== area) out.push("", group.area);
    area = group.area;
    const deep = group.title === group.area ? "  " : "    ";
    if (group.title !== group.area) out.push(`  ${group.title}`);
    for (const { sign, text, details, findings: found } of group.lines) {
      const mark = found.some(isHigh) ? "  (!)" : "";
      out.push(`${deep}${sign} ${text}${mark}`, ...details.map((detail) => `${deep}    ${directed(detail)}`));
    }
  }
  if (checksum !== undefined) out.push("", `Checksum: ${checksum}`);
  return `${out.join("\n")}\n`;
}
