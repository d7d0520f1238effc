/** `ignoreChanges`: puts the old value back at each path the program names. Knows no resource. */
import { RunnerError } from "../errors.ts";
import { isSecret, secret } from "../state/index.ts";
import { isObject, type Properties } from "../values.ts";

/** Paths as Pulumi writes them: `a`, `a.b`, `a["b.c"]`, `a[0].b`, `*`. */
export function parsePath(path: string): (string | number)[] {
  const parts: (string | number)[] = [];
  const pattern = /\.?([^.[\]]+)|\[(\d+|\*)\]|\["((?:[^"\\]|\\.)*)"\]/gy;
  while (pattern.lastIndex < path.length) {
    const match = pattern.exec(path);
    if (!match)
      throw new RunnerError(`"${path}" is not a property path.`, { hint: 'Paths look like a, a.b, a[0] or a["b"].' });
    const [, name, index, quoted] = match;
    if (index !== undefined) parts.push(index === "*" ? "*" : Number(index));
    else parts.push(name ?? quoted?.replace(/\\(.)/g, "$1") ?? "");
  }
  return parts;
}

export function ignoreChanges(news: Properties, olds: Properties, paths: readonly string[]): Properties {
  return paths.reduce((inputs, path) => restore(inputs, olds, parsePath(path)) as Properties, news);
}

function restore(next: unknown, old: unknown, path: readonly (string | number)[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return old;
  if (isSecret(next)) return secret(restore(next.value, old, path));
  const was = isSecret(old) ? old.value : old;
  if (Array.isArray(next) && Array.isArray(was)) {
    return next.map((item, index) => (step === "*" || step === index ? restore(item, was[index], rest) : item));
  }
  if (!isObject(next) || !isObject(was)) return next;
  const keys = step === "*" ? new Set([...Object.keys(next), ...Object.keys(was)]) : [String(step)];
  const result = { ...next };
  for (const key of keys) {
    const value = restore(next[key], was[key], rest);
    if (value === undefined) delete result[key];
    else result[key] = value;
  }
  return result;
}
