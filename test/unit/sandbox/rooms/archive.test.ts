/** Archiving, finding and deleting rooms. */
import { describe, expect, it } from "vitest";
import { eraseRoom, setArchived } from "../../../../provider/sandbox/rooms/archive.ts";
import { createRoom } from "../../../../provider/sandbox/rooms/create.ts";
import { CHANNELS, familyRoom, GROUPS } from "../../../../provider/sandbox/rooms/family.ts";
import { membersOf } from "../../../../provider/sandbox/rooms/subscribe.ts";
import { refusal, stage } from "../stage.ts";

describe("archiving", () => {
  it("marks the memberships too, and hides the room from calls that change it", () => {
    const { admin } = stage();
    const room = createRoom(admin, { t: "c", name: "crew" });
    setArchived(admin, room._id, true);
    expect(membersOf(admin, room).map(({ archived }) => archived)).toEqual([true]);
    expect(refusal(() => familyRoom(admin, CHANNELS, { roomId: room._id })).errorType).toBe("error-room-archived");
    expect(familyRoom(admin, CHANNELS, { roomName: "crew" }, { archivedToo: true })).toBe(room);
    setArchived(admin, room._id, false);
    expect(familyRoom(admin, CHANNELS, { roomId: room._id })).toBe(room);
  });

  it("is for owners, reviving for admins", () => {
    const s = stage();
    const ann = s.person("ann");
    const room = createRoom(ann, { t: "c", name: "crew" });
    setArchived(ann, room._id, true);
    expect(refusal(() => setArchived(ann, room._id, false)).errorType).toBe("error-not-authorized");
    setArchived(s.admin, room._id, false);
    expect(room.archived).toBe(false);
  });
});

describe("finding a room", () => {
  it("shows groups to members only, and neither family the other's rooms", () => {
    const s = stage();
    const ann = s.person("ann");
    const room = createRoom(ann, { t: "p", name: "closed" });
    expect(familyRoom(ann, GROUPS, { roomId: room._id })).toBe(room);
    expect(refusal(() => familyRoom(s.admin, GROUPS, { roomId: room._id })).errorType).toBe("error-room-not-found");
    expect(familyRoom(s.admin, GROUPS, { roomId: room._id }, { asOutsider: true })).toBe(room);
    expect(refusal(() => familyRoom(ann, CHANNELS, { roomId: room._id })).errorType).toBe("error-room-not-found");
  });
});

describe("deleting", () => {
  it("needs a right in the room, and frees the name", () => {
    const s = stage();
    const ann = s.person("ann");
    const room = createRoom(s.admin, { t: "c", name: "crew", members: ["ann"] });
    expect(refusal(() => eraseRoom(ann, room._id)).errorType).toBe("error-not-allowed");
    eraseRoom(s.admin, room._id);
    expect(refusal(() => eraseRoom(s.admin, room._id)).errorType).toBe("error-invalid-room");
    expect(membersOf(s.admin, room)).toEqual([]);
    expect(createRoom(s.admin, { t: "p", name: "crew" }).name).toBe("crew");
  });
});
