/** The content of a file as a blob that is read from disk when it is needed, never as a whole. Knows no kind. */
import { createHash } from "node:crypto";
import { openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import { nameOf, type Source } from "./input.ts";

/** What a kind takes. */
export interface FileRules {
  /** In the plural: "images". */
  readonly noun: string;
  /** Media types as file-type names them, with the extension each gets; all are taken where it is left out. */
  readonly types?: Readonly<Record<string, string>>;
  /** Largest size in bytes. */
  readonly maxBytes?: number;
}

/** Why a file can't be used: a sentence without the property's path. */
export class Unusable extends Error {}

const REASONS: Record<string, string> = {
  ENOENT: "is not there",
  ENOTDIR: "is not there",
  EACCES: "can't be read: permission denied",
  ELOOP: "can't be read: its links lead in a circle",
};

const unreadable = (source: Source, error: unknown): Unusable => {
  const { code = "", message } = error as { code?: string; message?: string };
  return new Unusable(`${nameOf(source)} ${REASONS[code] ?? `can't be read: ${message ?? String(error)}`}`);
};

/** Opens what lies on this machine. Relative paths start at the folder of the program. Throws Unusable. */
export async function openLocal(source: Exclude<Source, { kind: "address" }>): Promise<Blob> {
  if (source.kind === "text") return new Blob([source.text]);
  try {
    const found = await stat(source.path);
    if (found.isDirectory()) throw new Unusable(`${nameOf(source)} is a folder, not a file`);
    if (!found.isFile()) throw new Unusable(`${nameOf(source)} is not a regular file`);
    return await openAsBlob(source.path);
  } catch (error) {
    throw error instanceof Unusable ? error : unreadable(source, error);
  }
}

/** SHA-256 in hex, read piece by piece. Throws Unusable. */
export async function hashOf(source: Source, blob: Blob): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of blob.stream()) hash.update(chunk);
  } catch (error) {
    throw unreadable(source, (error as { cause?: unknown }).cause ?? error);
  }
  return hash.digest("hex");
}

const sizeInWords = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${bytes.toLocaleString("en")} bytes` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** What is known of a file that was looked at. */
export interface Seen {
  /** In bytes. */
  readonly size: number;
  /** Media type, as the content tells; undefined where it does not. */
  readonly type: string | undefined;
}

/** Enough to tell text from other content. */
const FIRST_BYTES = 4_096;

const isText = async (blob: Blob): Promise<boolean> =>
  !new Uint8Array(await blob.slice(0, FIRST_BYTES).arrayBuffer()).includes(0);

/** A file that is ready to be sent. */
export interface Opened {
  /** Reads from disk as it is sent; may be read again. */
  readonly blob: Blob;
  /** Media type found in the content, or undefined. */
  readonly type: string | undefined;
  /** Of no known type, and without a zero byte at its beginning. */
  readonly isText: boolean;
}

/** Throws Unusable. `source` is where it comes from, for messages; `at`: where it lies by now. */
export async function lookAt(source: Source, rules: FileRules, at: Source = source): Promise<Opened> {
  if (at.kind === "address") throw new Unusable(`${nameOf(at)} has to be fetched first`);
  const blob = await openLocal(at);
  const type = await typeOfContent(source, blob, rules);
  return { blob, type, isText: type === undefined && (await isText(blob)) };
}

/** Throws Unusable for what the kind does not take. Gives the media type found in the content, where it tells. */
export async function typeOfContent(source: Source, blob: Blob, rules: FileRules): Promise<string | undefined> {
  const what = nameOf(source);
  if (blob.size === 0) throw new Unusable(`${what} is empty`);
  if (rules.maxBytes !== undefined && blob.size > rules.maxBytes) {
    throw new Unusable(`${what} has ${sizeInWords(blob.size)}; ${rules.noun} may have ${sizeInWords(rules.maxBytes)}`);
  }
  // Loaded when the first file is looked at: most programs have none.
  const { fileTypeFromBlob } = await import("file-type");
  const found = await fileTypeFromBlob(blob).catch((error: unknown) => {
    throw unreadable(source, error);
  });
  const types = rules.types;
  if (types !== undefined && (found === undefined || !(found.mime in types))) {
    const allowed = Object.values(types).join(", ");
    const is = found === undefined ? "its content is of no known type" : `its content is ${found.mime}`;
    throw new Unusable(`${what} is none of the ${rules.noun} that are taken (${allowed}): ${is}`);
  }
  return found?.mime;
}
