/** What a compose file has that is not taken over as it is, each with its line, the reason and the fix. Knows no YAML. */

/**
 * `problem`: would not start, or would lose or miss data; read the fix before the first `up`. `left-out`: the component has no such
 * thing. `replaced`: the component does it in its own way, nothing is to be done.
 */
export type ComposeNoteKind = "problem" | "left-out" | "replaced";

export interface ComposeNote {
  readonly kind: ComposeNoteKind;
  /** As it was given. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** `services.mongo.image` */
  readonly where: string;
  /** Why it is not taken over. Never holds the value of a variable. */
  readonly reason: string;
  /** What to do. Undefined: nothing. */
  readonly fix: string | undefined;
}

const TITLES: Readonly<Record<ComposeNoteKind, string>> = {
  problem: "would not work",
  "left-out": "left out",
  replaced: "done otherwise",
};

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** One line. */
export function noteText({ file, line, where, kind, reason, fix }: ComposeNote): string {
  return `${file}:${line} ${where} (${TITLES[kind]}): ${sentence(reason)}${fix === undefined ? "" : ` ${sentence(fix)}`}`;
}
