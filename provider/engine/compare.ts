/** When two values of a field count as the same. */
import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import type { Declared } from "./handler.ts";
import { hasUnknown, rulesOf } from "./schema.ts";

const asSet = (value: readonly unknown[]): string[] => [...new Set(value.map((entry) => JSON.stringify(entry)))].sort();

/** Equal as the field means it; an unknown value is never equal. */
export function sameField(type: z.core.$ZodType | undefined, a: unknown, b: unknown): boolean {
  if (hasUnknown(a) || hasUnknown(b)) return false;
  if (rulesOf(type).set && Array.isArray(a) && Array.isArray(b)) return isDeepStrictEqual(asSet(a), asSet(b));
  return isDeepStrictEqual(a, b);
}

/** True when a changed value of the field is to be ignored because its version stands still. */
export function heldByVersion(type: z.core.$ZodType | undefined, olds: Declared, news: Declared): boolean {
  const version = rulesOf(type).versionedBy;
  return version !== undefined && news[version] !== undefined && isDeepStrictEqual(news[version], olds[version]);
}

/** Nothing was set: what a field reads as before anybody gave it a value. */
export const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === "object" && Object.keys(value).length === 0);
