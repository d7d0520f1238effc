/** How the commands about stacks print: the CLI's tables, JSON and times. */

export function printLine(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Four spaces for what the CLI indents so (exports), two elsewhere. */
export function printJson(value: unknown, indent = 2): void {
  printLine(JSON.stringify(value, undefined, indent));
}

export function warn(message: string): void {
  process.stderr.write(`warning: ${message}\n`);
}

/** Columns two spaces apart; a cell of several lines goes on below itself. A row of one cell widens no column. */
export function table(rows: readonly (readonly string[])[], indent = ""): string {
  const cells = rows.map((row) => row.map((cell) => cell.split("\n")));
  const widths = (cells[0] ?? []).map((_, i) =>
    Math.max(...cells.flatMap((row) => (row.length > 1 ? (row[i] ?? []) : []).map((line) => line.length))),
  );
  const lines = cells.flatMap((row) => {
    const height = Math.max(...row.map((cell) => cell.length));
    return Array.from({ length: height }, (_, at) =>
      (indent + row.map((cell, i) => (cell[at] ?? "").padEnd(widths[i] ?? 0)).join("  ")).trimEnd(),
    );
  });
  return lines.join("\n");
}

const units = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

const relative = new Intl.RelativeTimeFormat("en");

/** "3 minutes ago", "now" */
export function ago(then: Date, now: Date): string {
  const seconds = Math.floor((now.getTime() - then.getTime()) / 1000);
  const unit = units.find(([, size]) => seconds >= size);
  return unit ? relative.format(-Math.floor(seconds / unit[1]), unit[0]) : "now";
}
