/** Checks a resource's arguments against its kind's schema. Pure: the engine runs checks one by one, so nothing here may wait. */
import { z } from "zod";
import type { AnyHandler, Declared } from "./handler.ts";
import { sentences, valueAt } from "./issue.ts";
import { field, hasUnknown, holdsSecret, isUnknown, rulesOf, UNKNOWN, unwrap } from "./schema.ts";

/** `path` is for programs; `reason` is complete and carries the path, because the engine would print a named property's value. */
export interface Failure {
  readonly path: string;
  readonly reason: string;
}

export interface Checked {
  readonly inputs: Declared;
  readonly failures: readonly Failure[];
}

const full = new WeakMap<AnyHandler, z.ZodObject>();

/** The kind's own schema and what the engine adds to every kind. */
export function inputsOf(handler: AnyHandler): z.ZodObject {
  let schema = full.get(handler);
  if (schema === undefined) {
    schema = z.strictObject({
      ...handler.schema.inputs.shape,
      adopt: field(z.boolean().optional(), { local: true }),
      onDestroy: field(z.enum(handler.schema.destroy).optional(), { local: true }),
    });
    full.set(handler, schema);
  }
  return schema;
}

/** Schema of the field at a path, as far as objects and lists lead to it. */
function fieldsAlong(schema: z.ZodObject, path: readonly PropertyKey[]): z.core.$ZodType[] {
  const fields: z.core.$ZodType[] = [];
  let type: z.core.$ZodType | undefined = schema;
  for (const part of path) {
    const inner: z.core.$ZodType | undefined = type && unwrap(type);
    if (inner instanceof z.ZodObject) type = inner.shape[part as string];
    else if (inner instanceof z.ZodArray) type = inner.element;
    else return fields;
    if (type !== undefined) fields.push(type);
  }
  return fields;
}

const isSecret = (schema: z.ZodObject, path: readonly PropertyKey[]): boolean =>
  fieldsAlong(schema, path).some(
    (type, index, { length }) => rulesOf(type).secret || (index === length - 1 && holdsSecret(type)),
  );

function keysAt(schema: z.ZodObject, path: readonly PropertyKey[]): string[] {
  const type = path.length === 0 ? schema : unwrap(fieldsAlong(schema, path).at(-1) ?? schema);
  return type instanceof z.ZodObject ? Object.keys(type.shape) : [];
}

/** `undefined` means "not declared" and would be refused by the engine inside lists and objects. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .map(([key, inner]) => [key, withoutUndefined(inner)]),
    );
  }
  return value;
}

export interface CheckOptions {
  /**
   * Messages may show the values given. Only a constructor may ask for it, which sees plain values alone; what reaches the
   * provider may have been a secret in the program. Fields that are secret by schema never show.
   */
  readonly reveal: boolean;
}

/** The values without what was not declared, and what is wrong with them by their schema. What is not known yet is not judged. */
export function checkSchema(schema: z.ZodObject, news: unknown, options: CheckOptions): Checked {
  const given = withoutUndefined(news) as Declared;
  // Nulls come from programs that pass on an unset configuration value.
  for (const [key, value] of Object.entries(given)) if (value === null) delete given[key];
  const result = schema.safeParse(given);
  const failures: Failure[] = [];
  for (const issue of result.error?.issues ?? []) {
    if (issue.code !== "unrecognized_keys" && hasUnknown(valueAt(given, issue.path))) continue;
    if (issue.path.some((_, depth) => isUnknown(valueAt(given, issue.path.slice(0, depth))))) continue;
    const reveal = options.reveal && !isSecret(schema, issue.path);
    failures.push(...sentences(issue, given, { reveal, knownKeys: (path) => keysAt(schema, path) }));
  }
  return { inputs: given, failures };
}

export function check(handler: AnyHandler, news: unknown, options: CheckOptions = { reveal: false }): Checked {
  const schema = inputsOf(handler);
  const { inputs: given, failures } = checkSchema(schema, news, options);
  // What is wrong by itself is as good as not known; what the others must be together is told all the same.
  const wrong = failures.map(({ path }) => path.split(/[.[]/, 1)[0] ?? "").filter((key) => key in schema.shape);
  const judged = { ...given, ...Object.fromEntries(wrong.map((key) => [key, UNKNOWN])) };
  const inputs = handler.normalize?.(judged) ?? judged;
  const crossed = handler.validate?.(inputs) ?? [];
  return {
    inputs: failures.length > 0 ? given : inputs,
    failures: [
      ...failures,
      ...crossed.map(({ path, reason }) => ({
        path,
        reason: reason.startsWith(path) ? reason : `${path}: ${reason}`,
      })),
    ],
  };
}
