import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished, vi } from "vitest";
import { parseOutgoingWebhook } from "../../../../provider/webhooks/index.ts";
import { talk } from "../talk.ts";

/** A service that an integration calls: what it was told, and what it answers. */
async function service(answer: (said: Record<string, unknown>) => { status?: number; body: string }) {
  const heard: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const said = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    heard.push(said);
    const { status = 200, body } = answer(said);
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

const integration = (urls: string[], more: object = {}) => ({
  type: "webhook-outgoing",
  name: "helper",
  enabled: true,
  event: "sendMessage",
  username: "rocket.cat",
  channel: "#general",
  scriptEnabled: false,
  token: "the-token",
  alias: "Helper",
  urls,
  ...more,
});

it("calls with the message and the token, and posts the answer once", async () => {
  const server = await talk();
  const admin = await server.login();
  const { heard, url } = await service(({ text }) => ({ body: JSON.stringify({ text: `heard: ${String(text)}` }) }));
  const made = await server.call("POST integrations.create", integration([url], { triggerWords: ["!help"] }), admin);
  const { _id } = made.json.integration as { _id: string };
  await server.call("POST chat.postMessage", { channel: "#general", text: "please !help" }, admin);
  const { json } = await server.call("POST chat.postMessage", { channel: "#general", text: "!help me" }, admin);
  const history = async () => {
    const answer = await server.call("GET channels.history?roomId=GENERAL", undefined, admin);
    return answer.json.messages as Record<string, unknown>[];
  };
  await vi.waitFor(async () => expect((await history())[0]).toMatchObject({ msg: "heard: !help me" }));
  expect((await history())[0]).toMatchObject({ alias: "Helper", bot: { i: _id }, u: { username: "rocket.cat" } });
  expect(heard).toHaveLength(1);
  expect(heard[0]).toMatchObject({
    token: "the-token",
    bot: false,
    channel_id: "GENERAL",
    channel_name: "general",
    message_id: (json.message as { _id: string })._id,
    user_name: "admin",
    text: "!help me",
    trigger_word: "!help",
    siteUrl: server.sandbox.url,
  });
  // the package's own reader of such calls takes it
  expect(parseOutgoingWebhook(JSON.stringify(heard[0]), { token: "the-token" })).toMatchObject({
    event: "sendMessage",
    text: "!help me",
    triggerWord: "!help",
  });
});

it("calls for edits only where that is wanted, and never for what it doesn't listen to", async () => {
  const server = await talk();
  const admin = await server.login();
  const { heard, url } = await service(() => ({ body: "" }));
  await server.call("POST integrations.create", integration([url], { runOnEdits: true }), admin);
  const other = await service(() => ({ body: "" }));
  await server.call("POST integrations.create", integration([other.url], { enabled: false }), admin);
  await server.call("POST channels.create", { name: "elsewhere" }, admin);
  await server.call("POST chat.postMessage", { channel: "#elsewhere", text: "not here" }, admin);
  const { json } = await server.call("POST chat.postMessage", { channel: "#general", text: "one" }, admin);
  const msgId = (json.message as { _id: string })._id;
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  await server.call("POST chat.react", { messageId: msgId, emoji: ":smile:", shouldReact: true }, admin);
  await server.call("POST chat.update", { roomId: "GENERAL", msgId, text: "two" }, admin);
  await vi.waitFor(() => expect(heard).toHaveLength(2));
  expect(heard.map(({ text, isEdited }) => [text, isEdited])).toEqual([
    ["one", undefined],
    ["two", true],
  ]);
  expect(other.heard).toEqual([]);
});

it("lets no failure of an address touch the post, and calls no other machine unasked", async () => {
  const lines: string[] = [];
  const server = await talk({ log: (line) => lines.push(line) });
  const admin = await server.login();
  const broken = await service(() => ({ status: 500, body: "no" }));
  const odd = await service(() => ({ body: "not json" }));
  const urls = [broken.url, odd.url, "http://192.0.2.1/hook", "http://127.0.0.1:1/hook", "nonsense"];
  await server.call("POST integrations.create", integration(urls), admin);
  expect((await server.call("POST chat.postMessage", { channel: "#general", text: "hello" }, admin)).status).toBe(200);
  const told = () => lines.filter((line) => line.startsWith("outgoing integration"));
  await vi.waitFor(() => expect(told()).toHaveLength(5));
  expect(told().join("\n")).toContain("not called: 192.0.2.1 is another machine");
  expect(told().join("\n")).toContain("the address answered with status 500");
});
