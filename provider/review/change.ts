/** What a run would do, whoever said so: the one form that rules, guards and reports work on. Knows no engine and no text. */
import { handlers } from "../kinds/handlers.ts";

export type Values = Readonly<Record<string, unknown>>;

export type ChangeOp = "create" | "update" | "replace" | "delete";

/** Stands in a secret's place; the value itself never gets here. */
export const SECRET = "[secret]";

/** An object that is not there any more, or was put away. */
export const GONE = "gone";

/** One argument that differs. Without `before` it is new, without `after` it is taken out of the program. */
export interface FieldChange {
  readonly key: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface Change {
  /** "User"; of what is not this package's, the type's own name. */
  readonly kind: string;
  readonly op: ChangeOp;
  /** Name in the program or document. */
  readonly resource: string;
  /** Undefined where two documents are compared. */
  readonly urn?: string;
  readonly before?: Values;
  readonly after?: Values;
  /** In the order of their names. */
  readonly fields: readonly FieldChange[];
  /** Arguments for which it is replaced. */
  readonly replaces: readonly string[];
  /** What becomes of the object: "archive", "delete", "retain" … For `delete` and `replace`. `GONE`: by somebody's hand. */
  readonly destroy?: string;
}

export interface Plan {
  readonly changes: readonly Change[];
  /** How many objects were managed before. */
  readonly managed: number;
  /** Why it could not be worked out in full. */
  readonly problems: readonly string[];
}

/** An argument as it will be, else as it was. */
export const argument = ({ before, after }: Change, key: string): unknown => after?.[key] ?? before?.[key];

export const textOf = (change: Change, key: string): string | undefined => {
  const value = argument(change, key);
  return typeof value === "string" ? value : undefined;
};

/** A text argument of what goes: of a replaced object, where it was and not where its successor is. */
export const formerText = ({ before }: Change, key: string): string => String(before?.[key] ?? "?");

export const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];

export const field = ({ fields }: Change, key: string): FieldChange | undefined =>
  fields.find((change) => change.key === key);

/** The object itself goes: it is not only archived, and not left alone. */
export const isLost = ({ op, destroy }: Change): boolean =>
  (op === "delete" || op === "replace") && (destroy === "delete" || destroy === "remove");

/** What `onDestroy` says of an object: its own, else the stack's where the kind knows it, else the kind's default. */
export function destroyOf(kind: string, inputs: Values, ofStack: string | undefined): string {
  const modes = handlers.get(kind)?.schema.destroy ?? ["delete"];
  if (typeof inputs.onDestroy === "string") return inputs.onDestroy;
  return ofStack !== undefined && modes.includes(ofStack) ? ofStack : modes[0];
}
