import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createClient } from "../../../../provider/client/create-client.ts";
import { check } from "../../../../provider/engine/check.ts";
import { Session } from "../../../../provider/engine/session.ts";
import { channelMemberHandler } from "../../../../provider/kinds/channel-member/handler.ts";
import { type KindRun, startKind } from "../../../support/kind.ts";
import { Reader } from "../../../support/reader.ts";
import { ADMIN } from "../../../support/server.ts";

let run: KindRun;
let roomId: string;
const ids: Record<string, string> = {};

const post = (path: string, body: Record<string, unknown>) => run.server.reader.post(path, body);

beforeEach(async () => {
  run = await startKind(channelMemberHandler);
  for (const username of ["bob", "carol"]) {
    const answer = await post("users.create", {
      username,
      name: username,
      email: `${username}@example.test`,
      password: `Passw0rd!${username}`,
    });
    ids[username] = (answer.user as { _id: string })._id;
  }
  roomId = ((await post("channels.create", { name: "crew" })).channel as { _id: string })._id;
});
afterEach(() => run.close());

const roles = async (username: string, family = "channels", id = roomId) => {
  const answer = await run.server.reader.get(`${family}.roles?roomId=${id}`);
  const rows = answer.roles as { u: { username: string }; roles: string[] }[];
  return rows.find(({ u }) => u.username === username)?.roles ?? [];
};

describe("create", () => {
  it("adds the person by the room's name or id, with roles", async () => {
    const bob = await run.create({ channel: "crew", username: "bob", roles: ["moderator", "leader"] });
    const carol = await run.create({ channel: roomId, username: "carol" });
    expect([bob.id, carol.id]).toEqual([`${roomId}/${ids.bob}`, `${roomId}/${ids.carol}`]);
    expect(bob.outputs).toMatchObject({ channel: "crew", roomId, userId: ids.bob });
    expect(await run.server.reader.members("crew")).toEqual(["admin", "bob", "carol"]);
    expect((await roles("bob")).toSorted()).toEqual(["leader", "moderator"]);
    await run.nextRun();
    expect((await run.read(bob))?.outputs).toEqual(bob.outputs);
    expect((await run.read(carol))?.outputs).toEqual(carol.outputs);
  });

  it("takes a membership that is there already, and brings its roles in line", async () => {
    await post("channels.invite", { roomId, username: "bob" });
    await post("channels.addModerator", { roomId, username: "bob" });
    const bob = await run.create({ channel: "crew", username: "bob", roles: ["owner"] });
    expect(bob.id).toBe(`${roomId}/${ids.bob}`);
    expect(await roles("bob")).toEqual(["owner"]);
  });

  it("leaves roles alone that are not declared", async () => {
    await post("channels.invite", { roomId, username: "bob" });
    await post("channels.addModerator", { roomId, username: "bob" });
    const bob = await run.create({ channel: "crew", username: "bob" });
    expect(bob.outputs).not.toHaveProperty("roles");
    expect(await roles("bob")).toEqual(["moderator"]);
  });

  it("works in a private room that the account is in", async () => {
    const { group } = (await post("groups.create", { name: "closed" })) as { group: { _id: string } };
    const bob = await run.create({ channel: "closed", username: "bob", roles: ["owner"] });
    expect(await roles("bob", "groups", group._id)).toEqual(["owner"]);
    await run.nextRun();
    expect((await run.read(bob))?.outputs).toEqual(bob.outputs);
    await run.remove(bob);
    expect(await run.server.reader.members("closed")).toEqual(["admin"]);
  });

  it("names an unknown room and an unknown user", async () => {
    await expect(run.create({ channel: "nowhere", username: "bob" })).rejects.toThrow(/no room .*"nowhere"/);
    await expect(run.create({ channel: "crew", username: "Bob" })).rejects.toThrow(/no user "Bob"/);
    expect(await run.server.reader.members("crew")).toEqual(["admin"]);
  });

  it("is done once when the answer is lost", async () => {
    await run.server.control("faults", { path: "/api/v1/channels.invite", action: "drop-after", times: 1 });
    const bob = await run.create({ channel: "crew", username: "bob" });
    expect(bob.id).toBe(`${roomId}/${ids.bob}`);
    expect(await run.server.reader.members("crew")).toEqual(["admin", "bob"]);
  });
});

