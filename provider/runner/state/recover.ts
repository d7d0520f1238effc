/** Reads what is on disk of a stack, the checkpoint and the journal of a run that didn't end, into one state. Writes nothing. */
import { readFile } from "node:fs/promises";
import { type Checkpoint, emptyCheckpoint, hashOf, parseCheckpoint } from "./checkpoint.ts";
import { damageHint, fileError, isMissing, StateError } from "./errors.ts";
import { type Journal, type JournalRecord, journalDamage, readJournal } from "./journal.ts";
import { createPending, type Pending } from "./pending.ts";
import { BadValue, createSealer, type Sealer } from "./sealing.ts";
import { Snapshot } from "./snapshot.ts";
import type { Keyring } from "./types.ts";

export interface Recovered {
  readonly checkpoint: Checkpoint;
  /** Hash of the checkpoint's bytes. */
  readonly base: string;
  readonly salt: string;
  readonly sealer: Sealer;
  readonly snapshot: Snapshot;
  readonly pending: Pending;
  /**
   * What became of a journal: "none"; "applied": its content is in the snapshot, not yet in the checkpoint; "folded": it
   * is in the checkpoint already; "foreign": another program changed the checkpoint meanwhile.
   */
  readonly journal: "none" | "applied" | "folded" | "foreign";
  /** Of a journal "applied" or "foreign": how many operations ended, and the URNs of those that didn't. */
  readonly ended: number;
  readonly unfinished: readonly string[];
  /** Bytes of a journal "applied": they have to stay until the checkpoint holds what they say. */
  readonly journalSize: number;
}

/** `salt` is for a state that has none of its own. Rejects with StateError. */
export async function recover(options: {
  readonly checkpointPath: string;
  readonly journalPath: string;
  readonly keyring: Keyring;
  readonly salt: string;
}): Promise<Recovered> {
  const { checkpointPath, journalPath, keyring } = options;
  const bytes = await readFile(checkpointPath).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    const isFolder = (error as NodeJS.ErrnoException).code === "EISDIR";
    throw fileError("read", checkpointPath, error, isFolder ? damageHint(checkpointPath) : undefined);
  });
  const checkpoint = bytes ? parseCheckpoint(bytes, checkpointPath) : emptyCheckpoint;
  const base = hashOf(bytes ?? new Uint8Array());
  const read = await readJournal(journalPath);
  const { journal, records, keys } = partFor(base, read);
  const salt = checkpoint.salt ?? (journal === "applied" ? read?.header.salt : undefined) ?? options.salt;
  const sealer = createSealer(await keyring.unlock(salt, checkpointPath));
  if (keys && (keys.length !== checkpoint.resources.length || new Set(keys).size !== keys.length))
    throw journalDamage(journalPath, "its first line doesn't fit the checkpoint that it names");
  const { snapshot, pending } = orRefuse(
    () => ({
      snapshot: new Snapshot(sealer, checkpoint.resources, keys),
      pending: createPending(
        checkpoint.pending.map(({ type, resource }) => ({ type, resource: sealer.open(resource) })),
      ),
    }),
    (what) =>
      new StateError(`The state ${checkpointPath} can't be used: ${what}.`, { hint: damageHint(checkpointPath) }),
  );
  let ended = 0;
  let unfinished: string[] = [];
  if (journal === "applied")
    ({ ended, unfinished } = orRefuse(
      () => replay(records, snapshot, pending, sealer),
      (what) => journalDamage(journalPath, what),
    ));
  if (journal === "foreign") ({ ended, unfinished } = summarize(records));
  const journalSize = journal === "applied" && read ? read.size : 0;
  return {
    checkpoint,
    base,
    salt,
    sealer,
    snapshot,
    pending,
    journal: journal ?? "none",
    ended,
    unfinished,
    journalSize,
  };
}

/** Values that can't be opened are the file's damage. */
function orRefuse<T>(read: () => T, refusal: (what: string) => StateError): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof BadValue ? refusal(error.message) : error;
  }
}

/** Which records the checkpoint with this hash doesn't hold yet, and how they count its places. */
function partFor(base: string, read: Journal | undefined) {
  if (!read) return { journal: "none", records: [], keys: undefined } as const;
  const { header, records } = read;
  if (header.base === base) return { journal: "applied", records, keys: header.keys } as const;
  const at = records.findLastIndex((record) => "folded" in record && record.folded === base);
  const mark = records[at];
  if (!mark || !("folded" in mark)) return { journal: "foreign", records, keys: undefined } as const;
  const after = records.slice(at + 1);
  return { journal: after.length > 0 ? "applied" : "folded", records: after, keys: mark.keys } as const;
}

function replay(records: readonly JournalRecord[], snapshot: Snapshot, pending: Pending, sealer: Sealer) {
  const open = new Map<number, Extract<JournalRecord, { begin: number }>>();
  let ended = 0;
  for (const record of records) {
    if ("begin" in record) open.set(record.begin, record);
    else if ("end" in record) {
      open.delete(record.end);
      ended += 1;
      if (!record.change) continue;
      snapshot.replay(record.change);
      pending.settle(record.urn, record.type);
    } else if ("change" in record) snapshot.replay(record.change);
    else if ("resolved" in record) pending.drop(record.urn, record.resolved);
  }
  for (const { type, resource } of open.values()) pending.add({ type, resource: sealer.open(resource) });
  return { ended, unfinished: [...open.values()].map(({ resource }) => resource.urn) };
}

function summarize(records: readonly JournalRecord[]) {
  const open = new Map<number, string>();
  let ended = 0;
  for (const record of records) {
    if ("begin" in record) open.set(record.begin, record.resource.urn);
    else if ("end" in record && open.delete(record.end)) ended += 1;
  }
  return { ended, unfinished: [...open.values()] };
}
