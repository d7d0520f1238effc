/** The append-only file beside a checkpoint: what a run is about to do and what came of it. Opens no secret. */
import { isUtf8 } from "node:buffer";
import { type FileHandle, open, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { fileError, isMissing, StateError } from "./errors.ts";
import { ensureFolder, fileMode, syncFolder, writeHint } from "./files.ts";
import { parseJson } from "./json.ts";
import { resource, withoutNulls } from "./schema.ts";
import type { SealedResource } from "./sealing.ts";
import type { SlotChange } from "./snapshot.ts";
import type { OperationType } from "./types.ts";

/** First line. `base`: hash of the checkpoint that the changes apply to. */
export interface JournalHeader {
  readonly journal: 1;
  readonly base: string;
  /** Salt line of the secrets in it. */
  readonly salt: string;
  /** Numbers of the places that the checkpoint's resources have in the changes; by position when left out. */
  readonly keys?: readonly number[] | undefined;
}

export type JournalRecord =
  | { readonly begin: number; readonly type: OperationType; readonly resource: SealedResource }
  /** `change` absent: the call failed. The rest is there for operations that began in a former journal. */
  | {
      readonly end: number;
      readonly urn: string;
      readonly type: OperationType;
      readonly change?: SlotChange | undefined;
    }
  | { readonly change: SlotChange }
  | { readonly resolved: OperationType; readonly urn: string }
  /** The checkpoint with this hash holds everything up to here; `keys` as in the header, for what comes after. */
  | { readonly folded: string; readonly keys?: readonly number[] | undefined };

const number = z.int().nonnegative();
const sealed = resource.transform(withoutNulls);
const type = z.enum(["creating", "updating", "deleting", "reading", "importing"]);
const change = z.object({
  remove: z.array(number).optional(),
  set: z.array(z.tuple([number, sealed])).optional(),
});
const header = z.object({
  journal: z.literal(1),
  base: z.string(),
  salt: z.string(),
  keys: z.array(number).optional(),
});
const record: z.ZodType<JournalRecord> = z.union([
  z.object({ begin: number, type, resource: sealed }),
  z.object({ end: number, urn: z.string(), type, change: change.optional() }),
  z.object({ change }),
  z.object({ resolved: type, urn: z.string() }),
  z.object({ folded: z.string(), keys: z.array(number).optional() }),
]);

export interface Journal {
  readonly header: JournalHeader;
  readonly records: readonly JournalRecord[];
  /** Bytes of the whole lines. */
  readonly size: number;
}

/**
 * Reads a journal; undefined when there is none, or nothing whole in it. A last line without its end was being written
 * when the run was killed: nobody was told that it is on disk, so it is ignored. Other damage rejects with StateError.
 */
export async function readJournal(path: string): Promise<Journal | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw fileError("read", path, error, journalHint(path));
  }
  const whole = bytes.subarray(0, bytes.lastIndexOf("\n") + 1);
  if (!isUtf8(whole)) throw journalDamage(path, "it is not text in UTF-8");
  const [first, ...others] = whole.toString("utf8").split("\n").slice(0, -1);
  if (first === undefined) return undefined;
  return {
    header: parseLine(first, header, path, 1),
    records: others.map((line, i) => parseLine(line, record, path, i + 2)),
    size: whole.length,
  };
}

function parseLine<T>(line: string, schema: z.ZodType<T>, path: string, lineNumber: number): T {
  try {
    return schema.parse(parseJson(line));
  } catch (error) {
    throw journalDamage(path, `line ${lineNumber} is not a record`, error);
  }
}

/** What a person reads of a journal that can't be used. */
export function journalDamage(path: string, what: string, cause?: unknown): StateError {
  return new StateError(`The journal ${path} is damaged: ${what}.`, { hint: journalHint(path), cause });
}

/** What to do about a journal that can't be used. */
export const journalHint = (path: string) =>
  `It holds what a killed run did after the last save. To go on without it, move it away (mv ${path} ${path}.damaged) and run refresh: what that run created and the state doesn't know is named in the journal's lines.`;

export interface JournalWriter {
  /**
   * Resolves when the record is on disk. Records given while a write is under way share the next one. One that couldn't be
   * written is written with the next, or later records would build on what isn't there; a `begin` is not, for nothing was
   * begun then.
   */
  append(record: JournalRecord): Promise<void>;
  /** Waits for what was appended, closes the file. What is appended later begins a new file. */
  close(): Promise<void>;
}

/**
 * The file is made with the first record: a run that changes nothing leaves nothing. `resume`: the bytes of a former run's
 * journal that are kept, and continued.
 */
export function createJournalWriter(path: string, head: () => JournalHeader, resume = 0): JournalWriter {
  let handle: FileHandle | undefined;
  /** Bytes that are whole and on disk; a write that failed is written over. */
  let size = resume;
  /** Lines that couldn't be written. */
  let owed = "";
  let waiting: Array<{ line: string; isBegin: boolean; done: () => void; failed: (error: unknown) => void }> = [];
  let running: Promise<void> | undefined;

  const writeGroup = async (lines: string) => {
    const isFirst = size === 0;
    if (!handle) {
      await ensureFolder(dirname(path));
      handle = await open(path, isFirst ? "w" : "r+", fileMode);
    }
    const text = isFirst ? `${JSON.stringify(head())}\n${lines}` : lines;
    const bytes = Buffer.from(text);
    try {
      for (let written = 0; written < bytes.length; ) {
        const result = await handle.write(bytes, written, bytes.length - written, size + written);
        written += result.bytesWritten;
      }
      await handle.datasync();
    } catch (error) {
      await handle.truncate(size).catch(() => undefined);
      throw error;
    }
    if (isFirst) await syncFolder(dirname(path));
    size += bytes.length;
  };

  const run = async () => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        await writeGroup(owed + group.map(({ line }) => line).join(""));
        owed = "";
        for (const { done } of group) done();
      } catch (error) {
        for (const { line, isBegin } of group) if (!isBegin) owed += line;
        const reason = error instanceof StateError ? error : fileError("write", path, error, writeHint);
        for (const { failed } of group) failed(reason);
      }
    }
    running = undefined;
  };

  return {
    append(entry) {
      return new Promise<void>((done, failed) => {
        waiting.push({ line: `${JSON.stringify(entry)}\n`, isBegin: "begin" in entry, done, failed });
        running ??= run();
      });
    },
    async close() {
      while (running) await running;
      const closing = handle;
      handle = undefined;
      size = 0;
      owed = "";
      await closing?.close();
    },
  };
}

/** Removes a journal whose content is in the checkpoint. */
export async function removeJournal(path: string): Promise<void> {
  try {
    await rm(path, { force: true });
    await syncFolder(dirname(path));
  } catch (error) {
    throw fileError("remove", path, error);
  }
}
