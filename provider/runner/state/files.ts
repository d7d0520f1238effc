/** Writing files so that a crash leaves the old or the new content, never a part. Knows nothing of what is in them. */
import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { chmod, copyFile, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileError, isMissing } from "./errors.ts";

/** State holds names, addresses and sealed secrets: for the owner only. */
export const fileMode = 0o600;
const folderMode = 0o700;

/** Makes the folder and its parents. */
export async function ensureFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: folderMode });
  } catch (error) {
    throw fileError("make the folder", path, error, writeHint);
  }
}

export const writeHint = "Free space or change the permissions, then run again. What was on disk before is unchanged.";

/** A rename is on disk only when its folder is; some systems can't open folders, and don't need it. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r").catch(() => undefined);
  try {
    await handle?.sync();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EINVAL" && (error as NodeJS.ErrnoException).code !== "EPERM")
      throw error;
  } finally {
    await handle?.close();
  }
}

const temporaryOf = (path: string) => `${path}.${randomUUID()}.tmp`;
const temporaryEnd = /^(bak\.)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/**
 * Removes what writers of this file and of its backup left beside it when they were killed. For the only writer; where
 * others may be at work, `olderThanMs` spares theirs.
 */
export async function removeLeftovers(path: string, olderThanMs = 0): Promise<void> {
  const start = `${basename(path)}.`;
  const names = await readdir(dirname(path)).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(start) || !temporaryEnd.test(name.slice(start.length))) continue;
    const file = join(dirname(path), name);
    const age = olderThanMs && Date.now() - ((await stat(file).catch(() => undefined))?.mtimeMs ?? Date.now());
    // Nobody reads them: one that can't be removed does no harm.
    if (age >= olderThanMs) await rm(file, { force: true }).catch(() => undefined);
  }
}

/**
 * Replaces the content of a file: temp file beside it, fsync, rename, fsync of the folder.
 * With `backup` the former content stays there. `mode` is for files that others may read. `beside`: the file beside which the
 * temp file lies, where it must not lie in the file's own folder. Rejects with StateError.
 */
export async function writeFileSafely(
  path: string,
  content: string | Uint8Array,
  options: { readonly backup?: string; readonly mode?: number; readonly beside?: string } = {},
): Promise<void> {
  await ensureFolder(dirname(path));
  const temporary = temporaryOf(options.beside ?? path);
  try {
    const handle = await open(temporary, "wx", options.mode ?? fileMode);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (options.backup) await backUp(path, options.backup);
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileError("write", path, error, writeHint);
  }
}

async function backUp(path: string, backup: string): Promise<void> {
  const temporary = temporaryOf(backup);
  try {
    await copyFile(path, temporary, constants.COPYFILE_EXCL);
    await chmod(temporary, fileMode);
    await rename(temporary, backup);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (!isMissing(error)) throw error;
  }
}
