import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { check } from "../../../../provider/engine/check.ts";
import { UNKNOWN } from "../../../../provider/engine/schema.ts";
import { messageHandler } from "../../../../provider/kinds/message/handler.ts";
import { type KindRun, type Recorded, startKind } from "../../../support/kind.ts";

let run: KindRun;
let roomId: string;

const post = (path: string, body: Record<string, unknown>) => run.server.reader.post(path, body);
const put = (id: string, value: unknown) => post(`settings/${id}`, { value });

beforeEach(async () => {
  run = await startKind(messageHandler);
  roomId = ((await post("channels.create", { name: "board" })).channel as { _id: string })._id;
});
afterEach(() => run.close());

interface Row {
  _id: string;
  msg: string;
  t?: string;
  tmid?: string;
  pinned?: boolean;
  reactions?: Record<string, { usernames: string[] }>;
}

/** Without the room's own notes. */
const messages = async (room = roomId): Promise<Row[]> => {
  const { messages } = await run.server.reader.get(`channels.messages?roomId=${room}`);
  return (messages as unknown as Row[]).filter(({ t }) => t === undefined);
};

const inputs = (more: Record<string, unknown> = {}) => ({
  channel: "board",
  text: "Be kind",
  idempotencyKey: "p/dev/rules",
  ...more,
});
const problems = (given: Record<string, unknown>) => check(messageHandler, given).failures.map(({ reason }) => reason);

describe("create", () => {
  it("writes one message, with pin and reactions", async () => {
    const made = await run.create(inputs({ pinned: true, reactions: [":tada:"] }));
    const [only, ...others] = await messages();
    expect(others).toEqual([]);
    expect(only).toMatchObject({ _id: made.id, msg: "Be kind", pinned: true });
    expect(only?.reactions).toEqual({ ":tada:": { usernames: ["admin"] } });
    expect(made.outputs).toMatchObject({ roomId, author: "admin" });
  });

  it("takes its own id, and stands in a thread", async () => {
    const start = await run.create(inputs({ messageId: "house-rules" }));
    const answer = await run.create(inputs({ text: "More", threadMessageId: start.id }));
    expect(start.id).toBe("house-rules");
    expect((await messages()).find(({ _id }) => _id === answer.id)).toMatchObject({ tmid: "house-rules" });
  });

  it("writes the same message when a killed run comes again", async () => {
    const first = await run.create(inputs());
    await run.nextRun();
    const second = await run.create(inputs());
    expect(second.id).toBe(first.id);
    expect(await messages()).toHaveLength(1);
  });

  it("writes two messages of one text under two keys, and one key in two rooms", async () => {
    await post("channels.create", { name: "other" });
    const ids = [
      (await run.create(inputs())).id,
      (await run.create(inputs({ idempotencyKey: "p/dev/again" }))).id,
      (await run.create(inputs({ channel: "other" }))).id,
    ];
    expect(new Set(ids).size).toBe(3);
  });

  it("leaves a message alone that was edited since", async () => {
    const first = await run.create(inputs());
    await post("chat.update", { roomId, msgId: first.id, text: "Be rude" });
    await run.nextRun();
    const second = await run.create(inputs());
    expect(second.id).not.toBe(first.id);
    expect((await messages()).map(({ msg }) => msg).sort()).toEqual(["Be kind", "Be rude"]);
  });

  it("refuses an id of somebody's message, in this room and in another", async () => {
    await post("chat.sendMessage", { message: { _id: "taken", rid: roomId, msg: "mine" } });
    await post("chat.sendMessage", { message: { _id: "elsewhere", rid: "GENERAL", msg: "Be kind" } });
    await expect(run.create(inputs({ messageId: "taken" }))).rejects.toThrow(/exists already/);
    await expect(run.create(inputs({ messageId: "elsewhere" }))).rejects.toThrow(/in another room/);
    expect((await messages()).map(({ msg }) => msg)).toEqual(["mine"]);
  });

  it("finds another id where the workspace keeps deleted messages", async () => {
    await put("Message_ShowDeletedStatus", true);
    const first = await run.create(inputs());
    await run.remove(first);
    await run.nextRun();
    expect(await run.read(first)).toBeUndefined();
    const second = await run.create(inputs());
    expect(second.id).not.toBe(first.id);
    await run.nextRun();
    expect((await run.create(inputs())).id).toBe(second.id);
    const named = await run.create(inputs({ messageId: "named" }));
    await run.remove(named);
    await expect(run.create(inputs({ messageId: "named" }))).rejects.toThrow(/deleted message/);
  });

  it("names what the account or the workspace lacks, and writes nothing", async () => {
    await expect(run.create(inputs({ channel: "nowhere" }))).rejects.toThrow(/no room .*"nowhere"/);
    await expect(run.create(inputs({ alias: "House" }))).rejects.toThrow(/alias: .*message-impersonate/);
    await expect(run.create(inputs({ customFields: { a: 1 } }))).rejects.toThrow(/Message_CustomFields_Enabled/);
    await put("Message_MaxAllowedSize", 5);
    await expect(run.create(inputs())).rejects.toThrow(/text: must have at most 5 characters.*has 7/);
    expect(await messages()).toEqual([]);
  });

  it("records a message whose reaction the server does not know, with near names", async () => {
    await expect(run.create(inputs({ reactions: [":tadaa:"] }))).rejects.toThrow(
      /was made, but .*\n.*reactions: there is no emoji ":tadaa:".*":tada:"/,
    );
  });
});

