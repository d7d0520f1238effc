/** `offset`, `count` and `sort` as list routes take them. Knows no route. */
import { settingNumber, settingOn } from "../settings/read.ts";
import { failure, meteorError } from "./failure.ts";
import type { Call } from "./route.ts";
import type { Schema } from "./validate.ts";

/** What a strict list query declares beside its own members. */
export const pageProperties: Record<string, Schema> = {
  count: { type: "number", nullable: true },
  offset: { type: "number", nullable: true },
  sort: { type: "string", nullable: true },
  query: { type: "string", nullable: true },
};

export interface Page {
  offset: number;
  /** 0 means everything. */
  count: number;
}

export function pageOf(call: Call): Page {
  const { state, query } = call;
  const given = (key: string): number | undefined => {
    if (query[key] === undefined || query[key] === "") return undefined;
    const value = Number(query[key]);
    if (!Number.isInteger(value) || value < 0) throw failure("value must be a non-negative integer");
    return value;
  };
  // the database takes a negative limit as its absolute value
  const usual = Math.abs(settingNumber(state, "API_Default_Count"));
  const most = settingNumber(state, "API_Upper_Count_Limit");
  let count = given("count") ?? usual;
  if (count > most) count = most;
  if (count === 0 && !settingOn(state, "API_Allow_Infinite_Count")) count = usual;
  return { offset: given("offset") ?? 0, count };
}

export type Sort = Record<string, 1 | -1>;

/** The caller's `sort`, else `usual`. */
export function sortOf(call: Call, usual: Sort): Sort {
  const text = call.query.sort;
  if (typeof text !== "string" || text === "") return usual;
  const bad = () =>
    meteorError("error-invalid-sort", `Invalid sort parameter provided: "${text}"`, { helperMethod: "parseJsonQuery" });
  let sort: unknown;
  try {
    sort = JSON.parse(text);
  } catch {
    throw bad();
  }
  if (typeof sort !== "object" || sort === null || Array.isArray(sort)) throw bad();
  if (Object.values(sort).some((direction) => direction !== 1 && direction !== -1)) throw bad();
  return sort as Sort;
}

function member(row: object, path: string): unknown {
  let value: unknown = row;
  for (const key of path.split(".")) {
    if (Array.isArray(value)) value = value[0];
    value = (value as Record<string, unknown> | undefined | null)?.[key];
  }
  return value;
}

/** The database's order: absent before numbers before texts before booleans; texts by code point, uppercase first. */
function rank(value: unknown): number {
  if (value === undefined || value === null) return 0;
  return typeof value === "number" ? 1 : typeof value === "string" ? 2 : 3;
}

export function compare(a: unknown, b: unknown): number {
  const byKind = rank(a) - rank(b);
  if (byKind !== 0 || a === b || rank(a) === 0) return byKind;
  return (a as string) < (b as string) ? -1 : 1;
}

export function sorted<T extends object>(rows: readonly T[], sort: Sort): T[] {
  const directions = Object.values(sort);
  const keyed = rows.map((row) => ({ row, keys: Object.keys(sort).map((path) => member(row, path)) }));
  keyed.sort((a, b) => {
    for (const [i, direction] of directions.entries()) {
      const order = compare(a.keys[i], b.keys[i]);
      if (order !== 0) return order * direction;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

/** One page of `rows` with the numbers that list answers carry. */
export function paged<T>(rows: readonly T[], page: Page): { rows: T[]; count: number; offset: number; total: number } {
  const part = rows.slice(page.offset, page.count === 0 ? undefined : page.offset + page.count);
  return { rows: part, count: part.length, offset: page.offset, total: rows.length };
}
