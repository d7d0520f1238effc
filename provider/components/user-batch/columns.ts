/** Finds out which column of a file is which argument of a user, and makes rows of the records. Knows no resources. */
import type { Failure } from "../../engine/check.ts";
import { nearest } from "../../engine/near.ts";
import type { PlacedRow, UserBatchArgs } from "./args.ts";
import { type CsvFile, readCsv } from "./csv.ts";
import { COLUMN_NAMES, isColumn, put, USER_ARGUMENTS } from "./fields.ts";

export interface Rows {
  readonly rows: readonly PlacedRow[];
  readonly failures: readonly Failure[];
  /** Arguments that some column gives; all of them where rows are given one by one. */
  readonly offered: ReadonlySet<string>;
}

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");

const near = (name: string, names: readonly string[]): string => {
  const [found] = nearest(name, names);
  return found === undefined ? "" : ` (did you mean "${found}"?)`;
};

interface Column {
  readonly name: string;
  readonly argument: string;
}

/** What is said in `columns`, turned round: by column name. */
function mapping(columns: Readonly<Record<string, string>>, header: readonly string[], file: string) {
  const byColumn = new Map<string, string>();
  const failures: Failure[] = [];
  for (const [argument, column] of Object.entries(columns)) {
    const path = `columns.${argument}`;
    if (!isColumn(argument)) {
      const why = USER_ARGUMENTS.includes(argument)
        ? "takes an object, which no cell can hold; give it in `defaults`, or fields in columns `customFields.<name>`"
        : `is no argument of a user${near(argument, COLUMN_NAMES)}`;
      failures.push({ path, reason: `${path}: ${why}` });
    } else if (!header.includes(column)) {
      failures.push({
        path,
        reason: `${path}: ${file} has no column "${column}"${near(column, header)}; it has ${quoted(header)}`,
      });
    } else if (byColumn.has(column)) {
      failures.push({ path, reason: `${path}: column "${column}" is "${byColumn.get(column)}" already` });
    } else {
      byColumn.set(column, argument);
    }
  }
  return { byColumn, failures };
}

/** One per cell of the header; undefined for what is left aside. */
function columnsOf(file: string, header: readonly string[], args: UserBatchArgs) {
  const { columns = {}, ignoreColumns = [], keyColumn, delimiter = "," } = args;
  const { byColumn, failures } = mapping(columns, header, file);
  const mapped = new Set(byColumn.values());
  const seen = new Set<string>();
  const unknown: string[] = [];
  const found = header.map((name): Column | undefined => {
    if (seen.has(name) && name !== "") {
      failures.push({ path: "file", reason: `${file}, line 1: column "${name}" is there twice` });
    }
    seen.add(name);
    const argument = byColumn.get(name) ?? (mapped.has(name) ? undefined : name);
    if (argument !== undefined && isColumn(argument)) return { name, argument };
    const ignored = Array.isArray(ignoreColumns) ? ignoreColumns.includes(name) : ignoreColumns;
    if (!ignored && name !== keyColumn) unknown.push(name);
    return undefined;
  });
  const other = [";", "\t", ",", "|"].find((mark) => mark !== delimiter && header[0]?.includes(mark));
  if (header.length === 1 && other !== undefined) {
    const shown = JSON.stringify(other);
    failures.push({
      path: "delimiter",
      reason: `${file}, line 1: is one single column; are its cells divided by ${shown}? Then say \`delimiter: ${shown}\``,
    });
  } else {
    for (const name of unknown) {
      failures.push({
        path: "file",
        reason:
          `${file}, line 1, column "${name}": is no argument of a user${near(name, COLUMN_NAMES)}; ` +
          "map it with `columns`, or leave it aside with `ignoreColumns`",
      });
    }
  }
  if (keyColumn !== undefined && !header.includes(keyColumn)) {
    failures.push({
      path: "keyColumn",
      reason: `keyColumn: ${file} has no column "${keyColumn}"${near(keyColumn, header)}; it has ${quoted(header)}`,
    });
  }
  return { found, failures };
}

function rowsOf(
  file: string,
  csv: CsvFile,
  header: readonly string[],
  found: readonly (Column | undefined)[],
  args: UserBatchArgs,
) {
  const failures: Failure[] = [];
  const columnOf = new Map(found.flatMap((column) => (column ? [[column.argument, column.name] as const] : [])));
  const keyAt = args.keyColumn === undefined ? -1 : header.indexOf(args.keyColumn);
  const rows = csv.records.flatMap(({ line, cells }): PlacedRow[] => {
    const place = `${file}, line ${line}`;
    if (cells.length !== header.length) {
      failures.push({
        path: "file",
        reason: `${place}: has ${cells.length} cells, but the first line names ${header.length} columns`,
      });
      return [];
    }
    const values: Record<string, unknown> = {};
    found.forEach((column, at) => {
      if (column !== undefined) put(values, column.argument, cells[at] ?? "");
    });
    const at = (argument: string) => {
      const [top = argument] = argument.split(/[.[]/);
      const name = columnOf.get(argument) ?? columnOf.get(top);
      if (name === undefined) return `${place}, ${argument}`;
      return name === argument ? `${place}, column "${name}"` : `${place}, column "${name}" (${argument})`;
    };
    return [{ values, key: cells[keyAt], at }];
  });
  return { rows, failures };
}

/** The rows of `file`. What can be said of the file as a whole is said once, not for every row. */
export function rowsOfFile(file: string, args: UserBatchArgs): Rows {
  const csv = readCsv(file, args.delimiter ?? ",");
  const problems: Failure[] = csv.problem === undefined ? [] : [{ path: "file", reason: `file: ${csv.problem}` }];
  if (csv.header === undefined) {
    const empty = { path: "file", reason: `file: ${file} is empty; its first line must name the columns` };
    return { rows: [], failures: problems.length > 0 ? problems : [empty], offered: new Set(USER_ARGUMENTS) };
  }
  const header = csv.header.cells;
  const { found, failures } = columnsOf(file, header, args);
  const { rows, failures: ofRows } = rowsOf(file, csv, header, found, args);
  const offered = new Set(found.flatMap((column) => (column ? [column.argument] : [])));
  return { rows, failures: [...problems, ...failures, ...ofRows], offered };
}
