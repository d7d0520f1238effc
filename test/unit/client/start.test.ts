/** Waiting for a server that is still starting. */
import { expect, it } from "vitest";
import { startSandbox } from "../../../provider/sandbox/index.ts";
import { hastyClock } from "./hasty-clock.ts";
import { connect, startServer } from "./local-server.ts";

const STARTING = { status: 503, body: "starting", headers: { "content-type": "text/plain" } };

it("asks until the server answers, and says once what it waits for", async () => {
  const server = await startServer((_request, nth) =>
    nth <= 3 ? STARTING : { body: { success: true, version: "8.6" } },
  );
  const waits: string[] = [];
  const client = connect(server.url, { onWait: (message) => waits.push(message) }, { clock: hastyClock() });
  expect(await client.awaitAnswer(60_000)).toBeUndefined();
  expect(server.seen.map(({ path }) => path)).toEqual(Array(4).fill("/api/info"));
  expect(waits).toEqual([`${server.url} does not answer yet; waiting for it to start, 60 seconds at most`]);
});

it("gives up in time, with the reason", async () => {
  const server = await startServer(() => STARTING);
  const failure = await connect(server.url, {}, { clock: hastyClock() }).awaitAnswer(5_000);
  expect(failure?.message).toMatch(/503/);
  expect(server.seen).toHaveLength(6);
});

it("asks a server that runs once, without a log-in", async () => {
  const sandbox = await startSandbox();
  const waits: string[] = [];
  try {
    const client = connect(sandbox.url, { onWait: (message) => waits.push(message) });
    expect(await client.awaitAnswer(1_000)).toBeUndefined();
    expect(waits).toEqual([]);
  } finally {
    await sandbox.close();
  }
});
