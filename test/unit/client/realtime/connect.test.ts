import { expect, it, onTestFinished } from "vitest";
import type { Credentials } from "../../../../provider/client/client.ts";
import { openRealtime } from "../../../../provider/client/realtime/connect.ts";
import type { MessageStream, RealtimeEvent, RealtimeOptions } from "../../../../provider/client/realtime/realtime.ts";
import {
  AuthenticationError,
  NetworkError,
  NotFoundError,
  PermissionError,
  ValidationError,
} from "../../../../provider/errors.ts";
import { startForwarder } from "../../../support/forwarder.ts";
import { talk } from "../../sandbox/talk.ts";

const ADMIN: Credentials = { username: "admin", password: "supersecret" };

/** A sandbox behind a forwarder, and a way to connect to it; all of it ends with the test. */
async function place() {
  const server = await talk();
  const forwarder = await startForwarder(server.sandbox.url);
  onTestFinished(() => forwarder.close());
  const admin = await server.login();
  const events: RealtimeEvent[] = [];
  const waiting: { type: string; resolve(event: RealtimeEvent): void }[] = [];
  const open = async (credentials: Credentials = ADMIN, more: RealtimeOptions = {}) => {
    const onEvent = (event: RealtimeEvent) => {
      events.push(event);
      for (const one of waiting.filter(({ type }) => type === event.type)) {
        waiting.splice(waiting.indexOf(one), 1);
        one.resolve(event);
      }
    };
    const realtime = await openRealtime({ url: forwarder.url, credentials, retry: "rapid", onEvent, ...more });
    onTestFinished(() => realtime.close());
    return realtime;
  };
  const post = async (text: string, channel = "#general") => {
    const { json } = await server.call("POST chat.postMessage", { channel, text }, admin);
    return (json.message as { _id: string })._id;
  };
  /** The next event of that type. */
  const event = (type: RealtimeEvent["type"]) =>
    new Promise<RealtimeEvent>((resolve) => waiting.push({ type, resolve }));
  return { server, forwarder, admin, events, event, open, post };
}

async function texts(stream: MessageStream, count: number): Promise<string[]> {
  const heard: string[] = [];
  while (heard.length < count) {
    const { value, done } = await stream.next();
    if (done) break;
    heard.push(value.text);
  }
  return heard;
}

it("hears posts, edits, reactions and system messages of a room, in order and typed", async () => {
  const { server, admin, open, post } = await place();
  const realtime = await open();
  expect(realtime.username).toBe("admin");
  await post("before");
  const stream = await realtime.messages("#general");
  const id = await post("first");
  await server.call("POST chat.update", { roomId: "GENERAL", msgId: id, text: "edited" }, admin);
  await server.call("POST chat.react", { messageId: id, emoji: ":smile:", shouldReact: true }, admin);
  await server.call("POST channels.setTopic", { roomId: "GENERAL", topic: "news" }, admin);
  const heard = [];
  for await (const message of stream) {
    heard.push(message);
    if (heard.length === 4) break;
  }
  expect(heard).toMatchObject([
    {
      id,
      roomId: "GENERAL",
      text: "first",
      author: { username: "admin", name: "Admin" },
      at: expect.any(Date),
      pinned: false,
    },
    { id, text: "edited", editedAt: expect.any(Date), reactions: {} },
    { id, text: "edited", reactions: { ":smile:": ["admin"] } },
    { text: "news", systemType: "room_changed_topic" },
  ]);
  expect(heard[0]).not.toHaveProperty("systemType");
});

it("sends under its own id, and tells an earlier sending from a refused one", async () => {
  const { server, admin, open } = await place();
  const realtime = await open();
  const sent = await realtime.send("#general", "hello", { id: "own-message-id-01" });
  expect(sent).toMatchObject({ id: "own-message-id-01", text: "hello", author: { username: "admin" } });
  // the answer was lost, the sender repeats it
  expect(await realtime.send("GENERAL", "hello", { id: "own-message-id-01" })).toMatchObject({
    id: "own-message-id-01",
  });
  const { json } = await server.call("GET channels.history?roomId=GENERAL", undefined, admin);
  expect((json.messages as { msg: string }[]).filter(({ msg }) => msg === "hello")).toHaveLength(1);
  await expect(realtime.send("#general", "x".repeat(5_001))).rejects.toThrow(ValidationError);
  await expect(realtime.send("#nowhere", "x")).rejects.toThrow(NotFoundError);
  await expect(realtime.send("#nowhere", "x")).rejects.toThrow('there is no room "#nowhere"');
});

