/** The overlay that takes away what the target of a clone can't have, and its file beside the document. */
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import type { Entry } from "../../workspace/entry.ts";

/** Keys from the section down. */
export type Trail = readonly string[];

export const trailOf = ({ handler, keys }: Entry): Trail => [handler.schema.document.section, ...keys];

/** An overlay that takes entries, or inputs of entries, away. */
export function overlayWithout(trails: readonly Trail[]): Record<string, unknown> {
  const overlay: Record<string, unknown> = {};
  for (const trail of trails) {
    let level = overlay;
    for (const key of trail.slice(0, -1)) {
      level[key] ??= {};
      level = level[key] as Record<string, unknown>;
    }
    level[trail.at(-1) ?? ""] = null;
  }
  return overlay;
}

/** The path of the overlay, which has to come last; undefined where nothing is to be taken away. That of an earlier clone is replaced. */
export function writeLeftOut(folder: string, stack: string, trails: readonly Trail[]): string | undefined {
  const file = path.join(folder, `left-out.${stack}.yaml`);
  rmSync(file, { force: true });
  if (trails.length === 0) return undefined;
  const head = `# What ${stack} can't have of this document; written by \`pulumi-rocketchat clone\`, to be laid on last.\n`;
  writeFileSync(file, head + stringify(overlayWithout(trails)));
  return file;
}
