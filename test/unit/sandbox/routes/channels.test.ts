/** Rooms over HTTP: pages, secrets, identity, administration. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../../../support/server.ts";

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

interface Room {
  _id: string;
  name: string;
}

const create = async (family: "channels" | "groups", name: string): Promise<Room> => {
  const answer = await server.reader.post(`${family}.create`, { name });
  return (answer.channel ?? answer.group) as Room;
};

describe("rooms over HTTP", () => {
  it("list more than a page, and everything on request", async () => {
    for (let n = 0; n < 55; n++) await create("channels", `room-${String(n).padStart(2, "0")}`);
    const first = await server.reader.get("channels.list");
    expect(first).toMatchObject({ count: 50, offset: 0, total: 56 });
    const rest = await server.reader.get("channels.list?offset=50");
    expect((rest.channels as Room[]).map(({ name }) => name)).toEqual([
      "room-49",
      "room-50",
      "room-51",
      "room-52",
      "room-53",
      "room-54",
    ]);
    expect(await server.reader.get("channels.list?count=0")).toMatchObject({ count: 56 });
  });

  it("never show a join code", async () => {
    const { _id } = await create("channels", "door");
    await server.reader.post("channels.setJoinCode", { roomId: _id, joinCode: "open-sesame" });
    const answers = await Promise.all(
      [
        `channels.info?roomId=${_id}`,
        `rooms.info?roomId=${_id}`,
        "channels.list",
        `rooms.adminRooms.getRoom?rid=${_id}`,
      ].map((path) => server.reader.get(path)),
    );
    expect(JSON.stringify(answers)).not.toContain("open-sesame");
    expect(answers[0]?.channel).toMatchObject({ joinCodeRequired: true });
  });

  it("keep one id through rename and change of type", async () => {
    const { _id } = await create("channels", "before");
    await server.reader.post("channels.rename", { roomId: _id, name: "after" });
    await server.reader.post("channels.setType", { roomId: _id, type: "p" });
    expect((await server.reader.get("groups.info?roomName=after")).group).toMatchObject({
      _id,
      t: "p",
      fname: "after",
    });
    await expect(server.reader.get(`channels.info?roomId=${_id}`)).rejects.toThrow("error-room-not-found");
  });

  it("narrow the administration's list by type and text", async () => {
    await create("channels", "alpha");
    await create("groups", "beta");
    const names = async (query: string) =>
      ((await server.reader.get(`rooms.adminRooms?${query}`)).rooms as Room[]).map(({ name }) => name);
    expect(await names("types[]=p")).toEqual(["beta"]);
    expect(await names("filter=ALPH")).toEqual(["alpha"]);
    expect(await names("types[]=c&types[]=p")).toEqual(["general", "alpha", "beta"]);
  });

  it("say who is a member", async () => {
    const { _id } = await create("groups", "closed");
    const isMember = async (username: string) =>
      (await server.reader.get(`rooms.isMember?roomId=${_id}&username=${username}`)).isMember;
    expect([await isMember("admin"), await isMember("rocket.cat")]).toEqual([true, false]);
  });
});
