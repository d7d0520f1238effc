/** Lists of members and of role holders. */
import { describe, expect, it } from "vitest";
import { createRoom } from "../../../../provider/sandbox/rooms/create.ts";
import { memberRows, membersByRole, moderatorRefs, roleRows } from "../../../../provider/sandbox/rooms/member-list.ts";
import { addRoomRole, removeRoomRole } from "../../../../provider/sandbox/rooms/roles.ts";
import { refusal, stage } from "../stage.ts";

function scene() {
  const s = stage();
  const zoe = s.person("zoe");
  s.person("ann", { name: "Bertha", status: "away" });
  s.person("gone", { active: false });
  const room = createRoom(s.admin, { t: "c", name: "crew", members: ["zoe", "ann", "gone"] });
  addRoomRole(s.admin, room, zoe.user, "moderator");
  return { ...s, zoe, room };
}
const names = (rows: readonly object[]) => rows.map((row) => (row as { username: string }).username);

describe("lists of members", () => {
  it("leave deactivated accounts out, though they count", () => {
    const { admin, room } = scene();
    expect(names(memberRows(admin, room, {}, { username: 1 }))).toEqual(["admin", "ann", "zoe"]);
    expect(room.usersCount).toBe(4);
  });

  it("filter by part of either name and by status", () => {
    const { admin, room } = scene();
    expect(names(memberRows(admin, room, { text: "BERT" }, { username: 1 }))).toEqual(["ann"]);
    expect(names(memberRows(admin, room, { status: ["away"] }, { username: 1 }))).toEqual(["ann"]);
  });

  it("come by role, then by name", () => {
    const { admin, room } = scene();
    expect(names(membersByRole(admin, room, {}, { username: 1 }))).toEqual(["admin", "zoe", "ann"]);
  });

  it("name only those who hold a role now", () => {
    const { admin, zoe, room } = scene();
    expect(roleRows(admin, room)).toHaveLength(2);
    expect(names(moderatorRefs(admin, room))).toEqual(["zoe"]);
    removeRoomRole(admin, room, zoe.user, "moderator");
    expect(roleRows(admin, room)).toHaveLength(1);
    expect(moderatorRefs(admin, room)).toEqual([]);
  });

  it("give roles to members only", () => {
    const { admin, room, person } = scene();
    const ben = person("ben");
    expect(refusal(() => addRoomRole(admin, room, ben.user, "leader")).errorType).toBe("error-user-not-in-room");
    expect(refusal(() => removeRoomRole(admin, room, ben.user, "leader")).errorType).toBe("error-invalid-room");
  });
});
