/** The document that is cloned, where that is a server: an export of it into a work folder. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createClient } from "../../client/create-client.ts";
import { Session } from "../../engine/session.ts";
import { type ExportResult, exportDocument } from "../../exporter/export.ts";
import type { Passwords } from "../../exporter/inputs.ts";
import { noteLine } from "../../exporter/notes.ts";
import { selectionOf } from "../../exporter/select.ts";
import { fetchFile } from "../export/files.ts";
import type { Progress } from "../export/progress.ts";
import { schemaFrom } from "../export/schema.ts";
import type { Server } from "./servers.ts";

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
}

/** Reads the server and writes `file` with the files that it names beside it. An earlier export is replaced. */
export async function exportSource(
  { connection: { client: connection, onDestroy } }: Server,
  file: string,
  options: SourceOptions,
  progress: Progress,
): Promise<Source> {
  const selection = selectionOf(options.include ?? [], [...(options.exclude ?? []), ...NOT_OURS]);
  const folder = path.dirname(file);
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
        schema: schemaFrom(folder),
        progress: (handler, count, done) => progress.count(handler.schema.document.section, count, done),
        file: (handler, name, url) => fetchFile(folder, handler, name, url),
      },
      async (_name, text) => {
        mkdirSync(folder, { recursive: true });
        writeFileSync(file, text);
      },
    );
    for (const note of notes) progress.line(noteLine(note));
    return { file, secrets };
  } finally {
    progress.end();
    await client.close();
  }
}
