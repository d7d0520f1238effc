/**
 * What `pulumi stack history` shows of a stack: one small file per update, where the CLI's file backend has them. The CLI
 * keeps a copy of the whole checkpoint with each, and every one for ever; ours have no copy, and the last ten are kept.
 */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { historyDir } from "./backend.ts";
import { isMissing } from "./errors.ts";
import { writeFileSafely } from "./files.ts";
import type { Backend } from "./types.ts";

/** One update, with the CLI's words. */
export interface UpdateRecord {
  readonly kind: "update" | "refresh" | "destroy";
  readonly startTime: Date;
  readonly endTime: Date;
  readonly result: "succeeded" | "failed";
  /** How many of each operation: create, update, delete, same … */
  readonly resourceChanges: Readonly<Record<string, number>>;
}

const mostKept = 10;
const ending = ".history.json";
const seconds = (time: Date) => Math.floor(time.getTime() / 1000);

/**
 * Adds an update, and drops our own beyond the last ten; the CLI's, which have a checkpoint beside them, are left alone.
 * Rejects with StateError when it can't be written: the update itself stands in the state all the same.
 */
export async function recordUpdate(
  backend: Backend,
  project: string,
  stack: string,
  update: UpdateRecord,
): Promise<void> {
  const dir = historyDir(backend, project, stack);
  const entry = {
    kind: update.kind,
    startTime: seconds(update.startTime),
    message: "",
    environment: { "exec.kind": "pulumi-rocketchat" },
    config: {},
    version: 0,
    result: update.result,
    endTime: seconds(update.endTime),
    resourceChanges: update.resourceChanges,
  };
  // The CLI sorts by these nanoseconds.
  const stamp = `${update.endTime.getTime()}000000`;
  await writeFileSafely(join(dir, `${stack}-${stamp}${ending}`), JSON.stringify(entry));
  for (const name of await superfluous(dir)) await rm(join(dir, name), { force: true });
}

async function superfluous(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const all = new Set(names);
  const hasCopy = (name: string) => all.has(name.replace(ending, ".checkpoint.json"));
  return names
    .filter((name) => name.endsWith(ending) && !hasCopy(name))
    .sort()
    .slice(0, -mostKept);
}
