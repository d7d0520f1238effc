import { expect, it } from "vitest";
import { storeMessage } from "../../../../provider/sandbox/messages/post.ts";
import type { Frame } from "../../../../provider/sandbox/realtime/frames.ts";
import { Session } from "../../../../provider/sandbox/realtime/session.ts";
import type { Actor } from "../../../../provider/sandbox/rooms/actor.ts";
import { createRoom } from "../../../../provider/sandbox/rooms/create.ts";
import { addLogin, endLogins } from "../../../../provider/sandbox/users/tokens.ts";
import { stage } from "../stage.ts";

/** A session on a fresh workspace: what is said to it, and what it answered since it was last asked. */
function opened() {
  const set = stage();
  const sent: Frame[] = [];
  let closed = false;
  const { events } = set.admin;
  const keep = async () => {
    const happenings = events.take();
    return () => events.tell(happenings);
  };
  const session = new Session(
    { place: () => set.admin, keep },
    (frame) => sent.push(frame),
    () => {
      closed = true;
    },
  );
  events.listen((happenings) => session.tell(happenings));
  const say = async (frame: unknown) => {
    await session.receive(typeof frame === "string" ? frame : JSON.stringify(frame));
    return sent.splice(0);
  };
  return {
    ...set,
    say,
    heard: () => sent.splice(0),
    closed: () => closed,
    told: async () => (await keep())(),
    connect: () => say({ msg: "connect", version: "1", support: ["1"] }),
    logIn: ({ user, clock }: Actor) =>
      say({ msg: "method", method: "login", id: "l", params: [{ resume: addLogin(user, clock) }] }),
  };
}

const sub = (id: string, event: string) => ({ msg: "sub", id, name: "stream-room-messages", params: [event, false] });

it("speaks version 1 only, once, and only after a connect", async () => {
  const { say, connect, closed } = opened();
  expect(await say({ msg: "ping" })).toMatchObject([{ msg: "error", reason: "Must connect first" }]);
  expect(await say({ msg: "connect", version: "pre1" })).toEqual([{ msg: "failed", version: "1" }]);
  expect(closed()).toBe(true);
  expect(await connect()).toMatchObject([{ msg: "connected", session: expect.stringMatching(/^\w{17}$/) }]);
  expect(await connect()).toMatchObject([{ msg: "error", reason: "Already connected" }]);
});

it("tells malformed frames from unknown ones", async () => {
  const { say, connect } = opened();
  await connect();
  expect(await say("[]")).toEqual([{ msg: "error", reason: "Bad request" }]);
  expect(await say({ msg: "sub", name: "x" })).toMatchObject([{ reason: "Malformed subscription" }]);
  expect(await say({ msg: "method", id: 1, method: "x" })).toMatchObject([{ reason: "Malformed method invocation" }]);
  expect(await say({ msg: "sub", id: "s", name: "stream-room-messages" })).toMatchObject([
    { msg: "nosub", error: { error: "invalid-event-name" } },
  ]);
});

it("hears nothing of a private room that it is not in", async () => {
  const { say, connect, logIn, admin, person, heard, told } = opened();
  const ann = person("ann");
  const room = createRoom(admin, { t: "p", name: "secret", members: [] });
  await connect();
  await logIn(ann);
  expect(await say(sub("s", "__my_messages__"))).toMatchObject([{ msg: "ready" }]);
  expect(await say(sub("t", room._id))).toMatchObject([{ msg: "nosub", error: { error: "not-allowed" } }]);
  storeMessage(admin, room, { msg: "among us" });
  await told();
  expect(heard()).toEqual([]);
  const general = admin.state.rooms.GENERAL;
  if (general) storeMessage(admin, general, { msg: "to all" });
  await told();
  expect(heard()).toMatchObject([
    { fields: { eventName: "__my_messages__", args: [{ msg: "to all" }, { roomParticipant: false, roomType: "c" }] } },
  ]);
});

it("ends the connection when its login ended", async () => {
  const { connect, logIn, admin, closed, told } = opened();
  await connect();
  await logIn(admin);
  expect(closed()).toBe(false);
  endLogins(admin.user);
  await told();
  expect(closed()).toBe(true);
});

it("answers a message that can't be sent as the server does: with nothing, or with the missing right", async () => {
  const { say, connect, logIn, admin, person } = opened();
  const room = createRoom(admin, { t: "p", name: "secret", members: [] });
  await connect();
  await logIn(person("ann"));
  const send = (message: object) => say({ msg: "method", method: "sendMessage", id: "m", params: [message] });
  expect(await send({ rid: room._id, msg: "hello" })).toMatchObject([
    { msg: "updated" },
    { msg: "result", error: { error: "error-not-allowed", details: { method: "sendMessage" } } },
  ]);
  expect(await send({ rid: "GENERAL", msg: "x".repeat(5001) })).toEqual([
    { msg: "updated", methods: ["m"] },
    { msg: "result", id: "m" },
  ]);
  const [, first] = await send({ _id: "own", rid: "GENERAL", msg: "hello" });
  expect(first).toMatchObject({ msg: "result", result: { _id: "own", msg: "hello" } });
  // a repeated id is not a second message
  expect(await send({ _id: "own", rid: "GENERAL", msg: "again" })).toMatchObject([{ msg: "updated" }, { id: "m" }]);
  expect(admin.state.messages.own?.msg).toBe("hello");
});

it("tells a thread's start when somebody replies, and who pinned", async () => {
  const { say, connect, logIn, admin, heard, told } = opened();
  await connect();
  await logIn(admin);
  await say(sub("s", "GENERAL"));
  const general = admin.state.rooms.GENERAL;
  if (!general) throw new Error("no general");
  const start = storeMessage(admin, general, { msg: "start" });
  storeMessage(admin, general, { msg: "reply", tmid: start._id });
  await told();
  const messages = heard().map(({ fields }) => (fields as { args: { msg: string; tcount?: number }[] }).args[0]);
  expect(messages.map((message) => [message?.msg, message?.tcount])).toEqual([
    ["start", undefined],
    ["reply", undefined],
    ["start", 1],
  ]);
});
