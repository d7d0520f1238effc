/** `ignoreChanges`: puts the old value back at each path the program names. Knows no resource. */
import { RunnerError } from "../errors.ts";
import { isSecret, secret } from "../state/index.ts";
import { isObject, type Properties } from "../values.ts";

type Path = readonly (string | number)[];

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

/** Throws where a path can't be followed: by then it is not clear what the program wants to keep. */
export function ignoreChanges(news: Properties, olds: Properties, paths: readonly string[]): Properties {
  let inputs = news;
  const astray = paths.filter((path) => {
    const restored = restore(inputs, olds, parsePath(path), { old: false, next: false });
    if (restored === ASTRAY) return true;
    inputs = restored as Properties;
    return false;
  });
  if (astray.length === 0) return inputs;
  throw new RunnerError(
    "cannot ignore changes to the following properties because one or more elements of the path are missing: " +
      `"${astray.join(", ")}"`,
    { hint: "A path may lead through objects and lists that both the old and the new arguments have." },
  );
}

/** The path leads through something that only one side has. */
const ASTRAY = Symbol("astray");

/** What the path led through so far. */
interface Secrecy {
  readonly old: boolean;
  readonly next: boolean;
}

function restore(next: unknown, old: unknown, path: Path, within: Secrecy): unknown {
  if (isSecret(next)) {
    const inner = restore(next.value, old, path, { ...within, next: true });
    return inner === ASTRAY ? ASTRAY : secret(inner);
  }
  if (isSecret(old)) return restore(next, old.value, path, { ...within, old: true });
  const [step, ...rest] = path;
  if (step === "*") return restoreAll(next, old, rest, within);
  return typeof step === "number"
    ? restoreItem(next, old, step, rest, within)
    : restoreKey(next, old, step ?? "", rest, within);
}

/** What comes out of a secret must not stand in clear. */
const kept = (value: unknown, within: Secrecy) =>
  within.old && !within.next && !isSecret(value) ? secret(value) : value;

function restoreItem(next: unknown, old: unknown, index: number, rest: Path, within: Secrecy): unknown {
  if (!Array.isArray(next) && !Array.isArray(old)) return next;
  if (!Array.isArray(next) || !Array.isArray(old)) return ASTRAY;
  if (index >= next.length && index >= old.length && rest.length === 0) return next;
  // A list can't be made longer or shorter at one place.
  if (index >= next.length || index >= old.length) return ASTRAY;
  const item = rest.length === 0 ? kept(old[index], within) : restore(next[index], old[index], rest, within);
  return item === ASTRAY ? ASTRAY : next.with(index, item);
}

function restoreKey(next: unknown, old: unknown, key: string, rest: Path, within: Secrecy): unknown {
  const [has, had] = [next, old].map((value) => isObject(value) && key in value);
  if (rest.length === 0) {
    if (had && isObject(old)) return isObject(next) ? { ...next, [key]: kept(old[key], within) } : ASTRAY;
    if (!isObject(next)) return next;
    const { [key]: _, ...others } = next;
    return others;
  }
  if (!isObject(next) && !isObject(old)) return next;
  if (!isObject(next) || !isObject(old)) return ASTRAY;
  if (!has) return next;
  const item = restore(next[key], old[key], rest, within);
  return item === ASTRAY ? ASTRAY : { ...next, [key]: item };
}

/** `*`: every key or item. As the last step it takes over all that is old. */
function restoreAll(next: unknown, old: unknown, rest: Path, within: Secrecy): unknown {
  if (Array.isArray(next) && Array.isArray(old)) {
    if (next.length !== old.length) return ASTRAY;
    const items = next.map((item, index) =>
      rest.length === 0 ? kept(old[index], within) : restore(item, old[index], rest, within),
    );
    return items.includes(ASTRAY) ? ASTRAY : items;
  }
  if (isObject(next) && isObject(old)) {
    if (rest.length === 0)
      return Object.fromEntries(Object.entries(old).map(([key, item]) => [key, kept(item, within)]));
    if (Object.keys(old).some((key) => !(key in next))) return ASTRAY;
    const items = Object.entries(old).map(([key, item]) => [key, restore(next[key], item, rest, within)] as const);
    return items.some(([, item]) => item === ASTRAY) ? ASTRAY : { ...next, ...Object.fromEntries(items) };
  }
  return rest.length === 0 && (isObject(next) || Array.isArray(next)) ? next : ASTRAY;
}
