/** What a loop of killed runs found, as text: operation by kind of moment. */
import { MOMENTS, type Plan } from "./plan.ts";
import type { Outcome } from "./trial.ts";
import { OPERATIONS } from "./worlds.ts";

export interface Tried {
  readonly plan: Plan;
  /** Why the next run failed, where it did. */
  readonly outcome: Outcome | { readonly failure: string };
}

/** Each cell: trials, and after them lost, made twice, ghosts and other flaws where there are any. */
export function tableOf(tried: readonly Tried[]): string {
  const operations = Object.keys(OPERATIONS);
  const cell = (chosen: readonly Tried[]): string => {
    const sum = (of: (outcome: Outcome) => number) =>
      chosen.reduce((total, { outcome }) => total + ("failure" in outcome ? 0 : of(outcome)), 0);
    const failures = chosen.filter(({ outcome }) => "failure" in outcome).length;
    const found = [
      [sum(({ lost }) => lost.length), "lost"],
      [sum(({ duplicates }) => duplicates.length), "twice"],
      [sum(({ ghosts }) => ghosts.length), "ghosts"],
      [sum(({ flaws }) => flaws.length), "flaws"],
      [failures, "failed"],
    ].filter(([count]) => count !== 0);
    return [chosen.length, ...found.map((pair) => pair.join(" "))].join(", ");
  };
  const rows = [
    ["killed", ...operations, "all"],
    ...MOMENTS.map((kind) => {
      const row = tried.filter(({ plan }) => plan.kind === kind);
      return [kind, ...operations.map((name) => cell(row.filter(({ plan }) => plan.operation === name))), cell(row)];
    }),
    ["all", ...operations.map((name) => cell(tried.filter(({ plan }) => plan.operation === name))), cell(tried)],
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A trial in one line, to be run again by hand. */
export const described = ({ plan, outcome }: Tried): string =>
  `${plan.operation}, ${plan.kind}${plan.refreshFirst ? ", a refresh between" : ""}: ${JSON.stringify(plan.kills)}\n  ${JSON.stringify(outcome)}`;

export const isClean = ({ outcome }: Tried): boolean =>
  !("failure" in outcome) &&
  [outcome.lost, outcome.duplicates, outcome.ghosts, outcome.flaws].every((list) => list.length === 0);