describe("update", () => {
  it("edits, unpins and reacts with one call each", async () => {
    const made = await run.create(inputs({ pinned: true, reactions: [":tada:"] }));
    const news = inputs({ text: "Be very kind", pinned: false, reactions: [":eyes:"] });
    const writes = await run.writesOf(async () => run.update(made, news));
    expect(writes).toEqual({ "chat.update": 1, "chat.unPinMessage": 1, "chat.react": 2 });
    expect(await messages()).toMatchObject([
      { _id: made.id, msg: "Be very kind", pinned: false, reactions: { ":eyes:": { usernames: ["admin"] } } },
    ]);
  });

  it("leaves the reactions of others alone", async () => {
    const made = await run.create(inputs({ reactions: [":tada:"] }));
    await run.server.reader.post("users.create", {
      username: "bob",
      name: "bob",
      email: "bob@example.test",
      password: "Passw0rd!bob",
    });
    const { Reader } = await import("../../../support/reader.ts");
    const bob = await Reader.connect(run.server.url, "bob", "Passw0rd!bob");
    for (const emoji of [":tada:", ":eyes:"]) await bob.post("chat.react", { messageId: made.id, emoji });
    await run.update(made, inputs({ reactions: [] }));
    const reactions = (await messages())[0]?.reactions;
    expect(reactions).toEqual({ ":tada:": { usernames: ["bob"] }, ":eyes:": { usernames: ["bob"] } });
  });

  it("says that editing is not allowed", async () => {
    const made = await run.create(inputs());
    await run.server.control("faults", {
      method: "POST",
      path: "/api/v1/chat.update",
      nth: 1,
      action: "status",
      status: 400,
      contentType: "application/json",
      body: '{"success":false,"errorType":"error-message-editing-blocked","error":"Message editing blocked"}',
    });
    await expect(run.update(made, inputs({ text: "Other" }))).rejects.toThrow(/Message_AllowEditing/);
  });
});

describe("read and delete", () => {
  it("finds what people edited", async () => {
    const made = await run.create(inputs({ pinned: true, reactions: [":tada:"] }));
    await post("chat.update", { roomId, msgId: made.id, text: "Changed" });
    await post("chat.unPinMessage", { messageId: made.id });
    await post("chat.react", { messageId: made.id, emoji: ":tada:", shouldReact: false });
    await run.nextRun();
    expect((await run.read(made))?.inputs).toMatchObject({ text: "Changed", pinned: false, reactions: [] });
  });

  it("reads many messages of a room with one list call", async () => {
    const made: Recorded[] = [];
    for (let index = 0; index < 8; index++) made.push(await run.create(inputs({ idempotencyKey: `k${index}` })));
    await run.nextRun();
    const reads = await run.readsOf(async () => {
      for (const one of made) expect(await run.read(one)).toBeDefined();
    });
    expect(reads).toMatchObject({ "channels.messages": 1 });
    expect(reads).not.toHaveProperty("chat.getMessage");
  });

  it("works in a private room, and does not take a hidden one for gone", async () => {
    const { group } = (await post("groups.create", { name: "closed" })) as { group: { _id: string } };
    const made = await run.create(inputs({ channel: group._id }));
    await run.nextRun();
    expect((await run.read(made))?.outputs).toEqual(made.outputs);
    await post("groups.invite", { roomId: group._id, username: "rocket.cat" });
    await post("groups.addOwner", { roomId: group._id, username: "rocket.cat" });
    await post("groups.leave", { roomId: group._id });
    await run.nextRun();
    await expect(run.read(made)).rejects.toThrow(/does not show its messages/);
  });

  it("deletes, and takes gone for success", async () => {
    const made = await run.create(inputs());
    await run.remove(made);
    expect(await messages()).toEqual([]);
    await run.nextRun();
    await run.remove(made);
    expect(await run.read(made)).toBeUndefined();
  });
});

describe("check", () => {
  it("normalizes room, text and emoji", () => {
    const given = { channel: " #board", text: "\n Hello \n", emoji: "ghost", reactions: ["tada", ":tada:", " +1 "] };
    expect(check(messageHandler, given).inputs).toEqual({
      channel: "board",
      text: "Hello",
      emoji: ":ghost:",
      reactions: [":tada:", ":+1:"],
    });
  });

  it("finds what can't be right", () => {
    expect(problems({ channel: "a", text: "  " })).toEqual(["text: must not be empty, unless there are attachments"]);
    expect(problems({ channel: "a", attachments: [{ text: "x" }] })).toEqual([]);
    expect(problems({ channel: "a", text: "x", messageId: "a b" })[0]).toMatch(/^messageId: must match/);
    expect(problems({ channel: "a", text: "x", reactions: [":tada:", "🎉"] })[0]).toMatch(
      /^reactions\[1\]: .*can't be/,
    );
    expect(problems({ channel: "a", text: "x", attachments: [{ image_url: "/logo.png" }] })[0]).toMatch(
      /^attachments\[0\].image_url: must be a valid url/,
    );
    expect(problems({ channel: "a", text: "x", attachments: [{ titel: "x" }] })[0]).toMatch(/did you mean "title"/);
    expect(problems({ channel: UNKNOWN, text: UNKNOWN, reactions: [UNKNOWN], attachments: UNKNOWN })).toEqual([]);
  });

  it("makes no change of another key", async () => {
    const made = await run.create(inputs());
    expect(await run.diff(made, inputs({ idempotencyKey: "p/dev/renamed" }))).toMatchObject({ changes: false });
  });
});
