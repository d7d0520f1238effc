/**
 * The zod schema of a kind is its hub: argument types, check, diff rules, secrets and documentation derive from it.
 * A field is stated once, as `field(type, rules)` in the kind's `inputs`; its text is the JSDoc comment above it.
 */
import { z } from "zod";

/** What an input field is beyond its type. */
export interface FieldRules {
  /** A change makes a new object. A list of names: only a change of those members of the field's object does. */
  readonly replaces?: boolean | readonly string[];
  /** Sealed in state, hidden in every message. */
  readonly secret?: boolean;
  /** The server never gives it back: compared with the state, kept on refresh. */
  readonly writeOnly?: boolean;
  /** A list whose order means nothing. */
  readonly set?: boolean;
  /** Name of a sibling: while that is declared and unchanged, a change of this field's value is not a change. */
  readonly versionedBy?: string;
  /** Only steers how this provider acts (adopt, onDestroy, triggers …): a change of it alone sends nothing. */
  readonly local?: boolean;
  /** Counts when the object is made, and never again: another value later is no change. */
  readonly initial?: boolean;
  /** The text, or each text of the list, names an object of this kind; a leading `#` or `@` is not part of the name, and `@` means a User. */
  readonly refers?: string;
  /** Settings that say which values the server takes: what declares them comes first. */
  readonly settings?: readonly string[];
  /** A text is the path of a file, or an address. In a document paths start where the document lies. */
  readonly file?: boolean;
}

const rules = z.registry<FieldRules>();

/** Attaches rules to a field. Apply it last: zod's methods make new instances. */
export function field<T extends z.ZodType>(type: T, fieldRules: FieldRules): T {
  // An instance of its own: several fields may be given the same type.
  const own = type.clone() as T;
  rules.add(own, fieldRules);
  return own;
}

/** Any zod type, as shapes hold them. */
type AnyType = z.core.$ZodType;

/** What `of` says of a type, asked once: a document of thousands of objects has a few hundred fields. */
function remembered<T>(of: (type: AnyType) => T): (type: AnyType) => T {
  const known = new WeakMap<AnyType, { readonly answer: T }>();
  return (type) => {
    let found = known.get(type);
    if (found === undefined) {
      found = { answer: of(type) };
      known.set(type, found);
    }
    return found.answer;
  };
}

const noRules: FieldRules = {};
const registered = remembered((type): FieldRules => rules.get(type as z.ZodType) ?? noRules);

export const rulesOf = (type: AnyType | undefined): FieldRules => (type === undefined ? noRules : registered(type));

/** What can be said of a computed property. */
export interface OutputRules {
  readonly secret?: boolean;
}

/** How objects of a kind stand in a workspace document. */
export interface DocumentRules {
  /** The section's key: `users`. */
  readonly section: string;
  /**
   * The inputs that the section's keys stand for, outermost first: `["username"]`, `["channel", "username"]`. Empty where an
   * object has no name of its own on the server: then the key is a name inside the document.
   */
  readonly keys: readonly string[];
  /** Names that every server has: the document may refer to them. */
  readonly builtIn?: readonly string[];
  /** The input with an id of one's own choice: what refers to an object by its key in the document is given that id. */
  readonly ownId?: string;
  /** The input that an entry which is no map stands for: `Site_Name: Acme`. */
  readonly short?: string;
  /** Inputs that are secret because of what other inputs say; beside those that are so by schema. */
  readonly sealed?: (inputs: Record<string, unknown>) => readonly string[];
  /** A kind whose names lead to this one's objects as well: a team's main room is a Channel of the team's name. */
  readonly actsAs?: string;
  /** What refers to it is read back with its id in place of its name. */
  readonly refersById?: true;
  readonly export?: ExportRules;
}

/** What an export has to know of a kind, beyond its fields. */
export interface ExportRules {
  /** Values of inputs that nobody has set, where that is not nothing: `{ enabled: true }`. They are left out. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** By name, what built-in objects have on a new server: left out where it is still so. */
  readonly builtIn?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Inputs that an object is found by, where the server lets several have them alike; such ones can't be told apart. */
  readonly identity?: readonly string[];
  /** Stands under `defaults:` of the document, once for all objects; an object that has another value says so itself. */
  readonly common?: Readonly<Record<string, unknown>>;
  /** As `common`, but only when objects of that kind are exported as well. */
  readonly beside?: { readonly kind: string; readonly inputs: Readonly<Record<string, unknown>> };
  /** Inputs that list pages don't tell: `handler.list` with `brief` leaves them out. */
  readonly details?: readonly string[];
  /** The write-only input that a new object needs, the inputs that make it needless, and the input to know one's own account by. */
  readonly password?: {
    readonly input: string;
    readonly random: Readonly<Record<string, unknown>>;
    readonly account: string;
  };
  /** Outputs that each server makes itself: a copy of the object has others. */
  readonly anew?: readonly string[];
  /** Only exported when it is asked for by name; says why. */
  readonly onlyAsked?: string;
  /** Never exported; says why. */
  readonly never?: string;
}

/** A permission that the account needs, before anything of the kind is written. */
export interface PermissionNeed {
  /** One of them is enough. */
  readonly anyOf: readonly string[];
  /** Needed only where one of these inputs is declared. */
  readonly inputs?: readonly string[];
  /** Who else may hold it, beside the account in the whole workspace: "in the room". */
  readonly elsewhere?: string;
}

export interface KindSchema<I = Record<string, unknown>> {
  /** A strict object of `field`s. The engine adds `adopt` and `onDestroy`. */
  readonly inputs: z.ZodObject<z.ZodRawShape> & z.ZodType<I>;
  /** Computed properties by name. */
  readonly outputs: Readonly<Record<string, OutputRules>>;
  /** What `onDestroy` may say, default first: `["deactivate", "delete", "retain"]`. */
  readonly destroy: readonly [string, ...string[]];
  readonly document: DocumentRules;
  /** Default: none. What only some runs need (to delete, to adopt) is left to the kind's comment. */
  readonly permissions?: readonly PermissionNeed[];
}

/** Names of everything in a resource's outputs that the engine must seal. */
export const secretOutputs = ({ inputs, outputs }: Pick<KindSchema, "outputs"> & { inputs: z.ZodObject }): string[] => [
  ...Object.keys(outputs).filter((key) => outputs[key]?.secret),
  ...Object.keys(inputs.shape).filter((key) => holdsSecret(inputs.shape[key])),
];

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

/** The type inside optional, nullable and default wrappers. */
export const unwrap: (type: AnyType) => AnyType = remembered((type) =>
  type instanceof z.ZodOptional || type instanceof z.ZodNullable || type instanceof z.ZodDefault
    ? unwrap(type.unwrap())
    : type,
);

/** True when the field, or anything below it, is secret. */
export const holdsSecret = (type: AnyType | undefined): boolean => type !== undefined && holdsSecretWithin(type);

const holdsSecretWithin = remembered((type): boolean => {
  if (rulesOf(type).secret) return true;
  const inner = unwrap(type);
  if (inner !== type && rulesOf(inner).secret) return true;
  if (inner instanceof z.ZodObject) return Object.values(inner.shape).some((part) => holdsSecret(part));
  if (inner instanceof z.ZodArray) return holdsSecret(inner.element);
  return false;
});
