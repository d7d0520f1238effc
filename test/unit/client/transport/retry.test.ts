import { expect, test } from "vitest";
import { NetworkError, UnexpectedResponseError } from "../../../../provider/errors.ts";
import { hastyClock } from "../hasty-clock.ts";
import { connect, create, errorOf, type Fate, operation, startServer, update } from "../local-server.ts";

const broken: [string, Fate][] = [
  ["a dropped connection", "drop"],
  ["a connection cut in the answer", "cut"],
  ["cut JSON", { body: '{"success": tr' }],
  ["502 with a page", { status: 502, body: "<html>Bad Gateway</html>", headers: { "content-type": "text/html" } }],
  ["503", { status: 503, body: "Service Unavailable", headers: { "content-type": "text/plain" } }],
  ["504", { status: 504, body: { success: false } }],
];

test.each(broken)("repeats a read after %s", async (_, fate) => {
  const server = await startServer((_request, nth) => (nth <= 2 ? fate : {}));
  expect(await connect(server.url).call(operation())).toEqual({ success: true });
  expect(server.seen).toHaveLength(3);
});

test.each(broken)("repeats an idempotent write after %s, with the same body", async (_, fate) => {
  const server = await startServer((_request, nth) => (nth === 1 ? fate : {}));
  await connect(server.url).call(update);
  expect(server.seen.map(({ body }) => body)).toEqual(['{"userId":"u1"}', '{"userId":"u1"}']);
});

test.each(broken)("never repeats a create after %s, and says that it may have happened", async (_, fate) => {
  const server = await startServer(() => fate);
  const error = await errorOf(connect(server.url).call(create));
  expect(error instanceof NetworkError || error instanceof UnexpectedResponseError).toBe(true);
  expect(error.maybeSent).toBe(true);
  expect(server.seen).toHaveLength(1);
});

test("repeats a create that surely did not arrive, and says so when it never does", async () => {
  const server = await startServer(() => ({}));
  const free = server.port;
  const waits: string[] = [];
  // Nothing listens on the discard port of the loopback; privileged ports are not handed out by the system.
  const client = connect("http://127.0.0.1:9", { onWait: (message) => waits.push(message) }, { random: () => 0.5 });
  const error = await errorOf(client.call(create));
  expect(free).not.toBe(9);
  expect(error).toBeInstanceOf(NetworkError);
  expect(error.maybeSent).toBe(false);
  expect(waits).toEqual(
    [2, 3, 4, 5].map((nth) => `repeating users.create in 0.0 s (attempt ${nth} of 5): no answer (ECONNREFUSED)`),
  );
});

test("sends what nobody waits for only once", async () => {
  const waits: string[] = [];
  const client = connect("http://127.0.0.1:9", { onWait: (message) => waits.push(message) });
  expect(await errorOf(client.call({ ...create, repeat: "never" }))).toBeInstanceOf(NetworkError);
  expect(waits).toEqual([]);
});

test("gives up after five attempts and tells how many there were", async () => {
  const server = await startServer(() => "drop");
  const error = await errorOf(connect(server.url).call(operation()));
  expect(error.message).toMatch(
    /^users\.info: the connection to 127\.0\.0\.1:\d+ was cut \(\w+\) \(GET \/api\/v1\/users\.info, 5 attempts\)$/,
  );
  expect(server.seen).toHaveLength(5);
});

test("waits grow by factor two up to a cap, with full jitter", async () => {
  const server = await startServer(() => ({ status: 503 }));
  const waits = async (random: number) => {
    const clock = hastyClock();
    await errorOf(connect(server.url, { retry: "standard" }, { clock, random: () => random }).call(operation()));
    return clock.waits;
  };
  expect(await waits(1)).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect(await waits(0.25)).toEqual([250, 500, 1_000, 2_000]);
  expect(await waits(0)).toEqual([0, 0, 0, 0]);
});

test("no attempt starts after the total time, however few there were", async () => {
  let now = 0;
  const clock = {
    now: () => now,
    after: (_: number, run: () => void) => {
      setImmediate(run);
      return () => {};
    },
  };
  const server = await startServer(() => {
    now += 100_000;
    return { status: 503 };
  });
  await errorOf(connect(server.url, { retry: "standard" }, { clock, random: () => 0 }).call(operation()));
  expect(server.seen).toHaveLength(3);
});

test.each<[string, Fate]>([
  ["a refused value", { status: 400, body: { success: false, error: "no" } }],
  ["a missing right", { status: 403, body: { success: false, error: "unauthorized" } }],
  ["a crash of the server", { status: 500, body: { success: false, error: "Internal server error" } }],
  ["a page with status 200", { body: "<!DOCTYPE html><title>Login</title>", headers: { "content-type": "text/html" } }],
])("does not repeat after %s", async (_, fate) => {
  const server = await startServer(() => fate);
  await errorOf(connect(server.url).call(operation()));
  expect(server.seen).toHaveLength(1);
});

test("an answer that does not come in time ends the attempt", async () => {
  const server = await startServer((_, nth) => (nth === 1 ? "silence" : {}));
  await connect(server.url, { requestTimeoutMs: 50 }).call(operation());
  expect(server.seen).toHaveLength(2);

  const silent = await startServer(() => "silence");
  const error = await errorOf(connect(silent.url, { requestTimeoutMs: 50 }).call(create));
  expect(error.message).toBe(
    `users.create: no answer from 127.0.0.1:${silent.port} within 0.05 s (POST /api/v1/users.create)`,
  );
  expect(error.maybeSent).toBe(true);
});
