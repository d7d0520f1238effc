/** Reactions, pins and stars. */
import { describe, expect, it } from "vitest";
import { pin, star, starsOf, unpin } from "../../../../provider/sandbox/messages/pins.ts";
import { storeMessage } from "../../../../provider/sandbox/messages/post.ts";
import { react } from "../../../../provider/sandbox/messages/reactions.ts";
import { createRoom } from "../../../../provider/sandbox/rooms/create.ts";
import { refusal, stage } from "../stage.ts";

function scene() {
  const s = stage();
  const ann = s.person("ann");
  const room = createRoom(s.admin, { t: "c", name: "talk", members: ["ann"] });
  return { ...s, ann, room, message: storeMessage(s.admin, room, { msg: "hi" }) };
}

describe("reactions", () => {
  it("toggle without a wish, and keep to a wish", () => {
    const { admin, ann, message } = scene();
    react(admin, message, ":rocket:", undefined);
    react(ann, message, "rocket", true);
    react(ann, message, "rocket", true);
    expect(message.reactions).toEqual({ ":rocket:": { usernames: ["admin", "ann"] } });
    react(admin, message, "rocket", undefined);
    react(ann, message, "rocket", false);
    expect(message).not.toHaveProperty("reactions");
  });

  it("are emoji only", () => {
    const { admin, message } = scene();
    expect(refusal(() => react(admin, message, ":no-such-thing:", true)).error).toContain("Invalid emoji");
  });
});

describe("pins and stars", () => {
  it("are noted in the room once", () => {
    const { admin, room, message, told } = scene();
    expect(pin(admin, room, message)).toMatchObject({ t: "message_pinned" });
    expect(pin(admin, room, message)).toBe(message);
    expect(told(room)).toEqual(["said: hi", "message_pinned: "]);
    unpin(admin, room, message);
    expect(message.pinned).toBe(false);
  });

  it("follow the workspace's setting and rights", () => {
    const { admin, ann, room, message, set } = scene();
    expect(refusal(() => pin(ann, room, message)).errorType).toBe("not-authorized");
    set("Message_AllowPinning", false);
    expect(refusal(() => pin(admin, room, message)).errorType).toBe("error-action-not-allowed");
  });

  it("belong to each person", () => {
    const { admin, ann, message } = scene();
    for (const actor of [admin, ann, ann]) star(actor, message, true);
    expect(starsOf(message)).toEqual([{ _id: admin.user._id }, { _id: ann.user._id }]);
    star(admin, message, false);
    expect(starsOf(message)).toEqual([{ _id: ann.user._id }]);
  });
});
