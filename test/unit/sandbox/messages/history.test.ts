/** Order, pages and bounds of a room's history. */
import { describe, expect, it } from "vitest";
import { historyOf } from "../../../../provider/sandbox/messages/history.ts";
import { storeMessage } from "../../../../provider/sandbox/messages/post.ts";
import { createRoom } from "../../../../provider/sandbox/rooms/create.ts";
import { stage } from "../stage.ts";

function scene() {
  const s = stage();
  const room = createRoom(s.admin, { t: "c", name: "talk" });
  const said = ["one", "two", "three"].map((msg) => {
    s.admin.clock.advance(60);
    return storeMessage(s.admin, room, { msg });
  });
  const texts = (query: Record<string, unknown>) => historyOf(s.admin, room, query).map(({ msg }) => msg);
  return { ...s, room, said, texts };
}

describe("the history of a room", () => {
  it("goes back from the newest, page by page", () => {
    const { texts } = scene();
    expect(texts({})).toEqual(["three", "two", "one"]);
    expect(texts({ count: "1", offset: "1" })).toEqual(["two"]);
    expect(texts({ count: "0" })).toHaveLength(3);
  });

  it("takes messages of one moment in the order of their making", () => {
    const { admin, room, said, texts } = scene();
    for (const message of said) message.ts = room.ts;
    storeMessage(admin, room, { msg: "last" }).ts = room.ts;
    expect(texts({})).toEqual(["last", "three", "two", "one"]);
  });

  it("leaves the bounds out unless asked", () => {
    const { said, texts } = scene();
    const bounds = { oldest: said[0]?.ts, latest: said[2]?.ts };
    expect(texts(bounds)).toEqual(["two"]);
    expect(texts({ ...bounds, inclusive: "true" })).toEqual(["three", "two", "one"]);
  });

  it("shows replies in threads only when asked, and counts them in the thread", () => {
    const { admin, room, said, texts } = scene();
    const [thread] = said;
    storeMessage(admin, room, { msg: "reply", tmid: thread!._id });
    storeMessage(admin, room, { msg: "again", tmid: thread!._id });
    expect(texts({})).not.toContain("reply");
    expect(texts({ showThreadMessages: "true" })).toContain("reply");
    expect(thread).toMatchObject({ tcount: 2, replies: [admin.user._id] });
  });
});
