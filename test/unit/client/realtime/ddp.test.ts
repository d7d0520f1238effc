import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { systemClock } from "../../../../provider/client/clock.ts";
import { Ddp, Lost, Refused } from "../../../../provider/client/realtime/ddp.ts";

/** A server that says what the test tells it to, and a conversation with it. */
async function peer(timeoutMs = 5_000) {
  const http = createServer().listen(0, "127.0.0.1");
  await once(http, "listening");
  const sockets = new WebSocketServer({ server: http });
  const said: string[] = [];
  let socket: WebSocket | undefined;
  let heard: (() => void) | undefined;
  sockets.on("connection", (one) => {
    socket = one;
    one.on("message", (data: Buffer) => {
      said.push(data.toString());
      heard?.();
      if (data.toString().includes('"connect"')) one.send('{"msg":"connected","session":"s"}');
    });
  });
  const ended: string[] = [];
  const revoked: string[] = [];
  const ddp = await Ddp.open({
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    timeoutMs,
    clock: systemClock,
    onChanged: () => undefined,
    onRevoked: (id) => revoked.push(id),
    onEnd: (_, reason) => ended.push(reason),
  });
  onTestFinished(async () => {
    ddp.end("the test is over");
    for (const one of sockets.clients) one.terminate();
    await new Promise((closed) => http.close(closed));
  });
  const say = (frame: unknown) => socket?.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  /** Resolves with the frame after those so far. */
  const next = async () => {
    const count = said.length;
    await new Promise<void>((resolve) => {
      heard = resolve;
    });
    return JSON.parse(said[count] ?? "{}") as { id: string };
  };
  return { ddp, say, next, ended, revoked, drop: () => socket?.terminate() };
}

it("answers the server's pings with their id", async () => {
  const { say, next } = await peer();
  const answer = next();
  say({ msg: "ping", id: "p1" });
  expect(await answer).toEqual({ msg: "pong", id: "p1" });
});

it("tells a refusal from an answer, and subscriptions that end later", async () => {
  const { ddp, say, next, revoked } = await peer();
  const asked = next();
  const call = ddp.call("x", []);
  say({ msg: "result", id: (await asked).id, error: { error: 403, reason: "No", details: { a: 1 } } });
  const refusal = await call.catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Refused);
  expect(refusal).toMatchObject({ error: "403", reason: "No", details: { a: 1 } });
  const subscribed = next();
  const subscription = ddp.subscribe("stream", "room");
  const { id } = await subscribed;
  say({ msg: "ready", subs: [id] });
  expect(await subscription).toBe(id);
  const again = next();
  say({ msg: "nosub", id, error: { error: "not-allowed" } });
  say({ msg: "ping" });
  await again;
  expect(revoked).toEqual([id]);
});

it("rejects what waits when the connection goes, and everything after that", async () => {
  const { ddp, next, ended, drop } = await peer();
  const asked = next();
  const call = ddp.call("x", []).catch((error: unknown) => error);
  await asked;
  drop();
  expect(await call).toBeInstanceOf(Lost);
  expect(ended).toHaveLength(1);
  expect(ddp.isOver).toBe(true);
  await expect(ddp.call("y", [])).rejects.toThrow(Lost);
});

it("ends a conversation that can't be understood, or in which an answer stays away", async () => {
  for (const frame of ["not json", '{"msg":7}', '{"msg":"error","reason":"Bad request"}']) {
    const { ddp, say } = await peer();
    const call = ddp.call("x", []);
    say(frame);
    await expect(call).rejects.toThrow(Lost);
  }
  const { ddp } = await peer(50);
  await expect(ddp.call("x", [])).rejects.toThrow("no answer within 0.05 s");
});
