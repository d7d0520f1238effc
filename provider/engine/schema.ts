/**
 * The zod schema of a kind is its hub: argument types, check, diff rules, secrets and documentation derive from it.
 * A field is stated once, as `field(type, rules)` in the kind's `inputs`; its text is the JSDoc comment above it.
 */
import { z } from "zod";

/** What an input field is beyond its type. */
export interface FieldRules {
  /** A change makes a new object. */
  readonly replaces?: boolean;
  /** Sealed in state, hidden in every message. */
  readonly secret?: boolean;
  /** The server never gives it back: compared with the state, kept on refresh. */
  readonly writeOnly?: boolean;
  /** A list whose order means nothing. */
  readonly set?: boolean;
  /** Only steers how this provider acts (adopt, onDestroy, triggers …): a change of it alone sends nothing. */
  readonly local?: boolean;
}

const rules = z.registry<FieldRules>();

/** Attaches rules to a field. Apply it last: zod's methods make new instances. */
export function field<T extends z.ZodType>(type: T, fieldRules: FieldRules): T {
  rules.add(type, fieldRules);
  return type;
}

export const rulesOf = (type: z.ZodType | undefined): FieldRules => (type && rules.get(type)) || {};

/** What can be said of a computed property. */
export interface OutputRules {
  readonly secret?: boolean;
}

export interface KindSchema<I = Record<string, unknown>> {
  /** A strict object of `field`s. The engine adds `adopt` and `onDestroy`. */
  readonly inputs: z.ZodObject<z.ZodRawShape> & z.ZodType<I>;
  /** Computed properties by name. */
  readonly outputs: Readonly<Record<string, OutputRules>>;
  /** What `onDestroy` may say, default first: `["deactivate", "delete", "retain"]`. */
  readonly destroy: readonly [string, ...string[]];
}

/** Stands for a value that is not known before `up` (preview), anywhere inside inputs. Fixed by Pulumi. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const isUnknown = (value: unknown): boolean => value === UNKNOWN;

/** True when the value, or anything inside it, is not known yet. */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  if (value !== null && typeof value === "object") return Object.values(value).some(hasUnknown);
  return false;
}
