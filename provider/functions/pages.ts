/** Walks lists page by page, as far as a caller wants. Knows no endpoint. */
import { z } from "zod";

const PAGE_SIZE = 100;

/** At most so many. */
export const limit = z.int().min(1);

type Page<R> = readonly R[] | { readonly rows: readonly R[]; readonly total: number };

/** Rows that `keep` takes, up to `most`; no page is asked for that is not needed. A page without a total is the last when it is short. */
export async function collect<R>(
  load: (offset: number, count: number) => Promise<Page<R>>,
  keep: (row: R) => boolean,
  most = Number.POSITIVE_INFINITY,
): Promise<R[]> {
  const kept: R[] = [];
  for (let offset = 0; ; ) {
    const page = await load(offset, PAGE_SIZE);
    const rows = "rows" in page ? page.rows : page;
    for (const row of rows) {
      if (keep(row)) kept.push(row);
      if (kept.length >= most) return kept;
    }
    offset += rows.length;
    const isLast = "rows" in page ? offset >= page.total : rows.length < PAGE_SIZE;
    if (rows.length === 0 || isLast) return kept;
  }
}
