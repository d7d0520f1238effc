/** What rooms may be called. */
import { describe, expect, it } from "vitest";
import { createRoom } from "../../../../provider/sandbox/rooms/create.ts";
import { demandFreeHandle, validRoomName } from "../../../../provider/sandbox/rooms/names.ts";
import { refusal, stage } from "../stage.ts";

describe("room names", () => {
  it("are refused with the text escaped", () => {
    const { admin } = stage();
    expect(refusal(() => validRoomName(admin, "<i>'a' & \"b\"</i>"))).toMatchObject({
      errorType: "error-invalid-room-name",
      details: { channel_name: "&lt;i&gt;&#39;a&#39; &amp; &quot;b&quot;&lt;/i&gt;" },
    });
  });

  it("follow the workspace's own pattern", () => {
    const s = stage();
    s.set("UTF8_Channel_Names_Validation", "[a-c]+");
    expect(validRoomName(s.admin, "abc")).toBe("abc");
    expect(refusal(() => validRoomName(s.admin, "abcd")).errorType).toBe("error-invalid-room-name");
  });

  it("are taken across channels and groups, but a room may keep its own", () => {
    const s = stage();
    const room = createRoom(s.admin, { t: "p", name: "crew" });
    expect(refusal(() => validRoomName(s.admin, "crew")).errorType).toBe("error-duplicate-channel-name");
    expect(validRoomName(s.admin, "crew", room._id)).toBe("crew");
    room.archived = true;
    expect(refusal(() => validRoomName(s.admin, "crew")).errorType).toBe("error-archived-duplicate-name");
  });

  it("become numbered slugs where special characters are allowed", () => {
    const s = stage();
    s.set("UI_Allow_room_names_with_special_chars", true);
    const names = ["Café & Bar!", "Café & Bar!", "Café & Bar!"].map((name) => createRoom(s.admin, { t: "c", name }));
    expect(names.map(({ name }) => name)).toEqual(["cafe-bar", "cafe-bar-1", "cafe-bar-2"]);
    expect(names.map(({ fname }) => fname)).toEqual(["Café & Bar!", "Café & Bar!", "Café & Bar!"]);
  });

  it("can't be a person's on rename", () => {
    const s = stage();
    expect(() => demandFreeHandle(s.admin, "nobody")).not.toThrow();
    expect(refusal(() => demandFreeHandle(s.admin, "admin")).errorType).toBe("error-duplicate-handle");
  });
});
