/** Removes and renames whole stacks: checkpoint, backups, history. The stack's `Pulumi.<stack>.yaml` is another's care. */
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { backupsDir, historyDir, locksDir, stacksDir } from "./backend.ts";
import { compressFor, formatCheckpoint } from "./checkpoint.ts";
import { fileError, isMissing, StateError } from "./errors.ts";
import { writeFileSafely } from "./files.ts";
import { takeLock } from "./lock.ts";
import { journalPath, type SealedState } from "./sealed-state.ts";
import { checkpointEndings, findCheckpoint } from "./stacks.ts";
import type { Place } from "./transfer.ts";
import type { Resource } from "./types.ts";

type Stack = Pick<Place, "backend" | "project" | "stack">;

/**
 * Removes a stack, not its `Pulumi.<stack>.yaml`. The last state stays as `.bak`, as the CLI leaves it, unless `backups`
 * go too. The caller has made sure that nothing is lost. Rejects with StateError when a run holds the lock.
 */
export async function removeStack(place: Stack, options: { readonly backups: boolean }): Promise<void> {
  const { backend, project, stack } = place;
  const lock = await takeLock(backend, project, stack, new Date());
  try {
    await retire(place);
    await rm(historyDir(backend, project, stack), { recursive: true, force: true });
    if (options.backups) {
      const dir = stacksDir(backend, project);
      for (const ending of checkpointEndings) await rm(join(dir, `${stack}${ending}.bak`), { force: true });
      await rm(backupsDir(backend, project, stack), { recursive: true, force: true });
    }
  } finally {
    await lock.release();
    await rm(locksDir(backend, project, stack), { recursive: true, force: true });
  }
}

/** The checkpoint becomes its own backup. */
async function retire({ backend, project, stack }: Stack): Promise<void> {
  for (const ending of checkpointEndings) {
    const path = join(stacksDir(backend, project), stack + ending);
    await rename(path, `${path}.bak`).catch((error: unknown) => {
      if (!isMissing(error)) throw fileError("remove", path, error);
    });
    for (const extra of [".attrs", ".bak.attrs"]) await rm(path + extra, { force: true });
  }
  await rm(journalPath(backend, project, stack), { force: true });
}

/** Gives a stack another name: its state with every URN rewritten, and its history. Rejects with StateError. */
export async function renameStack(place: Stack, state: SealedState, next: string): Promise<void> {
  const { backend, project, stack } = place;
  if ((await findCheckpoint(backend, project, next)) !== undefined)
    throw new StateError(`The stack ${stack} is not renamed: there is a stack "${next}" already.`);
  const lock = await takeLock(backend, project, stack, new Date());
  try {
    const rewrite = (resource: Resource) => renamed(resource, project, stack, next);
    const { checkpoint, ...rest } = state.rest as { checkpoint?: Record<string, unknown> };
    const text = formatCheckpoint(
      { ...state, rest: { ...rest, checkpoint: { ...checkpoint, stack: `organization/${project}/${next}` } } },
      {
        stack: next,
        project,
        resources: state.resources.map(rewrite),
        pending: state.pending.map(({ type, resource }) => ({ type, resource: rewrite(resource) })),
        salt: state.salt ?? "",
        engineVersion: undefined,
        now: new Date(),
      },
    );
    const path = join(
      stacksDir(backend, project),
      next + state.path.slice(join(stacksDir(backend, project), stack).length),
    );
    await writeFileSafely(path, compressFor(path, text));
    await retire(place);
    await renameHistory(place, next);
  } finally {
    await lock.release();
  }
}

async function renameHistory({ backend, project, stack }: Stack, next: string): Promise<void> {
  const [from, to] = [historyDir(backend, project, stack), historyDir(backend, project, next)];
  try {
    await rename(from, to);
    for (const name of await readdir(to))
      if (name.startsWith(`${stack}-`)) await rename(join(to, name), join(to, next + name.slice(stack.length)));
  } catch (error) {
    if (!isMissing(error)) throw fileError("rename", from, error);
  }
}

/** A state with its URNs, and those that it refers to, in the other stack. */
function renamed(resource: Resource, project: string, from: string, to: string): Resource {
  const [before, after] = [`urn:pulumi:${from}::`, `urn:pulumi:${to}::`];
  const root = `${project}::pulumi:pulumi:Stack::${project}-`;
  const move = (urn: string) => {
    if (!urn.startsWith(before)) return urn;
    const rest = urn.slice(before.length);
    return after + (rest === root + from ? root + to : rest);
  };
  const each = (value: unknown): unknown => {
    if (typeof value === "string") return move(value);
    if (Array.isArray(value)) return value.map(each);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, each(item)]));
  };
  // Properties are the program's: a text in them that looks like a URN is none of ours.
  const { inputs, outputs, ...ours } = resource;
  const moved = each(ours) as Resource;
  return { ...moved, ...(inputs && { inputs }), ...(outputs && { outputs }) };
}
