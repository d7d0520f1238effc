/** What becomes of the rooms and messages of an account that goes. */
import { describe, expect, it } from "vitest";
import { storeMessage } from "../../../../provider/sandbox/messages/post.ts";
import { createRoom } from "../../../../provider/sandbox/rooms/create.ts";
import { directRoom } from "../../../../provider/sandbox/rooms/direct.ts";
import {
  consequencesOf,
  demandRelinquish,
  forgetInRooms,
  relinquish,
} from "../../../../provider/sandbox/rooms/relinquish.ts";
import { membersOf, ownersOf } from "../../../../provider/sandbox/rooms/subscribe.ts";
import { refusal, stage } from "../stage.ts";

const owners = (s: ReturnType<typeof stage>, room: Parameters<typeof ownersOf>[1]) =>
  ownersOf(s.admin, room).map(({ u }) => u.username);

describe("giving up rooms", () => {
  it("passes a room to the member who is there longest and active", () => {
    const s = stage();
    s.person("gone", { active: false });
    s.person("ann");
    s.person("ben");
    const boss = s.person("boss");
    const room = createRoom(boss, { t: "p", name: "crew", members: ["gone", "ann", "ben"] });
    const found = consequencesOf(boss, boss.user);
    expect(refusal(() => demandRelinquish(found, false))).toEqual({
      success: false,
      error: "[user-last-owner]",
      errorType: "user-last-owner",
      details: { shouldBeRemoved: [], shouldChangeOwner: ["crew"] },
    });
    expect(() => demandRelinquish(found, true)).not.toThrow();
    expect(relinquish(boss, found)).toEqual([]);
    expect(owners(s, room)).toEqual(["boss", "ann"]);
  });

  it("asks nothing where another owner stays, or a public room is left to nobody", () => {
    const s = stage();
    const ann = s.person("ann");
    const boss = s.person("boss");
    const shared = createRoom(boss, { t: "p", name: "shared", members: ["ann"] });
    const second = membersOf(boss, shared).find(({ u }) => u._id === ann.user._id);
    second!.roles = ["owner"];
    const lonely = createRoom(boss, { t: "c", name: "lonely" });
    const found = consequencesOf(boss, boss.user);
    expect(() => demandRelinquish(found, false)).not.toThrow();
    relinquish(boss, found);
    forgetInRooms(boss, boss.user);
    expect(lonely.usersCount).toBe(0);
    expect(s.state.rooms[lonely._id]).toBe(lonely);
    expect(owners(s, shared)).toEqual(["ann"]);
  });

  it("ends a private room with nobody else in it, and its messages", () => {
    const s = stage();
    const boss = s.person("boss");
    const room = createRoom(boss, { t: "p", name: "lonely" });
    storeMessage(boss, room, { msg: "hello?" });
    expect(relinquish(boss, consequencesOf(boss, boss.user))).toEqual([room._id]);
    expect(s.state.rooms[room._id]).toBeUndefined();
    expect(Object.values(s.state.messages).filter(({ rid }) => rid === room._id)).toEqual([]);
    expect(membersOf(boss, room)).toEqual([]);
    expect(boss.user.__rooms).toEqual([]);
  });
});

describe("forgetting an account", () => {
  function scene(erasure?: string) {
    const s = stage();
    if (erasure) s.set("Message_ErasureType", erasure);
    const ann = s.person("ann");
    const room = createRoom(s.admin, { t: "c", name: "crew", members: ["ann"] });
    const said = storeMessage(ann, room, { msg: "mine" });
    const direct = directRoom(ann, [ann.user, s.admin.user]);
    forgetInRooms(s.admin, ann.user);
    return { ...s, room, said, direct };
  }

  it("takes memberships, direct rooms and messages away", () => {
    const { admin, state, room, said, direct } = scene();
    expect(membersOf(admin, room).map(({ u }) => u.username)).toEqual(["admin"]);
    expect(room.usersCount).toBe(1);
    expect(state.rooms[direct._id]).toBeUndefined();
    expect(state.messages[said._id]).toBeUndefined();
    expect(room).not.toHaveProperty("lastMessage");
  });

  it.each([
    ["Keep", "ann"],
    ["Unlink", "rocket.cat"],
  ])("leaves messages with %s, by %s", (erasure, author) => {
    const { state, said } = scene(erasure);
    expect(state.messages[said._id]?.u.username).toBe(author);
  });
});
