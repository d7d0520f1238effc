/** Walks a list endpoint page by page (`offset`, `count`, `total`). Knows no endpoint. */
import { UnexpectedResponseError } from "../errors.ts";
import type { Client, Operation } from "./client.ts";

/** The members of a list answer that paging reads. */
export interface PageInfo {
  readonly total?: number | undefined;
}

export interface PaginateOptions {
  /** Rows asked for per call. Default 100, which is also the server's own cap unless it was raised. */
  readonly pageSize?: number;
  /** A list that does not end by then is a broken answer. Default 1,000,000 rows. */
  readonly maxRows?: number;
}

/**
 * Every row, in the server's order. Goes on by the rows that came, as a server may cap pages below what was asked.
 * Throws what `client.call` throws, and UnexpectedResponseError past `maxRows`.
 */
export async function* paginate<P extends PageInfo, R>(
  client: Pick<Client, "call">,
  pageAt: (offset: number, count: number) => Operation<P>,
  rowsOf: (page: P) => readonly R[],
  { pageSize = 100, maxRows = 1_000_000 }: PaginateOptions = {},
): AsyncGenerator<R, void, undefined> {
  let offset = 0;
  for (;;) {
    const operation = pageAt(offset, pageSize);
    const page = await client.call(operation);
    const rows = rowsOf(page);
    yield* rows;
    offset += rows.length;
    const isLast = page.total === undefined ? rows.length < pageSize : offset >= page.total;
    if (rows.length === 0 || isLast) return;
    if (offset >= maxRows) {
      const request = `${operation.method} ${operation.path}`;
      throw new UnexpectedResponseError(
        `${operation.name}: the list did not end after ${offset} rows (${request})`,
        { operation: operation.name, request },
        { maybeSent: false },
      );
    }
  }
}

/** Every row of a list whose pages come from a function of `api/`. */
export async function* everyRow<R>(
  pageAt: (offset: number, count: number) => Promise<{ rows: readonly R[]; total: number }>,
  pageSize = 100,
): AsyncGenerator<R, void, undefined> {
  for (let offset = 0; ; ) {
    const { rows, total } = await pageAt(offset, pageSize);
    yield* rows;
    offset += rows.length;
    if (rows.length === 0 || offset >= total) return;
  }
}
