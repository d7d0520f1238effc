/**
 * Values of fields in a form that can be compared: what means nothing ("", 0, false, an empty list) is undefined, sets are
 * in order. Knows no resource.
 */
import { isDeepStrictEqual } from "node:util";
import { isObject, type Properties } from "../../../values.ts";
import { type Field, type Fields, storedName } from "./field.ts";

export function normal(field: Field, value: unknown): unknown {
  if (value === undefined || value === null || value === "" || value === 0 || value === false) return undefined;
  switch (field.kind) {
    case "texts":
      if (!Array.isArray(value) || value.length === 0) return undefined;
      return field.set ? [...value].sort() : value;
    case "map":
      return isObject(value) && Object.keys(value).length > 0 ? value : undefined;
    case "object":
      return isObject(value) ? normalFields(field.fields, value) : undefined;
    case "objects": {
      if (!Array.isArray(value) || value.length === 0) return undefined;
      const items = value.filter(isObject).map((item) => normalFields(field.fields, item) ?? {});
      return field.set ? items.sort((one, other) => compareObjects(field.fields, one, other)) : items;
    }
    default:
      return value;
  }
}

function normalFields(fields: Fields, value: Properties): Properties | undefined {
  const entries = Object.entries(fields)
    .map(([key, field]) => [key, normal(field, value[key])] as const)
    .filter(([, item]) => item !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

export const sameValue = (field: Field, one: unknown, other: unknown): boolean =>
  isDeepStrictEqual(normal(field, one), normal(field, other));

/** The order in which the provider keeps a set of objects: by their stored names, what is missing last. */
export function compareObjects(fields: Fields, one: Properties, other: Properties): number {
  const keys = Object.keys(fields).sort((left, right) =>
    storedName(left, fields[left]) < storedName(right, fields[right]) ? -1 : 1,
  );
  for (const key of keys) {
    const order = compareValues(one[key], other[key]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareValues(one: unknown, other: unknown): number {
  const [left, right] = [one ?? undefined, other ?? undefined];
  if (isDeepStrictEqual(left, right)) return 0;
  if (left === undefined) return 1;
  if (right === undefined) return -1;
  if (typeof left === "number" && typeof right === "number") return left - right;
  const [first, second] = [left, right].map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  return (first ?? "") < (second ?? "") ? -1 : 1;
}
