import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { RateLimitError } from "../../../../provider/errors.ts";
import { hastyClock } from "../hasty-clock.ts";
import {
  connect,
  create,
  errorOf,
  type Fate,
  operation,
  type Reply,
  type Seen,
  startServer,
  TOKEN,
} from "../local-server.ts";

const tooMany = (seconds: number): Reply => ({
  status: 429,
  body: {
    success: false,
    error: `Error, too many requests. Please slow down. You must wait ${seconds} seconds before trying this endpoint again. [error-too-many-requests]`,
  },
});

/** Counts calls per route in windows, as the server does; `refusals` holds how many 429 each window gave. */
function limiter({
  calls,
  windowMs,
  handle = () => ({}),
}: {
  calls: number;
  windowMs: number;
  handle?: (request: Seen) => Fate;
}) {
  const windows = new Map<string, { endsAt: number; left: number; refused: number }>();
  const refusals: number[] = [];
  const answer = async (request: Seen): Promise<Fate> => {
    const now = Date.now();
    let window = windows.get(request.route);
    if (window === undefined || now > window.endsAt) {
      if (window) refusals.push(window.refused);
      window = { endsAt: now + windowMs, left: calls, refused: 0 };
      windows.set(request.route, window);
    }
    const isRefused = window.left <= 0;
    if (isRefused) window.refused += 1;
    else window.left -= 1;
    const headers = {
      "x-ratelimit-limit": String(calls),
      "x-ratelimit-remaining": String(window.left),
      "x-ratelimit-reset": String(window.endsAt),
    };
    // Answers overtake each other.
    await delay(Math.random() * 5);
    if (isRefused) return { ...tooMany(Math.ceil((window.endsAt - now) / 1000)), headers };
    const fate = handle(request);
    return typeof fate === "string" ? fate : { ...fate, headers };
  };
  return { answer, refusals: () => [...refusals, ...[...windows.values()].map(({ refused }) => refused)] };
}

test("50 calls at once on a server that allows 10 per window meet no 429 at all", async () => {
  const { answer, refusals } = limiter({ calls: 10, windowMs: 300 });
  const server = await startServer(answer, { sendDate: false });
  const client = connect(server.url);
  await Promise.all(Array.from({ length: 50 }, () => client.call(create)));
  expect(server.seen).toHaveLength(50);
  expect(Math.max(...refusals())).toBe(0);
});

test("a window that somebody else used up gives one 429, and never a second", async () => {
  const { answer, refusals } = limiter({ calls: 10, windowMs: 1_500 });
  const server = await startServer(answer, { sendDate: false });
  const others = Array.from({ length: 10 }, () => fetch(`${server.url}/api/v1/users.create`, { method: "POST" }));
  await Promise.all(others.map(async (other) => (await other).text()));
  const client = connect(server.url);
  await Promise.all(Array.from({ length: 9 }, () => client.call(create)));
  expect(server.seen).toHaveLength(10 + 1 + 9);
  expect(Math.max(...refusals())).toBe(1);
});

test("two accounts share the window of a route; other routes have their own", async () => {
  const { answer, refusals } = limiter({ calls: 5, windowMs: 300 });
  const server = await startServer(answer, { sendDate: false });
  const client = connect(server.url);
  const other = client.as({ userId: "other", authToken: "another-token" });
  await Promise.all([client, other, client, other].flatMap((account) => [1, 2, 3].map(() => account.call(create))));
  expect(Math.max(...refusals())).toBe(0);
  await client.call(operation());
  expect(server.count("GET /api/v1/users.info")).toBe(1);
});

