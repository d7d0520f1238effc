/** Where two sets of properties differ, as Pulumi's property paths: `nest.b`, `tags[1]`. Shows no values. */
import type { ChangeKind } from "../events.ts";
import { equal, type Properties } from "../values.ts";
import { isPlain } from "./changes.ts";
import { isShown } from "./values.ts";

export function changedPaths(old: Properties, next: Properties, above = ""): Record<string, ChangeKind> {
  const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])].filter(isShown).sort();
  return Object.assign({}, ...keys.map((key) => changed(old, next, key, above + segment(key, above))));
}

function changed(old: Properties, next: Properties, key: string, path: string): Record<string, ChangeKind> {
  if (!(key in old)) return { [path]: "add" };
  if (!(key in next)) return { [path]: "delete" };
  const [before, after] = [old[key], next[key]];
  if (equal(before, after)) return {};
  if (isPlain(before) && isPlain(after)) return changedPaths(before, after, path);
  if (!Array.isArray(before) || !Array.isArray(after)) return { [path]: "update" };
  const indices = Array.from({ length: Math.max(before.length, after.length) }, (_, index) => String(index));
  const [one, other] = [{ ...before }, { ...after }] as [Properties, Properties];
  return Object.assign({}, ...indices.map((index) => changed(one, other, index, `${path}[${index}]`)));
}

function segment(key: string, above: string): string {
  if (!/^[^\s."[\]]+$/.test(key)) return `[${JSON.stringify(key)}]`;
  return above === "" ? key : `.${key}`;
}
