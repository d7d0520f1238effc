/** The append-only file beside a checkpoint: what a run is about to do and what came of it. Opens no secret. */
import { type FileHandle, open, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { fileError, isMissing, StateError } from "./errors.ts";
import { ensureFolder, fileMode, syncFolder, writeHint } from "./files.ts";
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
  /** The checkpoint with this hash holds everything up to here. */
  | { readonly folded: string };

const sealed = z.looseObject({ urn: z.string(), type: z.string(), custom: z.boolean() });
const change = z.object({
  remove: z.array(z.number()).optional(),
  set: z.array(z.tuple([z.number(), sealed])).optional(),
});
const header = z.object({
  journal: z.literal(1),
  base: z.string(),
  salt: z.string(),
  keys: z.array(z.number()).optional(),
});
const record = z.union([
  z.object({ begin: z.number(), type: z.string(), resource: sealed }),
  z.object({ end: z.number(), urn: z.string(), type: z.string(), change: change.optional() }),
  z.object({ change }),
  z.object({ resolved: z.string(), urn: z.string() }),
  z.object({ folded: z.string() }),
]);

export interface Journal {
  readonly header: JournalHeader;
  readonly records: readonly JournalRecord[];
}

/**
 * Reads a journal; undefined when there is none, or nothing whole in it. A last line without its end was being written
 * when the run was killed: nobody was told that it is on disk, so it is ignored. Other damage rejects with StateError.
 */
export async function readJournal(path: string): Promise<Journal | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw fileError("read", path, error);
  }
  const lines = text.split("\n").slice(0, -1);
  const [first, ...others] = lines;
  if (first === undefined) return undefined;
  return {
    header: parseLine(first, header, path, 1),
    records: others.map((line, i) => parseLine(line, record, path, i + 2) as JournalRecord),
  };
}

function parseLine<T>(line: string, schema: z.ZodType<T>, path: string, number: number): T {
  try {
    return schema.parse(JSON.parse(line));
  } catch (error) {
    throw new StateError(`The journal ${path} is damaged in line ${number}.`, {
      hint: "It holds what a killed run had done. Move it away to go on from the checkpoint beside it, then refresh.",
      cause: error,
    });
  }
}

export interface JournalWriter {
  /** Resolves when the record is on disk. Records given while a write is under way share the next one. */
  append(record: JournalRecord): Promise<void>;
  /** Waits for what was appended, closes the file. */
  close(): Promise<void>;
}

/** The file is made with the first record: a run that changes nothing leaves nothing. */
export function createJournalWriter(path: string, head: () => JournalHeader): JournalWriter {
  let handle: FileHandle | undefined;
  /** Bytes that are whole and on disk; a write that failed is written over. */
  let size = 0;
  let waiting: Array<{ line: string; done: () => void; failed: (error: unknown) => void }> = [];
  let running: Promise<void> | undefined;

  const writeGroup = async (lines: string) => {
    const isFirst = size === 0;
    if (!handle) {
      await ensureFolder(dirname(path));
      handle = await open(path, "w", fileMode);
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
        await writeGroup(group.map(({ line }) => line).join(""));
        for (const { done } of group) done();
      } catch (error) {
        const reason = error instanceof StateError ? error : fileError("write", path, error, writeHint);
        for (const { failed } of group) failed(reason);
      }
    }
    running = undefined;
  };

  return {
    append(entry) {
      return new Promise<void>((done, failed) => {
        waiting.push({ line: `${JSON.stringify(entry)}\n`, done, failed });
        running ??= run();
      });
    },
    async close() {
      await running;
      await handle?.close();
      handle = undefined;
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