test("ids in the path do not make another route, but a route with an id is not the one without", async () => {
  const messages: string[] = [];
  const server = await startServer((_, nth) => (nth === 1 ? tooMany(5) : {}), { sendDate: false });
  const client = connect(
    server.url,
    { retry: "standard", onWait: (message) => messages.push(message.replace(/ \(.*/, "")) },
    { clock: hastyClock() },
  );
  for (const id of ["", "/A", "/B"]) await client.call(operation({ name: "settings", path: `/api/v1/settings${id}` }));
  expect(messages).toEqual([
    "waiting 6 s for the server's rate limit on GET settings",
    "waiting 6 s for the server's rate limit on GET settings/…",
    "waiting 6 s for the server's rate limit on GET settings/…",
  ]);
});

test("calls whose answer was lost are counted as used", async () => {
  let nth = 0;
  const { answer, refusals } = limiter({ calls: 4, windowMs: 300, handle: () => (++nth % 3 === 0 ? "drop" : {}) });
  const server = await startServer(answer, { sendDate: false });
  const client = connect(server.url);
  await Promise.all(Array.from({ length: 10 }, () => client.call(operation()).catch(() => undefined)));
  expect(Math.max(...refusals())).toBe(0);
});

test("an account without limits is recognised by its first success and then not held up", async () => {
  const together = Promise.withResolvers<void>();
  let running = 0;
  let most = 0;
  const server = await startServer(async ({ route }) => {
    if (route !== "POST /api/v1/users.create") return {};
    most = Math.max(most, ++running);
    if (running === 8) together.resolve();
    await together.promise;
    running -= 1;
    return {};
  });
  const client = connect(server.url);
  await client.call(operation());
  await Promise.all(Array.from({ length: 20 }, () => client.call(create)));
  // Eight is the limit on connections.
  expect(most).toBe(8);
});

test("until a route has told, one call is under way; refusals without headers tell nothing", async () => {
  let running = 0;
  let most = 0;
  const server = await startServer(async () => {
    most = Math.max(most, ++running);
    await delay(2);
    running -= 1;
    return { status: 400, body: { success: false, errorType: "invalid-params", error: "must be string" } };
  });
  const client = connect(server.url);
  await Promise.all(Array.from({ length: 6 }, () => errorOf(client.call(create))));
  expect(most).toBe(1);
});

test("an account that loses its exemption is held again", async () => {
  const { answer, refusals } = limiter({ calls: 3, windowMs: 300 });
  const server = await startServer((request, nth) => (nth === 1 ? {} : answer(request)), { sendDate: false });
  const client = connect(server.url);
  for (let call = 0; call < 8; call++) await client.call(create);
  expect(Math.max(...refusals())).toBe(0);
});

/** One 429 as given, then success; the waits that a clock without real time was asked for. */
async function waitsAfter(refusal: Reply, options: { lead?: number; start?: number } = {}) {
  const clock = hastyClock(options.start);
  const messages: string[] = [];
  const server = await startServer((_, nth) => (nth === 1 ? refusal : {}), { sendDate: false });
  const client = connect(server.url, { retry: "standard", onWait: (message) => messages.push(message) }, { clock });
  await client.call(create);
  expect(server.seen).toHaveLength(2);
  return { waits: clock.waits, messages };
}

const START = Date.parse("2026-01-01T00:00:00.000Z");
const reset = (ms: number) => ({
  "x-ratelimit-limit": "10",
  "x-ratelimit-remaining": "0",
  "x-ratelimit-reset": String(START + ms),
});

test("waits for the reset header, which is in epoch milliseconds, and says so", async () => {
  const { waits, messages } = await waitsAfter({ ...tooMany(37), headers: reset(36_400) });
  expect(waits).toEqual([36_500]);
  expect(messages).toEqual([
    "waiting 37 s for the server's rate limit on POST users.create (10 calls per minute; give the account the permission api-bypass-rate-limit to avoid this)",
  ]);
});

test("waits for the seconds in the text where there is no header", async () => {
  const { waits, messages } = await waitsAfter(tooMany(12));
  expect(waits).toEqual([12_100]);
  expect(messages).toEqual([
    "waiting 13 s for the server's rate limit on POST users.create (give the account the permission api-bypass-rate-limit to avoid this)",
  ]);
});

test("waits for a proxy's Retry-After", async () => {
  const page = {
    status: 429,
    body: "<html>slow down</html>",
    headers: { "content-type": "text/html", "retry-after": "7" },
  };
  expect((await waitsAfter(page)).waits).toEqual([7_100]);
  const dated = { ...page, headers: { "content-type": "text/html", "retry-after": "Thu, 01 Jan 2026 00:00:20 GMT" } };
  expect((await waitsAfter(dated)).waits).toEqual([20_100]);
});

test("waits some time when nothing says how long", async () => {
  expect((await waitsAfter({ status: 429, body: "" })).waits).toEqual([10_100]);
});

test("takes a reset time that is over, or far from the text, for a wrong clock and goes by the text", async () => {
  expect((await waitsAfter({ ...tooMany(30), headers: reset(-5_000_000) })).waits).toEqual([30_100]);
  expect((await waitsAfter({ ...tooMany(30), headers: reset(5_000_000) })).waits).toEqual([30_100]);
});

test("corrects a clock that differs from the server's by the answer's Date", async () => {
  // This machine is an hour late; the header's seconds are rounded down, so up to a second more is waited.
  const date = new Date(START).toUTCString();
  const { waits } = await waitsAfter(
    { ...tooMany(20), headers: { ...reset(20_000), date } },
    { start: START - 3_600_000 },
  );
  expect(waits).toEqual([20_100]);
});

test("a route that stays closed for longer than a quarter of an hour is an error", async () => {
  const clock = hastyClock();
  const server = await startServer(() => tooMany(1000), { sendDate: false });
  const error = await errorOf(connect(server.url, { retry: "standard" }, { clock }).call(create));
  expect(error).toBeInstanceOf(RateLimitError);
  expect(error.message).toMatchInlineSnapshot(`
    "users.create: the server's rate limit would need another 1001 s, more than the 15 minutes allowed without progress (POST /api/v1/users.create, HTTP 429)
      Give the account the permission api-bypass-rate-limit, or raise the limit under Workspace > Settings > Rate Limiter."
  `);
  expect(clock.waits).toEqual([]);
});

test("refusal after refusal ends too", async () => {
  const clock = hastyClock();
  const server = await startServer(() => tooMany(60), { sendDate: false });
  const error = await errorOf(connect(server.url, { retry: "standard" }, { clock }).call(create));
  expect(error).toBeInstanceOf(RateLimitError);
  expect(clock.waits.length).toBe(14);
});

test("a long queue that moves on is not given up", async () => {
  const clock = hastyClock();
  let left = 2;
  // Two calls a minute on the client's own clock, which only passes while it waits.
  const server = await startServer(
    () => {
      if (left === 0) left = 2;
      left -= 1;
      const headers = {
        "x-ratelimit-limit": "2",
        "x-ratelimit-remaining": String(left),
        "x-ratelimit-reset": String(clock.now() + 60_000),
      };
      return { headers };
    },
    { sendDate: false },
  );
  const client = connect(server.url, { retry: "standard", credentials: TOKEN }, { clock });
  await Promise.all(Array.from({ length: 60 }, () => client.call(create)));
  expect(server.seen).toHaveLength(60);
  expect(clock.now() - START).toBeGreaterThan(20 * 60_000);
});
