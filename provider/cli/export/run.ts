/** Runs an export: connection, files, and what is told about it. Its result goes to standard output or to files; everything else to standard error. */
import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createClient } from "../../client/create-client.ts";
import { Session } from "../../engine/session.ts";
import { InputError } from "../../errors.ts";
import { type ExportResult, exportAs, FILE_NAMES, type Format, secretLines } from "../../exporter/export.ts";
import type { Passwords } from "../../exporter/inputs.ts";
import { noteLine } from "../../exporter/notes.ts";
import { selectionOf } from "../../exporter/select.ts";
import { keepHeapSmall, keepYoungSpace } from "../../runner/small-heap.ts";
import { connectionOf, type ServerOptions } from "./connection.ts";
import { fetchFile } from "./files.ts";
import { Progress } from "./progress.ts";
import { schemaFrom } from "./schema.ts";

export interface ExportCommandOptions extends ServerOptions {
  readonly cwd?: string;
  readonly format: Format;
  readonly out?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly details?: boolean;
  readonly passwords: Passwords;
}

interface Place {
  readonly folder: string;
  /** Undefined: one file for each section. */
  readonly file: string | undefined;
}

/** A path that ends in a slash, has no ending, or is a folder: a folder. */
function placeOf(out: string): Place {
  const isFolder = /[\\/]$/.test(out) || (existsSync(out) ? statSync(out).isDirectory() : path.extname(out) === "");
  return isFolder
    ? { folder: path.resolve(out), file: undefined }
    : { folder: path.dirname(path.resolve(out)), file: path.basename(out) };
}

export async function runExport(options: ExportCommandOptions): Promise<void> {
  keepHeapSmall();
  keepYoungSpace();
  const selection = selectionOf(options.include ?? [], options.exclude ?? []);
  const place = options.out === undefined ? undefined : placeOf(options.out);
  const { client: connection, onDestroy } = await connectionOf(options);
  const progress = new Progress(process.stderr);
  const client = createClient({ ...connection, onWait: (message) => progress.line(message) });
  try {
    const { context } = new Session(client, onDestroy, (message) => progress.line(message));
    const result = await exportAs(
      options.format,
      context,
      {
        selection,
        passwords: options.passwords,
        details: options.details ?? false,
        split: place !== undefined && place.file === undefined,
        schema: schemaFrom(place?.folder ?? process.cwd()),
        progress: (handler, count, done) => progress.count(handler.schema.document.section, count, done),
        ...(place && { file: (handler, name, url) => fetchFile(place.folder, handler, name, url) }),
      },
      // An import holds what the server told of secrets.
      async (name, text) => write(place, name, text, options.format === "import" ? 0o600 : 0o666),
    );
    tell(progress, result, place && path.join(place.folder, place.file ?? FILE_NAMES[options.format]));
  } finally {
    progress.end();
    await client.close();
  }
}

function write(place: Place | undefined, name: string, text: string, mode: number): void {
  if (place === undefined) {
    process.stdout.write(text);
    return;
  }
  const target = path.join(place.folder, place.file ?? name);
  try {
    mkdirSync(place.folder, { recursive: true });
    writeFileSync(target, text, { mode });
    // An older file keeps its own mode.
    if (mode === 0o600) chmodSync(target, mode);
  } catch (error) {
    throw new InputError(`--out: ${target} can't be written: ${(error as Error).message}`, { cause: error });
  }
}

function tell(progress: Progress, { counts, secrets, notes }: ExportResult, file: string | undefined): void {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  for (const note of notes) progress.line(noteLine(note));
  if (secrets.length > 0) {
    progress.line("Secrets to be given once for each stack:");
    for (const line of secretLines(secrets)) progress.line(`  ${line}`);
  }
  progress.line(`${total} objects${file === undefined ? "" : ` in ${file}`}`);
}
