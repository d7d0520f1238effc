/** Coming and going in rooms, with the rights that it takes. */
import { describe, expect, it } from "vitest";
import { subscriptionOf } from "../../../../provider/sandbox/core/lookups.ts";
import { createRoom } from "../../../../provider/sandbox/rooms/create.ts";
import { addEverybody, invite, join, kick, leave } from "../../../../provider/sandbox/rooms/membership.ts";
import { addRoomRole, removeRoomRole } from "../../../../provider/sandbox/rooms/roles.ts";
import { saveRoomSettings } from "../../../../provider/sandbox/rooms/settings.ts";
import { refusal, stage } from "../stage.ts";

function scene(t: "c" | "p" = "c") {
  const s = stage();
  const [ann, ben] = [s.person("ann"), s.person("ben")];
  const room = createRoom(s.admin, { t, name: "crew" });
  const isIn = (actor: typeof ann) => subscriptionOf(s.state, actor.user._id, room._id) !== undefined;
  return { ...s, ann, ben, room, isIn };
}

describe("inviting", () => {
  it("counts and announces a new member once", () => {
    const { admin, ann, room, told } = scene();
    invite(admin, room, [ann.user]);
    invite(admin, room, [ann.user]);
    expect(told(room)).toEqual(["au: ann"]);
    expect(room.usersCount).toBe(2);
    expect(ann.user.__rooms).toEqual([room._id]);
  });

  it("lets an admin into public rooms of others only", () => {
    const { admin, ann, ben, person } = scene();
    const open = createRoom(ann, { t: "c", name: "open" });
    invite(admin, open, [ben.user]);
    expect(open.usersCount).toBe(2);
    const closed = createRoom(person("cat"), { t: "p", name: "closed" });
    expect(refusal(() => invite(admin, closed, [ben.user])).errorType).toBe("error-not-allowed");
  });
});

describe("joining and leaving", () => {
  it("asks for the code, of members too, but not of those who need none", () => {
    const { admin, ann, room } = scene();
    saveRoomSettings(admin, room._id, { joinCode: "sesame" });
    expect(refusal(() => join(ann, room, undefined)).errorType).toBe("error-code-required");
    expect(refusal(() => join(ann, room, "nope")).errorType).toBe("error-code-invalid");
    join(ann, room, "sesame");
    expect(refusal(() => join(ann, room, undefined)).errorType).toBe("error-code-required");
    expect(() => join(admin, room, undefined)).not.toThrow();
    expect(room.usersCount).toBe(2);
  });

  it("doesn't let strangers into private rooms", () => {
    const { ann, room } = scene("p");
    expect(refusal(() => join(ann, room, undefined)).errorType).toBe("error-not-allowed");
  });

  it("keeps the last owner in, alone or not, until there is another", () => {
    const { admin, ann, room, isIn } = scene();
    expect(refusal(() => leave(admin, room)).errorType).toBe("error-you-are-last-owner");
    invite(admin, room, [ann.user]);
    addRoomRole(admin, room, ann.user, "owner");
    leave(admin, room);
    expect(isIn(admin)).toBe(false);
    expect(refusal(() => leave(admin, room)).errorType).toBe("error-user-not-in-room");
    expect(refusal(() => removeRoomRole(admin, room, ann.user, "owner")).errorType).toBe("error-remove-last-owner");
  });

  it("forgets room roles with the membership", () => {
    const { admin, ann, room } = scene();
    invite(admin, room, [ann.user]);
    addRoomRole(admin, room, ann.user, "moderator");
    kick(admin, room, ann.user);
    invite(admin, room, [ann.user]);
    expect(refusal(() => removeRoomRole(admin, room, ann.user, "moderator")).errorType).toBe(
      "error-user-not-moderator",
    );
  });
});

describe("kicking", () => {
  it("tells owners that somebody is no member, and lets admins through with a message", () => {
    const { admin, ann, ben, room, told } = scene();
    invite(admin, room, [ann.user]);
    addRoomRole(admin, room, ann.user, "owner");
    expect(refusal(() => kick(ann, room, ben.user)).errorType).toBe("error-user-not-in-room");
    kick(admin, room, ben.user);
    expect(told(room).at(-1)).toBe("ru: ben");
    expect(room.usersCount).toBe(2);
  });

  it("needs a role in the room or in the workspace", () => {
    const { admin, ann, ben, room, isIn } = scene();
    invite(admin, room, [ann.user, ben.user]);
    expect(refusal(() => kick(ann, room, ben.user)).errorType).toBe("error-not-allowed");
    expect(isIn(ben)).toBe(true);
  });
});

describe("adding everybody", () => {
  it("adds deactivated accounts and rocket.cat too, up to the workspace's limit", () => {
    const { admin, person, room, state, set } = scene();
    person("gone", { active: false });
    addEverybody(admin, room);
    expect(room.usersCount).toBe(Object.keys(state.users).length);
    set("API_User_Limit", 2);
    expect(refusal(() => addEverybody(admin, room)).errorType).toBe("error-user-limit-exceeded");
  });
});
