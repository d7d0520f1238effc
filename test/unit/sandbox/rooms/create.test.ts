/** What a new room is: its members, its owner, and what the releases keep of it. */
import { describe, expect, it } from "vitest";
import { createRoom } from "../../../../provider/sandbox/rooms/create.ts";
import { membersOf } from "../../../../provider/sandbox/rooms/subscribe.ts";
import { refusal, stage } from "../stage.ts";

const usernames = (s: ReturnType<typeof stage>, room: Parameters<typeof membersOf>[1]) =>
  membersOf(s.admin, room).map(({ u, roles }) => `${u.username}${roles ? ` (${roles})` : ""}`);

describe("creating a room", () => {
  it("makes the creator its owner, adds those who exist once, and skips the rest without a word", () => {
    const s = stage();
    s.person("ann");
    const room = createRoom(s.admin, { t: "c", name: "crew", members: ["ann", "ann", "admin", "nobody"] });
    expect(usernames(s, room)).toEqual(["admin (owner)", "ann"]);
    expect(room.usersCount).toBe(2);
    expect(s.told(room)).toEqual([]);
  });

  it("leaves the room behind when nobody is to be in it", () => {
    const s = stage();
    const { error } = refusal(() => createRoom(s.admin, { t: "p", name: "empty", excludeSelf: true }));
    expect(error).toBe("Invalid BulkOperation, Batch cannot be empty");
    expect(Object.values(s.state.rooms).find(({ name }) => name === "empty")).toMatchObject({ usersCount: 0 });
  });

  it("takes the creator out with excludeSelf when there are others", () => {
    const s = stage();
    s.person("ann");
    const room = createRoom(s.admin, { t: "c", name: "crew", members: ["ann"], excludeSelf: true });
    expect(usernames(s, room)).toEqual(["ann"]);
  });

  it("makes a broadcast room read-only whatever was asked", () => {
    const s = stage();
    const extraData = { broadcast: true };
    expect(createRoom(s.admin, { t: "c", name: "news", readOnly: false, extraData })).toMatchObject({
      broadcast: true,
      ro: true,
    });
  });

  it.each([
    ["8.6.1", { name: "ANN" }, false],
    ["7.7.1", {}, true],
  ] as const)("keeps what %s keeps", (version, name, defaults) => {
    const s = stage(version);
    const ann = s.person("ann");
    const room = createRoom(s.admin, { t: "c", name: "crew", members: ["ann"] });
    expect(membersOf(s.admin, room)[1]?.u).toEqual({ _id: ann.user._id, username: "ann", ...name });
    expect("default" in room && "sysMes" in room).toBe(defaults);
  });
});
