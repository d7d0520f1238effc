/**
 * Checks bodies and queries against a small subset of JSON Schema with the server's validator's texts, its coercion
 * and its order of checks (the first error ends it, alternatives report all branches). Knows no route.
 */

export interface Schema {
  type?: "object" | "array" | "string" | "number" | "integer" | "boolean";
  nullable?: boolean;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  additionalProperties?: boolean;
  minProperties?: number;
  items?: Schema;
  minItems?: number;
  uniqueItems?: boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  enum?: readonly unknown[];
  const?: unknown;
  oneOf?: readonly Schema[];
  anyOf?: readonly Schema[];
  not?: Schema;
}

/** An object whose unknown members are refused. */
export const strict = (properties: Record<string, Schema>, required: readonly string[] = []): Schema => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

/** An object that may hold more. */
export const open = (properties: Record<string, Schema>, required: readonly string[] = []): Schema => ({
  type: "object",
  properties,
  required,
});

export const text: Schema = { type: "string" };
export const flag: Schema = { type: "boolean" };
export const number: Schema = { type: "number" };
export const nonEmpty: Schema = { type: "string", minLength: 1 };
export const texts: Schema = { type: "array", items: text };

const typeOf = (value: unknown): string => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);

function hasType(value: unknown, type: NonNullable<Schema["type"]>): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "number") return Number.isFinite(value);
  return typeOf(value) === type;
}

/** The value in the wanted type where the validator would convert it, else undefined. */
function coerce(value: unknown, type: NonNullable<Schema["type"]>, wrapScalars: boolean): unknown {
  const given = typeOf(value);
  if (wrapScalars && given === "array" && (value as unknown[]).length === 1 && type !== "array" && type !== "object") {
    const [only] = value as unknown[];
    return hasType(only, type) ? only : coerce(only, type, false);
  }
  switch (type) {
    case "string":
      if (given === "number" || given === "boolean") return String(value);
      return value === null ? "" : undefined;
    case "number":
    case "integer": {
      if (given === "boolean" || value === null) return Number(value);
      if (given !== "string" || value === "") return undefined;
      const parsed = Number(value);
      return Number.isFinite(parsed) && (type === "number" || Number.isInteger(parsed)) ? parsed : undefined;
    }
    case "boolean":
      if (value === "true" || value === 1) return true;
      return value === "false" || value === 0 || value === null ? false : undefined;
    case "array":
      return wrapScalars && given !== "object" ? [value] : undefined;
    default:
      return undefined;
  }
}

/** Where a value stands, so that a converted one can be written back. */
interface Place {
  holder: Record<string | number, unknown>;
  key: string | number;
}

function check(schema: Schema, at: Place, wrap: boolean, errors: string[]): boolean {
  const fail = (message: string): false => {
    errors.push(message);
    return false;
  };
  let value = at.holder[at.key];
  if (schema.type !== undefined && !hasType(value, schema.type) && !(schema.nullable && value === null)) {
    const converted = coerce(value, schema.type, wrap);
    if (converted === undefined) return fail(`must be ${schema.type}`);
    at.holder[at.key] = converted;
    value = converted;
  }
  if (typeof value === "number") {
    if (schema.maximum !== undefined && value > schema.maximum) return fail(`must be <= ${schema.maximum}`);
    if (schema.minimum !== undefined && value < schema.minimum) return fail(`must be >= ${schema.minimum}`);
  }
  if (typeof value === "string") {
    const { minLength, maxLength, pattern } = schema;
    if (maxLength !== undefined && value.length > maxLength)
      return fail(`must NOT have more than ${maxLength} characters`);
    if (minLength !== undefined && value.length < minLength)
      return fail(`must NOT have fewer than ${minLength} characters`);
    if (pattern !== undefined && !new RegExp(pattern, "u").test(value)) return fail(`must match pattern "${pattern}"`);
  }
  if (schema.const !== undefined && value !== schema.const) return fail("must be equal to constant");
  if (schema.enum && !schema.enum.includes(value)) return fail("must be equal to one of the allowed values");
  if (schema.not) {
    if (check(schema.not, at, wrap, [])) return fail("must NOT be valid");
  }
  if (schema.anyOf && !schema.anyOf.some((branch) => check(branch, at, wrap, errors)))
    return fail("must match a schema in anyOf");
  if (schema.oneOf) {
    const before = errors.length;
    let passed = 0;
    for (const branch of schema.oneOf) {
      if (check(branch, at, wrap, errors)) passed++;
      if (passed > 1) break;
    }
    if (passed !== 1) return fail("must match exactly one schema in oneOf");
    errors.length = before;
  }
  return checkItems(schema, at, wrap, errors, fail) && checkMembers(schema, at, wrap, errors, fail);
}

function checkItems(schema: Schema, at: Place, wrap: boolean, errors: string[], fail: (m: string) => false): boolean {
  const value = at.holder[at.key];
  if (!Array.isArray(value)) return true;
  if (schema.minItems !== undefined && value.length < schema.minItems)
    return fail(`must NOT have fewer than ${schema.minItems} items`);
  if (schema.uniqueItems) {
    const seen = new Map<unknown, number>();
    for (let i = value.length - 1; i >= 0; i--) {
      const j = seen.get(value[i]);
      if (j !== undefined) return fail(`must NOT have duplicate items (items ## ${j} and ${i} are identical)`);
      seen.set(value[i], i);
    }
  }
  const { items } = schema;
  return !items || value.every((_, key) => check(items, { holder: value as never, key }, wrap, errors));
}

function checkMembers(schema: Schema, at: Place, wrap: boolean, errors: string[], fail: (m: string) => false): boolean {
  const value = at.holder[at.key];
  if (typeOf(value) !== "object") return true;
  const holder = value as Record<string, unknown>;
  const keys = Object.keys(holder);
  if (schema.minProperties !== undefined && keys.length < schema.minProperties)
    return fail(`must NOT have fewer than ${schema.minProperties} properties`);
  for (const key of schema.required ?? [])
    if (holder[key] === undefined) return fail(`must have required property '${key}'`);
  const { properties = {} } = schema;
  if (schema.additionalProperties === false && keys.some((key) => !Object.hasOwn(properties, key)))
    return fail("must NOT have additional properties");
  return Object.entries(properties).every(
    ([key, member]) => holder[key] === undefined || check(member, { holder, key }, wrap, errors),
  );
}

/**
 * Checks `value` and converts scalars in place.
 * @param wrapScalars also turn a scalar into a one-element array where an array is wanted (queries).
 * @returns the validator's joined messages, or undefined when all is well.
 */
export function validate(schema: Schema, value: Record<string, unknown>, wrapScalars: boolean): string | undefined {
  const errors: string[] = [];
  const ok = check(schema, { holder: { root: value }, key: "root" }, wrapScalars, errors);
  return ok ? undefined : errors.join("\n ");
}
