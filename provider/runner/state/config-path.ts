/** Paths into a configuration value, as `--path` takes them: `names[0]`, `outer.inner`, `["a.b"].c`. Knows no file. */
import { StateError } from "./errors.ts";

export type ConfigPath = readonly [key: string, ...inside: (string | number)[]];

const first = /([^.[\]]+)|\["((?:[^"\\]|\\.)+)"\]/y;
const further = /\.([^.[\]]+)|\.?\["((?:[^"\\]|\\.)+)"\]|\.?\[(\d+)\]/y;

/** The parts of a path; the first is the configuration's key. Throws StateError. */
export function parsePath(path: string): ConfigPath {
  const parts: (string | number)[] = [];
  let at = 0;
  while (at < path.length) {
    const pattern = at === 0 ? first : further;
    pattern.lastIndex = at;
    const match = pattern.exec(path);
    if (!match) break;
    const [whole, name, quoted, index] = match;
    parts.push(index === undefined ? (name ?? quoted?.replaceAll(/\\(.)/g, "$1") ?? "") : Number(index));
    at += whole.length;
  }
  const [key, ...inside] = parts;
  if (at < path.length || typeof key !== "string")
    throw new StateError(`"${path}" is not a path of a configuration value.`, {
      hint: 'Write name[0], outer.inner or ["a.b"].c; the first part is the key.',
    });
  return [key, ...inside];
}

/** What a path leads to in a value; undefined when there is nothing. */
export function valueAt(value: unknown, inside: readonly (string | number)[]): unknown {
  let found = value;
  for (const step of inside) {
    if (Array.isArray(found) ? typeof step !== "number" : typeof found !== "object" || found === null) return undefined;
    found = (found as Record<string | number, unknown>)[step];
  }
  return found;
}

/**
 * Throws StateError when a value can't be set there: a step into something that is neither map nor list, or a place of a
 * list beyond its end. What is missing on the way is made.
 */
export function refuseUnfit(value: unknown, [key, ...inside]: ConfigPath): void {
  let container = value;
  let name = key;
  for (const step of inside) {
    const isList = Array.isArray(container);
    const fits =
      container === undefined ||
      container === null ||
      (isList ? typeof step === "number" : typeof container === "object" && typeof step === "string");
    if (!fits)
      throw new StateError(`${name} is ${describe(container)}, so it has no ${show(step)}.`, {
        hint: `Remove it first, or name a path that fits it.`,
      });
    const length = isList ? (container as unknown[]).length : 0;
    if (typeof step === "number" && step > length)
      throw new StateError(`${name} has ${length} items, so the next one is [${length}], not [${step}].`);
    container = (container as Record<string | number, unknown> | undefined | null)?.[step];
    name += typeof step === "number" ? show(step) : `.${step}`;
  }
}

function show(step: string | number): string {
  return typeof step === "number" ? `[${step}]` : `"${step}"`;
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "a map" : "a single value";
}