it("comes back after a cut, with what was posted meanwhile, once each", async () => {
  const { forwarder, events, event, open, post } = await place();
  const realtime = await open();
  const stream = await realtime.messages("#general");
  await post("one");
  expect(await texts(stream, 1)).toEqual(["one"]);
  const down = event("disconnected");
  forwarder.cut(true);
  await down;
  await post("two");
  await post("three");
  const again = event("resumed");
  const tried = event("reconnecting");
  await tried;
  forwarder.cut(false);
  expect(await again).toEqual({ type: "resumed", roomId: "GENERAL", caughtUp: 2, complete: true });
  await post("four");
  expect(await texts(stream, 3)).toEqual(["two", "three", "four"]);
  expect(events.map(({ type }) => type)).toEqual(
    expect.arrayContaining(["connected", "disconnected", "reconnecting", "resumed"]),
  );
  // a second interruption of a room that nothing was posted in brings nothing twice
  const second = event("resumed");
  forwarder.cut();
  expect(await second).toMatchObject({ caughtUp: 0, complete: true });
  await post("five");
  expect(await texts(stream, 1)).toEqual(["five"]);
});

it("sends as soon as the connection is back", async () => {
  const { forwarder, event, open, post } = await place();
  const realtime = await open();
  const stream = await realtime.messages("#general");
  const down = event("disconnected");
  forwarder.cut(true);
  await down;
  const sending = realtime.send("#general", "through");
  forwarder.cut(false);
  expect(await sending).toMatchObject({ text: "through" });
  await post("after");
  expect(await texts(stream, 2)).toEqual(["through", "after"]);
});

it("says that messages may be missing where the history can't be read", async () => {
  const { server, forwarder, event, open, post } = await place();
  const realtime = await open();
  const stream = await realtime.messages("#general");
  await post("one");
  expect(await texts(stream, 1)).toEqual(["one"]);
  const path = "channels.history";
  await server.call("POST /_control/faults", {
    action: "status",
    path,
    status: 400,
    body: "{}",
    contentType: "application/json",
    times: 9,
  });
  const again = event("resumed");
  forwarder.cut();
  expect(await again).toMatchObject({
    complete: false,
    caughtUp: 0,
    reason: expect.stringContaining("channels.history"),
  });
  await post("two");
  expect(await texts(stream, 1)).toEqual(["two"]);
});

it("gives up when nobody answers for too long, and tells every reader", async () => {
  const { forwarder, open } = await place();
  const realtime = await open(ADMIN, { reconnectForMs: 50 });
  const stream = await realtime.messages("#general");
  forwarder.cut(true);
  await expect(stream.next()).rejects.toThrow(NetworkError);
  await expect(realtime.send("#general", "x")).rejects.toThrow(/no realtime connection to 127\.0\.0\.1:\d+/);
  expect(await stream.next()).toEqual({ value: undefined, done: true });
});

it("ends for good when its token is gone, without repeating it", async () => {
  const { server, admin, open } = await place();
  const { json } = await server.call("POST users.generatePersonalAccessToken", { tokenName: "watch" }, admin);
  const authToken = json.token as string;
  const realtime = await open({ userId: admin.userId, authToken });
  const stream = await realtime.messages("#general");
  await server.call("POST users.removePersonalAccessToken", { tokenName: "watch" }, admin);
  const error = await stream.next().catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(AuthenticationError);
  expect(String(error)).toContain("the server does not know this token (any more)");
  expect(String(error)).not.toContain(authToken);
});

it("refuses rooms that the account must not read or write", async () => {
  const { server, admin, open } = await place();
  await server.createUser(admin, "ann");
  const { json } = await server.call("POST groups.create", { name: "secret" }, admin);
  const roomId = (json.group as { _id: string })._id;
  const realtime = await open({ username: "ann", password: "pw-ann" });
  await expect(realtime.messages(roomId)).rejects.toThrow(PermissionError);
  await expect(realtime.send(roomId, "x")).rejects.toThrow(PermissionError);
});

it("ends its loops when it is closed or its signal says so", async () => {
  const { open } = await place();
  const [all, one] = [new AbortController(), new AbortController()];
  const realtime = await open(ADMIN, { signal: all.signal });
  const first = await realtime.messages("#general", { signal: one.signal });
  const second = await realtime.messages("#general");
  const ends = [first.next(), second.next()];
  one.abort();
  expect(await ends[0]).toEqual({ value: undefined, done: true });
  all.abort();
  expect(await ends[1]).toEqual({ value: undefined, done: true });
  await realtime.close();
  await expect(realtime.send("GENERAL", "x")).rejects.toThrow(NetworkError);
});

it("says what is wrong with an address or a password, and that WebSockets don't get through", async () => {
  const { forwarder, open } = await place();
  await expect(open({ username: "admin", password: "wrong-password" })).rejects.toThrow(AuthenticationError);
  forwarder.cut(true);
  const error = await open().catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(NetworkError);
  expect(String(error)).toContain("does a proxy in front of it pass WebSockets on /websocket?");
});
