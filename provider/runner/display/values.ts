/** Values, and changes of values, as text: as the CLI prints them, secrets as [secret]. Knows no resource. */
import { isSecret } from "../state/index.ts";
import { equal, hasUnknown, isObject, type Properties, signatureOf, UNKNOWN } from "../values.ts";

const STEP = "    ";

/** One value, indented by `depth` steps where it takes several lines. */
export function show(value: unknown, depth = 1): string {
  const pad = STEP.repeat(depth);
  if (isSecret(value)) return "[secret]";
  if (value === UNKNOWN) return "[unknown]";
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    const items = value.map((item, index) => `${pad}${STEP}[${index}]: ${show(item, depth + 1)}\n`);
    return `[\n${items.join("")}${pad}]`;
  }
  if (!isObject(value)) return String(value);
  if (signatureOf(value) !== undefined)
    return hasUnknown(value) ? "[unknown]" : String(value.path ?? value.id ?? value.urn ?? "{…}");
  const keys = Object.keys(value).filter(isShown).sort();
  if (keys.length === 0) return "{}";
  const width = widest(keys);
  const lines = keys.map((key) => `${pad}${STEP}${key.padEnd(width)}: ${show(value[key], depth + 1)}\n`);
  return `{\n${lines.join("")}${pad}}`;
}

/** The keys in which two objects differ, one or more lines each: `~ key: old => new`, `+ key: new`, `- key: old`. */
export function showChanges(old: Properties, next: Properties, depth = 1): string[] {
  const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])].filter(isShown).sort();
  const changed = keys.filter((key) => key in old !== key in next || !equal({ value: old[key] }, { value: next[key] }));
  const width = widest(changed);
  const pad = `${STEP.repeat(depth - 1)}  `;
  return changed.map((key) => {
    const label = key.padEnd(width);
    const [before, after] = [old[key], next[key]];
    if (!(key in old)) return `${pad}+ ${label}: ${show(after, depth)}`;
    if (!(key in next)) return `${pad}- ${label}: ${show(before, depth)}`;
    if (isPlain(before) && isPlain(after)) {
      return `${pad}~ ${label}: {\n${showChanges(before, after, depth + 1).join("\n")}\n${STEP.repeat(depth)}}`;
    }
    return `${pad}~ ${label}: ${show(before, depth)} => ${show(after, depth)}`;
  });
}

function isPlain(value: unknown): value is Properties {
  return isObject(value) && signatureOf(value) === undefined;
}

/** The handler's code is nobody's business. */
const isShown = (key: string) => key !== "__provider";
const widest = (keys: readonly string[]) => Math.max(0, ...keys.map((key) => key.length));
