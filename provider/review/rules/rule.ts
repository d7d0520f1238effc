/** What a rule is: it looks at one change and says what a reviewer has to know of it. */
import type { Change } from "../change.ts";

/** High: somebody gains power, something becomes visible or lost, a way in opens or closes. Medium: worth a look. */
export type Risk = "high" | "medium";

export interface Finding {
  readonly risk: Risk;
  /** Its rule's name: for machines. */
  readonly rule: string;
  /** One sentence without a full stop. */
  readonly text: string;
}

export const isHigh = ({ risk }: Pick<Finding, "risk">): boolean => risk === "high";

export type Rule = (change: Change) => readonly Finding[];

export const high = (rule: string, text: string): Finding => ({ risk: "high", rule, text });
export const medium = (rule: string, text: string): Finding => ({ risk: "medium", rule, text });

/** The findings whose condition holds. */
export const when = (...cases: readonly (readonly [boolean, () => Finding])[]): Finding[] =>
  cases.flatMap(([holds, finding]) => (holds ? [finding()] : []));
