/** A coverage as a table for people and as JSON for programs. Pure. */
import type { AnyHandler } from "../../engine/handler.ts";
import { visible } from "../../review/show.ts";
import { table } from "../manage/print.ts";
import type { Row } from "./compare.ts";

export interface Coverage {
  readonly server: string;
  readonly rows: readonly Row[];
  /** Kinds that were not looked at, or not to their end, with the reason. */
  readonly unread: ReadonlyMap<AnyHandler, string>;
}

/** Names of a kind that are shown without `--all`. */
const SHOWN = 10;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function namesLine({ handler, unmanaged }: Row, all: boolean): string {
  const shown = all ? unmanaged : unmanaged.slice(0, SHOWN);
  const more = unmanaged.length - shown.length;
  const names = shown.map(({ name }) => visible(name)).join(", ");
  return `  ${handler.schema.document.section}: ${names}${more > 0 ? ` and ${more} more (--all names them)` : ""}`;
}

export function coverageText({ server, rows, unread }: Coverage, all: boolean): string {
  const cells = rows.map(({ handler, managed, unmanaged, ignored }) => [
    handler.schema.document.section,
    ...[managed, unmanaged.length, ignored].map(String),
  ]);
  const total = [
    rows.map((row) => row.managed),
    rows.map((row) => row.unmanaged.length),
    rows.map((row) => row.ignored),
  ];
  const open = rows.filter(({ unmanaged }) => unmanaged.length > 0);
  return [
    server,
    "",
    table([
      ["KIND", "MANAGED", "UNMANAGED", "IGNORED"],
      ...cells,
      ["total", ...total.map((counts) => String(sum(counts)))],
    ]),
    "",
    ...(open.length === 0 ? ["Nothing is unmanaged."] : ["Unmanaged:", ...open.map((row) => namesLine(row, all))]),
    ...[...unread].map(
      ([handler, reason]) => `${handler.schema.document.section}: could not be read: ${visible(reason)}`,
    ),
    "",
  ].join("\n");
}

/** Every name, whatever `--all` says. */
export const coverageJson = ({ server, rows, unread }: Coverage): unknown => ({
  server,
  kinds: Object.fromEntries(
    rows.map(({ handler, managed, unmanaged, ignored }) => [
      handler.schema.document.section,
      { managed, unmanaged: unmanaged.map(({ name }) => name), ignored },
    ]),
  ),
  unread: Object.fromEntries([...unread].map(([handler, reason]) => [handler.schema.document.section, reason])),
});
