/**
 * One short text that stands for all that a run would do: equal for the same plan, another for any other. Secrets have no part in it but that
 * they change: whoever reads a checksum must not be able to try passwords against it.
 */
import { createHash } from "node:crypto";
import type { Plan } from "./change.ts";

/** Objects with their keys in order; lists as they are. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, item]) => [key, canonical(item)]),
  );
}

/** 16 hexadecimal digits. */
export function checksumOf({ changes }: Pick<Plan, "changes">): string {
  const told = changes
    .map(({ kind, op, resource, urn, fields, destroy }) =>
      JSON.stringify(canonical({ kind, op, resource, urn, fields, destroy })),
    )
    .sort();
  return createHash("sha256").update(told.join("\n")).digest("hex").slice(0, 16);
}
