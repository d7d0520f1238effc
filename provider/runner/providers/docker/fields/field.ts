/** How the official Docker provider types a property, in the words that check, diff and state need. Knows no resource. */

interface Traits {
  /** A change makes a new object. */
  readonly replace?: true;
  /** The engine chooses where the program says nothing. */
  readonly computed?: true;
  readonly required?: true;
  /** Only in outputs. */
  readonly outputOnly?: true;
  /** The provider makes a name out of the resource's. */
  readonly autoname?: true;
  /** Refused: the value, unless it is what "nothing" means. */
  readonly unsupported?: true;
  /** The name in the provider's own state, where it isn't the property's in snake case. */
  readonly stored?: string;
  /** Said nothing, or empty: it stays as it is. */
  readonly keepsWhenEmpty?: true;
}

export type Field = Traits &
  (
    | { readonly kind: "text"; readonly fallback?: string; readonly pattern?: RegExp; readonly allowed?: string }
    | { readonly kind: "number"; readonly fallback?: number; readonly least?: number }
    | { readonly kind: "flag"; readonly fallback?: boolean }
    /** Texts; `set`: their order says nothing. */
    | { readonly kind: "texts"; readonly set?: true }
    | { readonly kind: "map" }
    /** Objects; `set`: their order says nothing. */
    | { readonly kind: "objects"; readonly set?: true; readonly fields: Fields }
    /** One object or none; in the provider's own state a list of at most one. */
    | { readonly kind: "object"; readonly fields: Fields }
  );

export type Fields = Readonly<Record<string, Field>>;

/** User-defined metadata, the same for every type. */
export const labels: Field = {
  kind: "objects",
  set: true,
  replace: true,
  fields: { label: { kind: "text", required: true }, value: { kind: "text", required: true } },
};

/** The name in the provider's own state. */
export function storedName(key: string, field: Field | undefined): string {
  return field?.stored ?? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The parts of a resource's type that check, diff and state are made of. */
export interface ResourceSchema {
  readonly fields: Fields;
  /** The provider's own bookkeeping, as it stands in the state. */
  readonly meta: string;
  /** Its objects can't exist twice, so the old one goes first whatever its name. */
  readonly deleteBeforeReplace?: true;
}

const timeouts =
  '"e2bfb730-ecaa-11e6-8f88-34363bc7c4c0":{"create":1200000000000,"delete":1200000000000,"update":1200000000000}';

/** `version`: of the provider's own schema; `timed`: the type has timeouts. */
export function metaOf(version: number | undefined, timed: boolean): string {
  const parts = [...(timed ? [timeouts] : []), ...(version === undefined ? [] : [`"schema_version":"${version}"`])];
  return `{${parts.join(",")}}`;
}
