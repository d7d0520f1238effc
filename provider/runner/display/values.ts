/** Values as text: as the CLI prints them, secrets as [secret]. Knows no resource. */

import { isSecret } from "../state/index.ts";
import { hasUnknown, isObject, signatureOf, UNKNOWN } from "../values.ts";

/** One value, indented by `depth` steps where it takes several lines. */
export function show(value: unknown, depth = 1): string {
  const pad = "    ".repeat(depth);
  if (isSecret(value)) return "[secret]";
  if (value === UNKNOWN) return "[unknown]";
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item, index) => `${pad}    [${index}]: ${show(item, depth + 1)}\n`).join("")}${pad}]`;
  }
  if (!isObject(value)) return String(value);
  if (signatureOf(value) !== undefined)
    return hasUnknown(value) ? "[unknown]" : String(value.path ?? value.urn ?? "{…}");
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  if (entries.length === 0) return "{}";
  const width = Math.max(...entries.map(([key]) => key.length));
  return `{\n${entries.map(([key, item]) => `${pad}    ${key.padEnd(width)}: ${show(item, depth + 1)}\n`).join("")}${pad}}`;
}
