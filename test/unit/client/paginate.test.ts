import { expect, test } from "vitest";
import { z } from "zod";
import type { Operation } from "../../../provider/client/client.ts";
import { paginate } from "../../../provider/client/paginate.ts";
import { UnexpectedResponseError } from "../../../provider/errors.ts";
import { connect, operation, startServer } from "./local-server.ts";

type Page = { rows: number[]; total?: number | undefined };
const schema = z.object({ rows: z.array(z.number()), total: z.number().optional() });
const pageAt = (offset: number, count: number) =>
  operation({ name: "numbers.list", query: { offset, count }, response: schema }) as Operation<Page>;

/** Serves `size` rows, `cap` per page at most. */
async function listServer({ size, cap, tellTotal = true }: { size: number; cap: number; tellTotal?: boolean }) {
  return startServer(({ path }) => {
    const query = new URL(path, "http://local").searchParams;
    const [offset, count] = [Number(query.get("offset")), Math.min(cap, Number(query.get("count")))];
    const rows = Array.from({ length: Math.max(0, Math.min(count, size - offset)) }, (_, index) => offset + index);
    return { body: { success: true, rows, ...(tellTotal && { total: size }) } };
  });
}

async function collect(url: string, options: { pageSize?: number; maxRows?: number } = {}): Promise<number[]> {
  const rows: number[] = [];
  for await (const row of paginate(connect(url), pageAt, (page) => page.rows, options)) rows.push(row);
  return rows;
}

test.each([
  { size: 0, cap: 100, calls: 1 },
  { size: 100, cap: 100, calls: 1 },
  { size: 250, cap: 100, calls: 3 },
  { size: 250, cap: 50, calls: 5 },
  { size: 120, cap: 100, calls: 2, tellTotal: false },
])("gives each of $size rows once in $calls calls of at most $cap", async ({ calls, ...list }) => {
  const server = await listServer(list);
  expect(await collect(server.url)).toEqual(Array.from({ length: list.size }, (_, index) => index));
  expect(server.seen).toHaveLength(calls);
});

test("reads no further than its caller", async () => {
  const server = await listServer({ size: 500, cap: 100 });
  for await (const row of paginate(connect(server.url), pageAt, (page) => page.rows)) if (row === 120) break;
  expect(server.seen).toHaveLength(2);
});

test("ends when the server stops giving rows before its total", async () => {
  const server = await startServer((_, nth) => ({ body: { rows: nth === 1 ? [1, 2] : [], total: 10 } }));
  expect(await collect(server.url)).toEqual([1, 2]);
});

test("does not read a list for ever that has no end", async () => {
  const server = await startServer(() => ({ body: { rows: [1, 2], total: 1e9 } }));
  const reading = collect(server.url, { pageSize: 2, maxRows: 6 });
  await expect(reading).rejects.toThrow("numbers.list: the list did not end after 6 rows (GET /api/v1/numbers.list)");
  await expect(reading).rejects.toBeInstanceOf(UnexpectedResponseError);
});
