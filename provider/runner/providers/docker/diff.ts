/** What differs between the state and the inputs, and what of it makes a new object. Calls nothing. */
import { isDeepStrictEqual } from "node:util";
import { hasUnknown, isObject, type Properties } from "../../values.ts";
import type { DiffResult } from "../provider.ts";
import type { Field, Fields, ResourceSchema } from "./fields/field.ts";
import { normal, sameValue } from "./fields/normal.ts";

/** Plain values, no marks. Compared with the outputs: they say what is there, whoever changed it. */
export function diffInputs(schema: ResourceSchema, outputs: Properties, news: Properties): DiffResult {
  const changed = changedFields(schema.fields, outputs, news);
  const replaces = changed.filter((key) => schema.fields[key]?.replace);
  return {
    changes: changed.length > 0,
    replaces,
    deleteBeforeReplace: replaces.length > 0 && (schema.deleteBeforeReplace === true || named(schema.fields, news)),
  };
}

export function changedFields(fields: Fields, outputs: Properties, news: Properties): string[] {
  return Object.entries(fields)
    .filter(([key, field]) => !field.outputOnly && differs(field, outputs[key], news[key]))
    .map(([key]) => key);
}

function differs(field: Field, old: unknown, given: unknown): boolean {
  if (hasUnknown(given)) return true;
  const silent = given === undefined || given === null || (Array.isArray(given) && given.length === 0);
  if (field.computed && silent) return false;
  if (field.keepsWhenEmpty && normal(field, given) === undefined) return false;
  if (field.kind !== "objects" || field.set) return !sameValue(field, old, given);
  return !sameInAnyOrder(field.fields, listOf(old), listOf(given));
}

const listOf = (value: unknown): Properties[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Ports: each one given is there, but for what the engine chose. */
function sameInAnyOrder(fields: Fields, olds: readonly Properties[], news: readonly Properties[]): boolean {
  const rest = [...olds];
  for (const given of news) {
    const at = rest.findIndex((old) =>
      Object.entries(fields).every(([key, field]) => !differs(field, old[key], given[key])),
    );
    if (at < 0) return false;
    rest.splice(at, 1);
  }
  return rest.length === 0;
}

/** The program names it, so two of them can't be there at once. */
function named(fields: Fields, news: Properties): boolean {
  const naming = Object.entries(fields).find(([, field]) => field.autoname)?.[0];
  const { __defaults: defaults } = news;
  return naming !== undefined && Array.isArray(defaults) && !isDeepStrictEqual(defaults.includes(naming), true);
}
