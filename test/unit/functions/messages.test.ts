import { describe, expect, it } from "vitest";
import { getMessages, searchMessages } from "../../../provider/functions/messages.ts";
import { callsOf, useServer } from "../../support/look-ups.ts";

const MESSAGES = 130;
let start = "";

const held = useServer(async ({ reader }) => {
  for (let index = 0; index < MESSAGES; index++) {
    const text = index === 50 ? "the needle" : `hay ${index}`;
    const { message } = await reader.post("chat.sendMessage", { message: { rid: "GENERAL", msg: text } });
    if (index === 0) start = (message as { _id: string })._id;
  }
  await reader.post("chat.sendMessage", { message: { rid: "GENERAL", msg: "in the thread", tmid: start } });
  await reader.post("chat.react", { messageId: start, emoji: ":eyes:" });
  await reader.post("chat.pinMessage", { messageId: start });
});

describe("getMessages", () => {
  it("gives the newest first, up to the limit, over pages", async () => {
    const newest = await getMessages({ channel: "#general", limit: 2 });
    expect(newest.map(({ text }) => text)).toEqual(["in the thread", "hay 129"]);
    expect(newest[0]).toMatchObject({ roomId: "GENERAL", threadMessageId: start, author: { username: "admin" } });
    expect(await getMessages({ channel: "general" })).toHaveLength(100);
    let all: Awaited<ReturnType<typeof getMessages>> = [];
    const calls = await callsOf(held.server, async () => {
      all = await getMessages({ channel: "GENERAL", limit: 1_000 });
    });
    expect(all).toHaveLength(MESSAGES + 1);
    expect(calls).toEqual({ "rooms.info": 1, "channels.history": 2 });
    expect(all.at(-1)).toMatchObject({ id: start, pinned: true, reactions: { ":eyes:": ["admin"] } });
  });

  it("keeps to a time, and leaves threads out", async () => {
    const all = await getMessages({ channel: "general", limit: 1_000 });
    const first = all.at(-1)?.createdAt ?? "";
    expect((await getMessages({ channel: "general", until: first })).map(({ id }) => id)).toContain(start);
    expect(await getMessages({ channel: "general", since: "2100-01-01T00:00:00Z" })).toEqual([]);
    const flat = await getMessages({ channel: "general", threads: false, limit: 1_000 });
    expect(flat).toHaveLength(MESSAGES);
  });

  it("says that a room is not there, or a time is none", async () => {
    await expect(getMessages({ channel: "nowhere" })).rejects.toThrow(/getMessages: channel: there is no room/);
    await expect(getMessages({ channel: "a", since: "yesterday" })).rejects.toThrow(/getMessages: since: must be/);
  });
});

describe("searchMessages", () => {
  it("finds words in a room", async () => {
    expect((await searchMessages({ channel: "general", text: "needle" })).map(({ text }) => text)).toEqual([
      "the needle",
    ]);
    expect(await searchMessages({ channel: "general", text: "absent" })).toEqual([]);
    expect(await searchMessages({ channel: "general", text: "hay", limit: 120 })).toHaveLength(120);
  });
});
