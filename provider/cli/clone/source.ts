/** The document that is cloned: one that is there, or an export of the source server into a work folder. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createClient } from "../../client/create-client.ts";
import type { Connection } from "../../engine/connection.ts";
import { Session } from "../../engine/session.ts";
import { InputError } from "../../errors.ts";
import { DOCUMENT_FILE, type ExportResult, exportDocument } from "../../exporter/export.ts";
import type { Passwords } from "../../exporter/inputs.ts";
import { noteLine } from "../../exporter/notes.ts";
import { selectionOf } from "../../exporter/select.ts";
import { fetchFile } from "../export/files.ts";
import type { Progress } from "../export/progress.ts";

/** The address is the server's own: each has another. */
const NOT_OURS = ["settings:Site_Url"];

export interface SourceOptions {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly details?: boolean;
  readonly passwords: Passwords;
}

export interface Source {
  /** The document's path, absolute. */
  readonly file: string;
  /** Secrets that the document names, with the values that the source tells; none of a document's own. */
  readonly secrets: ExportResult["secrets"];
  /** Undefined where the source is a document. */
  readonly version: string | undefined;
}

export const isAddress = (from: string): boolean => /^https?:\/\//i.test(from);

export function documentSource(from: string): Source {
  const file = path.resolve(from);
  if (!existsSync(file))
    throw new InputError(`--from ${from}: there is no such file, and it is no address.`, {
      hint: "Give a server as https://chat.example.com, or the path of a workspace document.",
    });
  return { file, secrets: [], version: undefined };
}

/** Reads the server and writes `folder`/workspace.yaml with the files that it names. An earlier export is replaced. */
export async function exportSource(
  { client: connection, onDestroy }: Connection,
  folder: string,
  options: SourceOptions,
  progress: Progress,
): Promise<Source> {
  const selection = selectionOf(options.include ?? [], [...(options.exclude ?? []), ...NOT_OURS]);
  const file = path.join(folder, DOCUMENT_FILE);
  const client = createClient({ ...connection, onWait: (message) => progress.line(message) });
  try {
    const { context } = new Session(client, onDestroy, (message) => progress.line(message));
    const { secrets, notes } = await exportDocument(
      context,
      {
        selection,
        passwords: options.passwords,
        details: options.details ?? false,
        split: false,
        progress: (handler, count, done) => progress.count(handler.schema.document.section, count, done),
        file: (handler, name, url) => fetchFile(folder, handler, name, url),
      },
      async (_name, text) => {
        mkdirSync(folder, { recursive: true });
        writeFileSync(file, text);
      },
    );
    for (const note of notes) progress.line(noteLine(note));
    return { file, secrets, version: (await client.server()).version };
  } finally {
    progress.end();
    await client.close();
  }
}