describe("read", () => {
  it("tells when the person, or the room, is gone", async () => {
    const bob = await run.create({ channel: "crew", username: "bob" });
    await post("channels.kick", { roomId, userId: ids.bob });
    await run.nextRun();
    expect(await run.read(bob)).toBeUndefined();
    await post("channels.invite", { roomId, username: "bob" });
    await post("channels.delete", { roomId });
    await run.nextRun();
    expect(await run.read(bob)).toBeUndefined();
    expect(await run.writesOf(() => run.remove(bob))).toEqual({});
  });

  it("finds roles that were changed by hand", async () => {
    const bob = await run.create({ channel: "crew", username: "bob", roles: ["moderator"] });
    await post("channels.addLeader", { roomId, username: "bob" });
    await run.nextRun();
    expect((await run.read(bob))?.inputs.roles).toEqual(["moderator", "leader"]);
    await run.update(bob, { channel: "crew", username: "bob", roles: ["moderator"] });
    expect(await roles("bob")).toEqual(["moderator"]);
  });

  it("keeps a deactivated member", async () => {
    const bob = await run.create({ channel: "crew", username: "bob", roles: ["moderator"] });
    await post("users.setActiveStatus", { userId: ids.bob, activeStatus: false });
    await run.nextRun();
    expect((await run.read(bob))?.id).toBe(bob.id);
  });

  it("keeps the membership when the room is renamed", async () => {
    const bob = await run.create({ channel: "crew", username: "bob" });
    await post("channels.rename", { roomId, name: "team" });
    await run.nextRun();
    expect((await run.read(bob))?.outputs).toEqual(bob.outputs);
  });

  it("answers all members of a room from its lists", async () => {
    const both = [
      await run.create({ channel: "crew", username: "bob", roles: [] }),
      await run.create({ channel: "crew", username: "carol", roles: ["leader"] }),
    ];
    await run.nextRun();
    const reads = await run.readsOf(async () => {
      for (const one of both) expect((await run.read(one))?.outputs).toEqual(one.outputs);
    });
    expect(reads).toMatchObject({ "channels.members": 1, "channels.roles": 1 });
    expect(reads).not.toHaveProperty("rooms.isMember");
  });

  it("does not take a private room that hides its members for an empty one", async () => {
    const bob = await Reader.connect(run.server.url, "bob", "Passw0rd!bob");
    const { group } = (await bob.post("groups.create", { name: "bobs" })) as { group: { _id: string } };
    const recorded = { id: `${group._id}/${ids.bob}`, outputs: { channel: group._id, username: "bob" } };
    await expect(run.read(recorded)).rejects.toThrow(/private room "bobs" does not show its members/);
    await expect(run.remove(recorded)).rejects.toThrow(/does not show its members/);
    expect((await bob.get(`groups.members?roomId=${group._id}`)).total).toBe(1);
  });
});

describe("delete", () => {
  it("removes the person, and does so once", async () => {
    const bob = await run.create({ channel: "crew", username: "bob" });
    expect(await run.writesOf(() => run.remove(bob))).toEqual({ "channels.kick": 1 });
    expect(await run.server.reader.members("crew")).toEqual(["admin"]);
    expect(await run.writesOf(() => run.remove(bob))).toEqual({});
  });

  it("says that the last owner stays", async () => {
    const bob = await run.create({ channel: "crew", username: "bob", roles: ["owner"] });
    await post("channels.leave", { roomId });
    await expect(run.remove(bob)).rejects.toThrow(/last owner.*\n.*retain/);
    await expect(run.update(bob, { channel: "crew", username: "bob", roles: [] })).rejects.toThrow(/last owner/);
    expect(await run.writesOf(() => run.remove(bob, "retain"))).toEqual({});
  });
});

describe("list and inputs", () => {
  it("gives every membership of every visible room", async () => {
    await run.create({ channel: "crew", username: "bob", roles: ["owner"] });
    const session = new Session(
      createClient({ url: run.server.url, credentials: ADMIN, retry: "rapid" }),
      "default",
      () => {},
    );
    const rows: unknown[] = [];
    for await (const live of channelMemberHandler.list(session.context)) {
      if (live.room._id !== roomId) continue;
      rows.push(channelMemberHandler.map(live, session.context, { channel: roomId, username: "" }).inputs);
    }
    await session.client.close();
    expect(rows).toEqual([
      { channel: roomId, username: "admin", roles: ["owner"] },
      { channel: roomId, username: "bob", roles: ["owner"] },
    ]);
  });

  it("drops the marks in front of names, and refuses other roles", () => {
    expect(check(channelMemberHandler, { channel: "#crew", username: "@bob" }).inputs).toEqual({
      channel: "crew",
      username: "bob",
    });
    const { failures } = check(channelMemberHandler, { channel: "crew", username: "bob", roles: ["admin"] });
    expect(failures.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^roles\[0\]: must be one of "owner", "moderator", "leader"/),
    ]);
  });
});
