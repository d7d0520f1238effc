/** A report of which no comment holds even what goes and the high risks: says so first, and counts by place. */
import type { Group, Report } from "../report.ts";
import { isHigh } from "../rules/rule.ts";
import { plain } from "./inert.ts";

/** Of errors, what is enough to see what they are. */
const PROBLEM = 500;

const HEAD = ["", "| Where | high risks | goes | other lines |", "| --- | --: | --: | --: |"];

export function tooMuch({ findings, groups, problems }: Report, longest: number): string[] {
  const lines = groups.flatMap((group) => group.lines);
  const gone = lines.filter(({ sign }) => sign === "-").length;
  const out = [
    "",
    `> ⚠️ **This is not the review: it is longer than a comment can be.** ${gone} things that go and ${findings.filter(isHigh).length} high risks are ` +
      "only counted here. Read all of them before you agree: run the same `review` with `--format html --out review.html`.",
  ];
  out.push(
    ...bounded(problems.flatMap(problemOf), longest / 4, (count) => `> ❌ and ${count} further lines of errors`),
  );
  const rows = groups.map(countsOf).sort((one, other) => other.high - one.high || other.gone - one.gone);
  const room = longest - out.join("\n").length;
  const table = rows.map(({ title, high, gone: goes, other }) => `| ${plain(title)} | ${high} | ${goes} | ${other} |`);
  return [...out, ...HEAD, ...bounded(table, room, (count) => furtherOf(rows.slice(-count)))];
}

const problemOf = (problem: string): string[] => [
  "",
  ...problem.split("\n").map((line) => `> ❌ ${plain(line.length > PROBLEM ? `${line.slice(0, PROBLEM)}…` : line)}`),
];

interface Counts {
  readonly title: string;
  readonly high: number;
  readonly gone: number;
  readonly other: number;
}

function countsOf({ title, lines }: Group): Counts {
  const high = lines.flatMap(({ findings }) => findings.filter(isHigh)).length;
  const gone = lines.filter(({ sign }) => sign === "-").length;
  return { title, high, gone, other: lines.length - gone };
}

function furtherOf(rows: readonly Counts[]): string {
  const sum = (key: "high" | "gone" | "other") => rows.reduce((total, row) => total + row[key], 0);
  return `| ${rows.length} further rooms, people and parts | ${sum("high")} | ${sum("gone")} | ${sum("other")} |`;
}

/** As many as there is room for, and what is said of the rest. */
function bounded(texts: readonly string[], room: number, rest: (count: number) => string): string[] {
  let length = 0;
  const fits = texts.findIndex((text) => {
    length += text.length + 1;
    return length > room;
  });
  return fits === -1 ? [...texts] : [...texts.slice(0, fits), rest(texts.length - fits)];
}
