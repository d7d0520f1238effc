/** The differences between server versions, against a client that only notes what it is asked for. */
import { describe, expect, it } from "vitest";
import { invite } from "../../../../provider/client/api/members.ts";
import type { Room } from "../../../../provider/client/api/rooms.ts";
import type { Client, Operation } from "../../../../provider/client/client.ts";
import { channelHandler } from "../../../../provider/kinds/channel/handler.ts";
import { sendSettings, settingsToSend } from "../../../../provider/kinds/channel/settings.ts";

const ROOM: Room = { _id: "r1", name: "ops", t: "c", usersCount: 1 };

function noting(version: string) {
  const sent: [string, unknown][] = [];
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const client = {
    server: async () => ({ version, major, minor }),
    self: async () => ({ userId: "u1", username: "admin", roles: ["admin"] }),
    call: async ({ name, body }: Operation<unknown>) => {
      sent.push([name, body]);
      return { channel: { ...ROOM, usersCount: 2 } };
    },
  } as unknown as Client;
  return { client, sent };
}

const ALL = { roomTopic: "t", roomCustomFields: { a: 1 }, joinCode: "code" };

describe("settings of a room, by version", () => {
  it.each(["7.0", "7.7", "8.6", "8.8", "9.0"])("go in one call to %s", async (version) => {
    const { client, sent } = noting(version);
    await sendSettings(client, ROOM, ALL);
    expect(sent).toEqual([["rooms.saveRoomSettings", { rid: "r1", ...ALL }]]);
  });

  it.each(["6.12", "8.0"])("go to the setters for what saveRoomSettings of %s does not take", async (version) => {
    const { client, sent } = noting(version);
    await sendSettings(client, ROOM, ALL);
    expect(sent).toEqual([
      ["channels.setCustomFields", { roomId: "r1", customFields: { a: 1 } }],
      ["channels.setJoinCode", { roomId: "r1", joinCode: "code" }],
      ["rooms.saveRoomSettings", { rid: "r1", roomTopic: "t" }],
    ]);
  });

  it("have encryption follow a room that becomes private, and go before one that becomes public", async () => {
    const { client, sent } = noting("8.6");
    await sendSettings(client, ROOM, { roomType: "p", encrypted: true });
    await sendSettings(client, { ...ROOM, t: "p" }, { roomType: "c", encrypted: false });
    expect(sent.map(([, body]) => body)).toEqual([
      { rid: "r1", roomType: "p" },
      { rid: "r1", encrypted: true },
      { rid: "r1", encrypted: false },
      { rid: "r1", roomType: "c" },
    ]);
  });

  it("are left out when the room has them: absent means unset", () => {
    const inputs = { name: "ops", topic: "", readOnly: false, customFields: {}, systemMessages: [], joinCode: "" };
    expect(settingsToSend({ ...ROOM, sysMes: true }, inputs, { reason: "adopted" })).toEqual({});
  });

  it("are written when the account may not see them", () => {
    const inputs = { name: "ops", private: true, topic: "t", customFields: {}, retentionEnabled: false };
    const hidden: Room = { ...ROOM, t: "p", topic: "t", partial: true };
    expect(settingsToSend(hidden, inputs, { reason: "adopted" })).toEqual({
      roomCustomFields: {},
      retentionEnabled: false,
    });
  });
});

describe("creation and invitations, by version", () => {
  it.each([
    ["8.6", { topic: "t", description: "d" }],
    ["8.8", { topic: "t" }],
  ])("give %s the extra data %j", async (version, extraData) => {
    const { client, sent } = noting(version);
    const ctx = { client, lists: { forget: () => {} }, log: () => {} } as never;
    await channelHandler.create(ctx, { name: "ops", topic: "t", description: "d" });
    expect(sent).toEqual([["channels.create", expect.objectContaining({ name: "ops", extraData })]]);
  });

  it.each([
    ["8.6", "c", [["channels.invite", { roomId: "r1", usernames: ["bob", "carol"] }]]],
    [
      "8.8",
      "c",
      [
        ["channels.invite", { roomId: "r1", username: "bob" }],
        ["channels.invite", { roomId: "r1", username: "carol" }],
      ],
    ],
    ["8.8", "p", [["groups.invite", { roomId: "r1", usernames: ["bob", "carol"] }]]],
  ])("invite to a room of %s, type %s", async (version, t, calls) => {
    const { client, sent } = noting(version);
    expect(await invite(client, { ...ROOM, t }, ["bob", "carol"])).toBe(2);
    expect(sent).toEqual(calls);
  });
});
