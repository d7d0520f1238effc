/** Those together of whom the same is said, and the least that a report may say of a group: all that goes. */
import type { Group, Report, ReportFinding } from "../report.ts";
import { isHigh } from "../rules/rule.ts";
import { plain } from "./inert.ts";

export interface Shown {
  readonly text: readonly string[];
  /** Lines that are not in it. */
  readonly left: number;
}

const NAME = /@\S+/;

/** Texts that differ in a person's name alone become one, from so many on: "@… is removed (2): @alice, @bob". */
export function together(texts: readonly string[], least = 2): string[] {
  const kinds = new Map<string, string[]>();
  for (const text of texts) {
    const kind = text.replace(NAME, "@…");
    const same = kinds.get(kind);
    if (same === undefined) kinds.set(kind, [text]);
    else same.push(text);
  }
  return [...kinds].flatMap(([kind, same]) =>
    same.length < least || !NAME.test(same[0] ?? "")
      ? same
      : [`${kind} (${same.length}): ${same.map((text) => NAME.exec(text)?.[0]).join(", ")}`],
  );
}

/** Six say the same of six people: what else there is must not drown in it. */
const SAME = 6;

/** Medium risks by the group they stand in; high ones each have a line of their own. */
export function mediumRisks({ findings }: Pick<Report, "findings">): Pick<ReportFinding, "text" | "group">[] {
  const medium = findings.filter((finding) => !isHigh(finding));
  const groups = new Map<string, string[]>(medium.map(({ group }) => [group, []]));
  for (const { group, text } of medium) groups.get(group)?.push(text);
  return [...groups].flatMap(([group, texts]) => together(texts, SAME).map((text) => ({ group, text })));
}

/** What goes and has a high risk stands among the risks already. */
export function inShort({ title, lines }: Group): Shown {
  const gone = lines.filter(({ sign, findings }) => sign === "-" && !findings.some(isHigh));
  const left = lines.filter(({ sign, keep }) => sign !== "-" && !keep).length;
  const said = together(gone.map(({ text }) => text));
  return { text: gone.length === 0 ? [] : ["", `**${plain(title)}** ➖ ${said.map(plain).join("; ")}`], left };
}
