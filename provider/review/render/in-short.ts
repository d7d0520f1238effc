/** The least that a report may say of a group: all that goes, with those together of whom the same is said. */
import type { Group } from "../report.ts";
import { isHigh } from "../rules/rule.ts";
import { plain } from "./inert.ts";

export interface Shown {
  readonly text: readonly string[];
  /** Lines that are not in it. */
  readonly left: number;
}

const NAME = /@\S+/;

/** Texts that differ in a person's name alone become one: "@… is removed (2): @alice, @bob". */
export function together(texts: readonly string[]): string[] {
  const kinds = new Map<string, string[]>();
  for (const text of texts) {
    const kind = text.replace(NAME, "@…");
    const same = kinds.get(kind);
    if (same === undefined) kinds.set(kind, [text]);
    else same.push(text);
  }
  return [...kinds].map(([kind, same]) =>
    same.length === 1 || !NAME.test(same[0] ?? "")
      ? same.join("; ")
      : `${kind} (${same.length}): ${same.map((text) => NAME.exec(text)?.[0]).join(", ")}`,
  );
}

/** What goes and has a high risk stands among the risks already. */
export function inShort({ title, lines }: Group): Shown {
  const gone = lines.filter(({ sign, findings }) => sign === "-" && !findings.some(isHigh));
  const left = lines.filter(({ sign, keep }) => sign !== "-" && !keep).length;
  const said = together(gone.map(({ text }) => text));
  return { text: gone.length === 0 ? [] : ["", `**${plain(title)}** ➖ ${said.map(plain).join("; ")}`], left };
}
