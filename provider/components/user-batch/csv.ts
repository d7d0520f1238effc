/** Reads a CSV file into records with the lines they stand on, or says what is wrong with it. Knows no user. */
import { readFileSync } from "node:fs";
import { CsvError, parse } from "csv-parse/sync";

export interface CsvRecord {
  /** Line of the file on which the record begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvFile {
  readonly header: CsvRecord | undefined;
  readonly records: readonly CsvRecord[];
  /** Why the file could not be read, or not to its end. */
  readonly problem: string | undefined;
}

const broken = (problem: string): CsvFile => ({ header: undefined, records: [], problem });

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "it may not be read",
  ENOTDIR: "there is no such file",
};

/** Codes of the parser in our words; each is about the record that begins on the line. */
const QUOTING: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark (") is opened and never closed',
  INVALID_OPENING_QUOTE: 'a quotation mark (") stands inside a cell that does not begin with one',
  CSV_INVALID_CLOSING_QUOTE: "something stands between a closing quotation mark and the end of its cell",
};

const ADVICE =
  'a cell with a quotation mark or the delimiter is written in quotation marks, with each " inside doubled';

function textOf(file: string): string | { readonly problem: string } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    return { problem: `${REASONS[code] ?? message} (looked for it from ${process.cwd()})` };
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { problem: 'it is not text in UTF-8; spreadsheets offer that as "CSV UTF-8"' };
  }
}

export function readCsv(file: string, delimiter: string): CsvFile {
  const text = textOf(file);
  if (typeof text !== "string") return broken(`${file}: ${text.problem}`);
  const all: CsvRecord[] = [];
  let lastLine = 0;
  let problem: string | undefined;
  try {
    parse(text, {
      delimiter,
      bom: true,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record: (given, { lines, raw = "" }) => {
        // With `raw` it comes in this form, which the types do not tell.
        const { record } = given as unknown as { readonly record: readonly string[] };
        lastLine = lines;
        // A cell in quotation marks may go over several lines; the parser tells the last one.
        all.push({ line: lines - (raw.trim().split("\n").length - 1), cells: record });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    problem = `${file}, record from line ${lastLine + 1} on: ${QUOTING[error.code] ?? error.message}; ${ADVICE}`;
  }
  const [header, ...records] = all.filter(({ cells }) => cells.some((cell) => cell !== ""));
  return { header, records, problem };
}
