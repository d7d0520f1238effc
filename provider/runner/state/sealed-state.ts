/** A stack's state with its secrets sealed: to look at it, or to hand it on, without opening anything. Writes nothing. */
import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { stacksDir } from "./backend.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { fileError, isMissing, noStackOf } from "./errors.ts";
import { recover } from "./recover.ts";
import { findCheckpoint, listStacks } from "./stacks.ts";
import type { Backend, Keyring } from "./types.ts";

export interface SealedState extends Pick<Checkpoint, "resources" | "pending" | "salt" | "rest"> {
  readonly path: string;
}

export const journalPath = (backend: Backend, project: string, stack: string): string =>
  join(stacksDir(backend, project), `${stack}.json.journal`);

/** True when a run was killed, or is running: the checkpoint alone is not the whole state. */
export async function hasJournal(backend: Backend, project: string, stack: string): Promise<boolean> {
  return access(journalPath(backend, project, stack)).then(
    () => true,
    () => false,
  );
}

/**
 * The state as it is on disk. Needs the passphrase only when there is a journal. Rejects with NoStackError or StateError.
 */
export async function readSealedState(
  backend: Backend,
  project: string,
  stack: string,
  keyring: Keyring,
): Promise<SealedState> {
  const path = await findCheckpoint(backend, project, stack);
  if (path === undefined) throw noStackOf(stack, project, await listStacks(backend, project));
  const bytes = await readFile(path).catch((error: unknown) => {
    throw isMissing(error) ? noStackOf(stack, project, []) : fileError("read", path, error);
  });
  const checkpoint = parseCheckpoint(bytes, path);
  if (checkpoint.salt === undefined || !(await hasJournal(backend, project, stack))) return { ...checkpoint, path };
  const options = { checkpointPath: path, journalPath: journalPath(backend, project, stack), keyring };
  const { snapshot, pending, salt, sealer } = await recover({ ...options, salt: checkpoint.salt });
  return {
    path,
    resources: snapshot.sealed,
    pending: pending.all.map(({ type, resource }) => ({ type, resource: sealer.seal(resource) })),
    salt,
    rest: checkpoint.rest,
  };
}
