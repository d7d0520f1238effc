/** Settings of a room: judged first, then written with one message per change. */
import { describe, expect, it } from "vitest";
import { createRoom } from "../../../../provider/sandbox/rooms/create.ts";
import { addRoomRole } from "../../../../provider/sandbox/rooms/roles.ts";
import { saveRoomSettings } from "../../../../provider/sandbox/rooms/settings.ts";
import { membersOf } from "../../../../provider/sandbox/rooms/subscribe.ts";
import { refusal, stage } from "../stage.ts";

function scene(t: "c" | "p" = "c") {
  const s = stage();
  const ann = s.person("ann");
  const room = createRoom(s.admin, { t, name: "crew", members: ["ann"] });
  return { ...s, ann, room };
}

describe("room settings", () => {
  it("writes and announces only what differs", () => {
    const { admin, room, told } = scene();
    const all = {
      roomTopic: "T",
      roomDescription: "D",
      roomAnnouncement: "A",
      readOnly: true,
      reactWhenReadOnly: true,
    };
    saveRoomSettings(admin, room._id, all);
    const first = told(room);
    expect(first).toEqual([
      "room_changed_topic: T",
      "room_changed_description: D",
      "room_changed_announcement: A",
      "room-set-read-only: ",
      "room-allowed-reacting: ",
    ]);
    saveRoomSettings(admin, room._id, { ...all, roomName: "crew", roomType: "c" });
    expect(told(room)).toEqual(first);
    expect(room.msgs).toBe(first.length);
  });

  it("takes an empty text for one that was never set as no change", () => {
    const { admin, room, told } = scene();
    saveRoomSettings(admin, room._id, { roomTopic: "", roomDescription: "", roomAnnouncement: "" });
    expect(told(room)).toEqual([]);
    expect(room).not.toHaveProperty("topic");
  });

  it("writes nothing when one of the values is refused", () => {
    const { admin, room } = scene();
    const { errorType } = refusal(() => saveRoomSettings(admin, room._id, { roomTopic: "T", encrypted: true }));
    expect(errorType).toBe("error-action-not-allowed");
    expect(room).not.toHaveProperty("topic");
  });

  it("asks no membership of an admin, and more than membership of a member", () => {
    const { admin, ann, room } = scene("p");
    expect(refusal(() => saveRoomSettings(ann, room._id, { roomTopic: "T" })).errorType).toBe(
      "error-action-not-allowed",
    );
    addRoomRole(admin, room, ann.user, "moderator");
    saveRoomSettings(ann, room._id, { roomTopic: "by a moderator" });
    expect(room.topic).toBe("by a moderator");
  });

  it("needs the right to create what a room is turned into", () => {
    const { admin, ann, room, state } = scene();
    addRoomRole(admin, room, ann.user, "owner");
    state.permissions["create-p"] = { roles: ["admin"], _updatedAt: room.ts };
    expect(refusal(() => saveRoomSettings(ann, room._id, { roomType: "p" })).error).toContain(
      "private room is not allowed",
    );
    saveRoomSettings(admin, room._id, { roomType: "p" });
    expect(room.t).toBe("p");
    expect(membersOf(admin, room).map(({ t }) => t)).toEqual(["p", "p"]);
  });

  it("is no default any more once it is private", () => {
    const { admin, room } = scene();
    saveRoomSettings(admin, room._id, { default: true });
    saveRoomSettings(admin, room._id, { roomType: "p" });
    expect(room).not.toHaveProperty("default");
  });

  it("keeps a broadcast room read-only", () => {
    const { admin } = scene();
    const room = createRoom(admin, { t: "c", name: "news", extraData: { broadcast: true } });
    expect(refusal(() => saveRoomSettings(admin, room._id, { readOnly: true })).error).toContain("broadcast rooms");
  });

  it("renames subscriptions and integrations along", () => {
    const { admin, room, state, person } = scene();
    const poster = person("poster");
    state.integrations.one = {
      _id: "one",
      type: "webhook-outgoing",
      name: "n",
      enabled: true,
      username: "poster",
      userId: poster.user._id,
      channel: ["#crew", "#general"],
      _createdAt: room.ts,
      _createdBy: { _id: admin.user._id, username: "admin" },
    };
    saveRoomSettings(admin, room._id, { roomName: "team" });
    expect(state.integrations.one.channel).toEqual(["#team", "#general"]);
    expect(membersOf(admin, room).map(({ name, fname }) => [name, fname])).toEqual([
      ["team", "team"],
      ["team", "team"],
    ]);
  });

  it("takes the join code away with an empty one", () => {
    const { admin, room } = scene();
    saveRoomSettings(admin, room._id, { joinCode: "open sesame" });
    expect(room).toMatchObject({ joinCode: "open sesame", joinCodeRequired: true });
    saveRoomSettings(admin, room._id, { joinCode: "" });
    expect(room).not.toHaveProperty("joinCode");
    expect(room.joinCodeRequired).toBe(false);
  });

  it("encrypts private rooms where the workspace allows it", () => {
    const { admin, room, set, told } = scene("p");
    set("E2E_Enable", true);
    saveRoomSettings(admin, room._id, { encrypted: true });
    expect(room.encrypted).toBe(true);
    expect(told(room)).toEqual(["room_e2e_enabled: admin"]);
  });
});
