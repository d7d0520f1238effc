/** A plan as a report: risks first, then everything by room and person, counts, and the checksum. Knows no format. */
import { type Change, type ChangeOp, isLost, type Plan } from "./change.ts";
import { type Line, linesOf } from "./lines.ts";
import { AREAS, type Area, placeOf } from "./place.ts";
import { findingsOf } from "./rules/index.ts";
import { type Finding, isHigh } from "./rules/rule.ts";
import { visible } from "./show.ts";
import { REVIEW, type Words } from "./words.ts";

export interface ReportLine extends Line {
  readonly findings: readonly Finding[];
  /** Never left out of a report, however short that has to be. */
  readonly keep: boolean;
}

export interface Group {
  readonly area: Area;
  readonly title: string;
  readonly lines: readonly ReportLine[];
}

export interface ReportFinding extends Finding {
  /** Title of the group that it stands in. */
  readonly group: string;
}

export interface Report {
  readonly words: Words;
  /** What is compared: "stack dev of acme at chat.example.com". */
  readonly subject: string;
  readonly counts: Readonly<Record<ChangeOp, number>>;
  readonly findings: readonly ReportFinding[];
  readonly groups: readonly Group[];
  readonly problems: readonly string[];
  /** Undefined where no run could be held to it. */
  readonly checksum?: string;
}

export interface ReportOptions {
  readonly subject: string;
  /** Default: what a run would do. */
  readonly words?: Words;
  readonly checksum?: string;
}

export function reportOf(plan: Plan, { subject, checksum, words = REVIEW }: ReportOptions): Report {
  const counts: Record<ChangeOp, number> = { create: 0, update: 0, replace: 0, delete: 0 };
  const groups = new Map<string, { area: Area; title: string; lines: ReportLine[] }>();
  const findings: ReportFinding[] = [];
  // Engines tell them in the order in which they come to be known.
  for (const change of plan.changes.toSorted(inOrder)) {
    counts[change.op] += 1;
    const { area, title } = placeOf(change);
    const group = groups.get(`${area} ${title}`) ?? { area, title, lines: [] };
    groups.set(`${area} ${title}`, group);
    const found = findingsOf(change).map((finding) => ({ ...finding, text: visible(finding.text) }));
    findings.push(...found.map((finding) => ({ ...finding, group: title })));
    const keep = isLost(change) || found.some(isHigh);
    for (const [index, line] of linesOf(change, words).entries()) {
      // What was found holds for the change: it stands at its first line.
      const own = index === 0 ? found : [];
      group.lines.push({
        ...line,
        text: visible(line.text),
        details: line.details.map(visible),
        findings: own,
        keep: (index === 0 && keep) || line.sign === "-",
      });
    }
  }
  return {
    words,
    subject: visible(subject),
    counts,
    findings: [...findings.filter(isHigh), ...findings.filter((finding) => !isHigh(finding))],
    groups: [...groups.values()].sort(
      (one, other) =>
        AREAS.indexOf(one.area) - AREAS.indexOf(other.area) ||
        (one.title < other.title ? -1 : Number(one.title > other.title)),
    ),
    problems: plan.problems.map((text) => text.split("\n").map(visible).join("\n")),
    ...(checksum !== undefined && { checksum }),
  };
}

const keyOf = ({ kind, resource }: Change): string => `${kind} ${resource}`;
const inOrder = (one: Change, other: Change): number => (keyOf(one) < keyOf(other) ? -1 : 1);

export const total = ({ counts }: Pick<Report, "counts">): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** "2 to make, 1 to change". */
export function countsText({ counts, words, problems }: Pick<Report, "counts" | "words" | "problems">): string {
  const told = countsOf({ counts, words }).filter(([, count]) => count > 0);
  if (told.length === 0) return problems.length > 0 ? words.unread : words.none;
  return told.map(([name, count]) => `${count} ${name}`).join(", ");
}

/** Each count with its words. */
export const countsOf = ({ counts, words }: Pick<Report, "counts" | "words">): [name: string, count: number][] =>
  Object.entries(words.counts).map(([op, name]) => [name, counts[op as ChangeOp]]);
