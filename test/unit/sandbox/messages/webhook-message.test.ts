/** Posting in the notation of hooks, and where it goes. */
import { describe, expect, it } from "vitest";
import { targetRoom } from "../../../../provider/sandbox/messages/target.ts";
import { postWebhookMessage } from "../../../../provider/sandbox/messages/webhook-message.ts";
import { setArchived } from "../../../../provider/sandbox/rooms/archive.ts";
import { createRoom } from "../../../../provider/sandbox/rooms/create.ts";
import { saveRoomSettings } from "../../../../provider/sandbox/rooms/settings.ts";
import { refusal, stage } from "../stage.ts";

const DEFAULTS = { alias: "CI", avatar: "", emoji: ":robot:", bot: { i: "hook" } };

function scene(version?: "7.7.1") {
  const s = stage(version);
  const ann = s.person("ann");
  return { ...s, ann, room: createRoom(s.admin, { t: "c", name: "builds" }) };
}

describe("posting by payload", () => {
  it("joins a public room first", () => {
    const { ann, room, told } = scene();
    postWebhookMessage(ann, room, { text: " built " });
    expect(told(room)).toEqual(["uj: ann", "said: built"]);
    expect(room.lastMessage?.msg).toBe("built");
  });

  it.each([
    [{}, { emoji: ":robot:" }],
    [{ icon_emoji: ":tada:" }, { emoji: ":tada:" }],
    [{ icon_url: "https://a.example/i.png", icon_emoji: ":tada:" }, { avatar: "https://a.example/i.png" }],
  ])("shows one picture for %o", (payload, look) => {
    const { ann, room } = scene();
    const { emoji, avatar } = postWebhookMessage(ann, room, { text: "x", ...payload }, DEFAULTS);
    expect({ ...(emoji !== undefined && { emoji }), ...(avatar !== undefined && { avatar }) }).toEqual(look);
  });

  it("lists addresses unless there are attachments or it is told otherwise", () => {
    const { ann, room } = scene();
    expect(postWebhookMessage(ann, room, { text: "x" })).toHaveProperty("urls");
    expect(postWebhookMessage(ann, room, { text: "x", attachments: [] })).not.toHaveProperty("urls");
    expect(postWebhookMessage(ann, room, { text: "x", parseUrls: false })).not.toHaveProperty("urls");
  });

  it("respects private, read-only, archived and the size limit", () => {
    const { admin, ann, room, set } = scene();
    const closed = createRoom(admin, { t: "p", name: "closed" });
    expect(refusal(() => postWebhookMessage(ann, closed, { text: "x" })).error).toBe("error-not-allowed");
    saveRoomSettings(admin, room._id, { readOnly: true });
    expect(refusal(() => postWebhookMessage(ann, room, { text: "x" })).error).toContain("readonly");
    setArchived(admin, room._id, true);
    expect(refusal(() => postWebhookMessage(admin, room, { text: "x" })).error).toBe("room_is_archived");
    setArchived(admin, room._id, false);
    set("Message_MaxAllowedSize", 3);
    expect(refusal(() => postWebhookMessage(admin, room, { text: "long" })).error).toBe("error-message-size-exceeded");
  });

  it("reaches archived rooms on 7.7.1", () => {
    const { admin, room } = scene("7.7.1");
    setArchived(admin, room._id, true);
    expect(postWebhookMessage(admin, room, { text: "x" }).msg).toBe("x");
  });
});

describe("targets", () => {
  it("are rooms by name or id, and people, whose direct room is made once", () => {
    const { admin, ann, room, state } = scene();
    for (const name of ["#builds", "builds", room._id]) expect(targetRoom(admin, name)).toBe(room);
    const direct = targetRoom(admin, "@ann");
    expect(direct).toMatchObject({ t: "d", usersCount: 2 });
    expect(targetRoom(ann, "@admin")).toBe(direct);
    expect(targetRoom(admin, "@nobody")).toBeUndefined();
    expect(Object.values(state.rooms).filter(({ t }) => t === "d")).toHaveLength(1);
  });
});
