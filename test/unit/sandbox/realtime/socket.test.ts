import { once } from "node:events";
import { expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { talk } from "../talk.ts";

/** An open connection of a test; ended with it. */
async function open(url: string, path = "/websocket") {
  const socket = new WebSocket(url.replace("http", "ws") + path);
  onTestFinished(() => socket.terminate());
  await once(socket, "open");
  return socket;
}
const frame = async (socket: WebSocket) => JSON.parse(String((await once(socket, "message"))[0])) as object;

it("is at /websocket alone", async () => {
  const { sandbox } = await talk();
  await expect(open(sandbox.url, "/elsewhere")).rejects.toThrow("404");
  const socket = await open(sandbox.url);
  socket.send(JSON.stringify({ msg: "connect", version: "1", support: ["1"] }));
  expect(await frame(socket)).toMatchObject({ msg: "connected" });
});

it("pings by the sandbox's clock, and drops who doesn't answer", async () => {
  const server = await talk();
  const socket = await open(server.sandbox.url);
  const pinged = frame(socket);
  await server.call("POST /_control/advance-clock", { seconds: 31 });
  expect(await pinged).toEqual({ msg: "ping" });
  const closed = once(socket, "close");
  await server.call("POST /_control/advance-clock", { seconds: 16 });
  await closed;
});

it("ends with the sandbox, and is cut where a test asks for it", async () => {
  const server = await talk();
  const socket = await open(server.sandbox.url);
  await server.call("POST /_control/faults", { action: "drop-before", path: "/websocket" });
  await expect(open(server.sandbox.url)).rejects.toThrow();
  const closed = once(socket, "close");
  await server.call("POST /_control/reset");
  await closed;
  const next = await open(server.sandbox.url);
  const ended = once(next, "close");
  await server.sandbox.close();
  await ended;
});
