/** A report for programs. The names of its members are a promise. */
import { type Report, total } from "../report.ts";
import { isHigh } from "../rules/rule.ts";

export function asJson(report: Report): string {
  const { subject, checksum, counts, findings, groups, problems } = report;
  const high = findings.filter(isHigh).length;
  const shown = groups.map(({ area, title, lines }) => ({
    area,
    title,
    lines: lines.map(({ sign, text, details, findings: found }) => ({ sign, text, details, risks: found })),
  }));
  const document = {
    subject,
    ...(checksum !== undefined && { checksum }),
    changes: total(report),
    counts,
    risks: { high, medium: findings.length - high },
    findings,
    groups: shown,
    problems,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
