import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createClient } from "../../../../provider/client/create-client.ts";
import { Session } from "../../../../provider/engine/session.ts";
import { channelHandler } from "../../../../provider/kinds/channel/handler.ts";
import { type KindRun, type Recorded, startKind } from "../../../support/kind.ts";
import { Reader } from "../../../support/reader.ts";
import { ADMIN } from "../../../support/server.ts";

let run: KindRun;
beforeEach(async () => {
  run = await startKind(channelHandler);
});
afterEach(() => run.close());

const room = (name: string) => run.server.reader.room(name);

async function withSession<T>(act: (session: Session) => Promise<T>): Promise<T> {
  const session = new Session(
    createClient({ url: run.server.url, credentials: ADMIN, retry: "rapid" }),
    "default",
    () => {},
  );
  try {
    return await act(session);
  } finally {
    await session.client.close();
  }
}

const person = (username: string, roles: string[] = ["user"]) =>
  run.server.reader.post("users.create", {
    username,
    name: username,
    email: `${username}@example.test`,
    password: `Passw0rd!${username}`,
    roles,
  });

const become = async (before: Recorded, inputs: Record<string, unknown>) => {
  let after = before;
  const writes = await run.writesOf(async () => {
    after = await run.update(before, inputs);
  });
  return { after, writes };
};

describe("create", () => {
  it("sets what creation takes in one call, and the rest in one more", async () => {
    let made: Recorded | undefined;
    const inputs = {
      name: "ops",
      topic: "t",
      description: "d",
      announcement: "a",
      readOnly: true,
      reactWhenReadOnly: true,
      customFields: { team: "platform" },
      systemMessages: ["uj", "ul"],
      retentionEnabled: true,
      retentionOverrideGlobal: true,
      retentionMaxAge: 30,
      retentionExcludePinned: true,
      retentionFilesOnly: true,
    };
    const writes = await run.writesOf(async () => {
      made = await run.create(inputs);
    });
    expect(writes).toEqual({ "channels.create": 1, "rooms.saveRoomSettings": 1 });
    expect(await room("ops")).toMatchObject({
      _id: made?.id,
      t: "c",
      topic: "t",
      description: "d",
      announcement: "a",
      ro: true,
      reactWhenReadOnly: true,
      customFields: { team: "platform" },
      sysMes: ["uj", "ul"],
      retention: { enabled: true, overrideGlobal: true, maxAge: 30, excludePinned: true, filesOnly: true },
    });
    expect(made?.outputs).toMatchObject({ ...inputs, creator: "admin" });
    await run.nextRun();
    expect((await run.read(made!))?.outputs).toEqual(made?.outputs);
    expect((await run.diff(made!, inputs)).changes).toBe(false);
  });

  it("needs one call for a plain room with its people", async () => {
    await person("bob");
    await person("carol");
    const counted = await run.writesOf(() => run.create({ name: "crew", topic: "t", members: ["bob", "carol"] }));
    expect(counted).toEqual({ "channels.create": 1 });
    expect(await run.server.reader.members("crew")).toEqual(["admin", "bob", "carol"]);
  });

  it("makes a private room", async () => {
    const made = await run.create({ name: "secret-plans", private: true, description: "d" });
    expect(await room("secret-plans")).toMatchObject({ _id: made.id, t: "p", description: "d" });
    await run.nextRun();
    expect((await run.read(made))?.outputs).toEqual(made.outputs);
  });

  it("names users that do not exist, and records the room", async () => {
    await person("bob");
    const creating = run.create({ name: "crew", members: ["bob", "nobody.here"] });
    await expect(creating).rejects.toThrow(/no such user at .*"nobody\.here"/);
    await expect(creating).rejects.toMatchObject({ id: (await room("crew"))._id });
  });

  it("brings an archived room of the name back, with its messages, as declared", async () => {
    const old = await run.create({ name: "ops", topic: "old" });
    await run.remove(old);
    expect(await room("ops")).toMatchObject({ archived: true });
    await run.nextRun();
    const back = await run.create({ name: "ops", topic: "new", private: true });
    expect(back.id).toBe(old.id);
    expect(await room("ops")).toMatchObject({ t: "p", topic: "new" });
    expect((await room("ops")).archived).not.toBe(true);
  });

  it("refuses a living room of the name, and takes it over with adopt", async () => {
    await run.server.reader.post("channels.create", { name: "old" });
    await run.server.reader.post("chat.postMessage", { channel: "#old", text: "in use" });
    await expect(run.create({ name: "old", topic: "mine" })).rejects.toThrow(
      /channel "old" exists already.*\n.*adopt: true/,
    );
    expect((await room("old")).topic ?? "").toBe("");
    const taken = await run.create({ name: "old", topic: "mine", private: true, adopt: true });
    expect(await room("old")).toMatchObject({ _id: taken.id, topic: "mine", t: "p" });
  });

  it("ends with one room when the answer of the creation is lost", async () => {
    await run.server.control("faults", { path: "/api/v1/channels.create", action: "drop-after", times: 1 });
    const made = await run.create({ name: "once", topic: "t", announcement: "a" });
    const rooms = (await run.server.reader.rooms()).filter(({ name }) => name === "once");
    expect(rooms.map(({ _id }) => _id)).toEqual([made.id]);
    expect(await room("once")).toMatchObject({ topic: "t", announcement: "a" });
  });
});

describe("update", () => {
  it("sends the differences alone, in one call, and nothing when there are none", async () => {
    const made = await run.create({ name: "ops", topic: "one", announcement: "a" });
    const { after, writes } = await become(made, { name: "ops-2", topic: "two", announcement: "a", featured: true });
    expect(writes).toEqual({ "rooms.saveRoomSettings": 1 });
    expect(await room("ops-2")).toMatchObject({ _id: made.id, topic: "two", announcement: "a", featured: true });
    const again = await become(after, { name: "ops-2", topic: "two", announcement: "a", featured: true });
    expect(again.writes).toEqual({});
  });

  it("posts no system message for values that stay", async () => {
    const made = await run.create({ name: "ops", topic: "one", description: "d" });
    const before = (await room("ops")).msgs as number;
    await become(made, { name: "ops", topic: "two", description: "d" });
    expect((await room("ops")).msgs).toBe(before + 1);
  });

  it("turns a public default room private and back, and keeps the id", async () => {
    const made = await run.create({ name: "ops", default: true });
    const hidden = (await become(made, { name: "ops", private: true, default: true })).after;
    expect(await room("ops")).toMatchObject({ _id: made.id, t: "p" });
    const open = (await become(hidden, { name: "ops", private: false, default: true })).after;
    expect(await room("ops")).toMatchObject({ _id: made.id, t: "c", default: true });
    expect(open.outputs).toMatchObject({ private: false, default: true });
  });

  it("sends a join code when it changes, and never shows it", async () => {
    const made = await run.create({ name: "ops", joinCode: "first-Code" });
    expect(await room("ops")).toMatchObject({ joinCodeRequired: true });
    expect((await become(made, { name: "ops", joinCode: "first-Code", topic: "t" })).writes).toEqual({
      "rooms.saveRoomSettings": 1,
    });
    await person("bob");
    const bob = await Reader.connect(run.server.url, "bob", "Passw0rd!bob");
    await become(made, { name: "ops", joinCode: "second-Code", topic: "t" });
    await expect(bob.post("channels.join", { roomId: made.id, joinCode: "first-Code" })).rejects.toThrow(
      "error-code-invalid",
    );
    await bob.post("channels.join", { roomId: made.id, joinCode: "second-Code" });
    await become(made, { name: "ops", joinCode: "", topic: "t" });
    expect(await room("ops")).toMatchObject({ joinCodeRequired: false });
    expect(run.log.join("\n")).not.toMatch(/first-Code|second-Code/);
  });

  it("says that the new name is taken", async () => {
    const made = await run.create({ name: "ops" });
    await expect(run.update(made, { name: "general" })).rejects.toThrow(/'general' exists/);
    expect(await room("ops")).toMatchObject({ _id: made.id });
  });

  it("makes a room that somebody archived meanwhile live again", async () => {
    const made = await run.create({ name: "ops" });
    await run.server.reader.post("channels.archive", { roomId: made.id });
    await run.update(made, { name: "ops", topic: "again" });
    expect(await room("ops")).toMatchObject({ archived: false, topic: "again" });
  });
});

describe("people", () => {
  beforeEach(async () => {
    for (const name of ["bob", "carol", "dave"]) await person(name);
  });

  const roles = async (name: string) => {
    const { _id } = await room(name);
    const { roles: rows } = (await run.server.reader.get(`channels.roles?roomId=${_id}`)) as {
      roles: { u: { username: string }; roles: string[] }[];
    };
    return Object.fromEntries(rows.map((row) => [row.u.username, row.roles.toSorted()]));
  };

  it("adds with include, and lets others be", async () => {
    const inputs = { name: "crew", members: ["bob"], owners: ["carol"] };
    const made = await run.create(inputs);
    expect(await roles("crew")).toEqual({ admin: ["owner"], carol: ["owner"] });
    await run.server.reader.post("channels.invite", { roomId: made.id, username: "dave" });
    await run.nextRun();
    expect((await run.read(made))?.inputs).toEqual(inputs);
    const { writes } = await become(made, { name: "crew", members: [], owners: ["carol"], moderators: ["dave"] });
    expect(writes).toEqual({ "channels.addModerator": 1 });
    expect(await run.server.reader.members("crew")).toEqual(["admin", "bob", "carol", "dave"]);
  });

  it("removes others with exact, but never the account of the connection", async () => {
    const inputs = { name: "crew", membership: "exact", members: ["bob"], owners: ["carol"], moderators: [] };
    const made = await run.create(inputs);
    await run.server.reader.post("channels.invite", { roomId: made.id, username: "dave" });
    await run.server.reader.post("channels.addModerator", { roomId: made.id, username: "bob" });
    await run.nextRun();
    const seen = await run.read(made);
    expect(seen?.inputs).toEqual({ ...inputs, members: ["bob", "dave"], moderators: ["bob"] });
    const { after, writes } = await become(seen!, inputs);
    expect(writes).toEqual({ "channels.kick": 1, "channels.removeModerator": 1 });
    expect(await run.server.reader.members("crew")).toEqual(["admin", "bob", "carol"]);
    expect(await roles("crew")).toEqual({ admin: ["owner"], carol: ["owner"] });
    expect(after.outputs).toMatchObject(inputs);
  });

  it("sees that a member was removed by hand", async () => {
    const made = await run.create({ name: "crew", members: ["bob", "carol"] });
    const { user } = (await run.server.reader.get("users.info?username=bob")) as { user: { _id: string } };
    await run.server.reader.post("channels.kick", { roomId: made.id, userId: user._id });
    expect((await run.read(made))?.inputs).toEqual({ name: "crew", members: ["carol"] });
  });

  it("does not take a deactivated member for a removed one", async () => {
    const made = await run.create({ name: "crew", membership: "exact", members: ["bob", "carol"] });
    const { user } = (await run.server.reader.get("users.info?username=bob")) as { user: { _id: string } };
    await run.server.reader.post("users.setActiveStatus", { userId: user._id, activeStatus: false });
    expect((await run.read(made))?.inputs).toMatchObject({ members: ["bob", "carol"] });
    expect(
      (await become(made, { name: "crew", membership: "exact", members: ["bob", "carol"], topic: "t" })).writes,
    ).toEqual({
      "rooms.saveRoomSettings": 1,
    });
  });

  it("refuses to leave a room without an owner", async () => {
    const made = await run.create({ name: "crew", excludeSelf: true, owners: ["bob"] });
    await expect(run.update(made, { name: "crew", membership: "exact", owners: [] })).rejects.toThrow(
      /left without an owner.*"bob"/,
    );
    expect(await roles("crew")).toEqual({ bob: ["owner"] });
  });

  it("says why the members of a foreign private room can't be managed", async () => {
    const bob = await Reader.connect(run.server.url, "bob", "Passw0rd!bob");
    const { group } = (await bob.post("groups.create", { name: "bobs" })) as { group: { _id: string } };
    await expect(run.create({ name: "bobs", members: ["carol"], adopt: true })).rejects.toThrow(
      /not visible to "admin"/,
    );
    const taken = await run.create({ name: "bobs", topic: "by admin", adopt: true });
    expect(taken.id).toBe(group._id);
    expect((await bob.get(`groups.info?roomId=${group._id}`)).group).toMatchObject({ topic: "by admin", t: "p" });
    await run.nextRun();
    expect((await run.read(taken))?.outputs).toEqual(taken.outputs);
  });
});

describe("delete", () => {
  it("archives by default, and does it once", async () => {
    const made = await run.create({ name: "ops" });
    expect(await run.writesOf(() => run.remove(made))).toEqual({ "rooms.changeArchivationState": 1 });
    expect(await room("ops")).toMatchObject({ archived: true });
    expect(await run.writesOf(() => run.remove(made))).toEqual({});
    await run.nextRun();
    expect(await run.read(made)).toBeUndefined();
  });

  it("deletes when asked to, private rooms that hide from the account too, and again without an error", async () => {
    await person("bob");
    const made = await run
      .create({ name: "plans", private: true, excludeSelf: true, members: ["bob"] })
      .catch((error) => ({
        id: (error as { id: string }).id,
        outputs: { name: "plans" },
      }));
    await run.remove(made, "delete");
    expect((await run.server.reader.rooms()).map(({ name }) => name)).toEqual(["general"]);
    await run.remove(made, "delete");
    expect(await run.read(made)).toBeUndefined();
  });

  it("leaves it alone when asked to", async () => {
    const made = await run.create({ name: "ops" });
    expect(await run.writesOf(() => run.remove(made, "retain"))).toEqual({});
  });

  it("refuses a team's main room", async () => {
    await run.server.reader.post("teams.create", { name: "squad", type: 0 });
    const taken = await run.create({ name: "squad", adopt: true });
    await expect(run.remove(taken, "delete")).rejects.toThrow(/main room of a team/);
  });

  it("deletes GENERAL only when the resource itself says so", async () => {
    const taken = await run.create({ name: "general", adopt: true });
    expect(taken.id).toBe("GENERAL");
    await withSession(({ context }) =>
      expect(channelHandler.delete(context, "GENERAL", { name: "general" }, "delete")).rejects.toThrow(
        /every account joins/,
      ),
    );
    expect(await room("general")).toMatchObject({ _id: "GENERAL" });
    await run.remove(taken, "delete");
    expect(await run.server.reader.rooms()).toEqual([]);
  });
});

describe("list and reads", () => {
  it("gives public and private rooms", async () => {
    await run.create({ name: "open" });
    await run.create({ name: "closed", private: true });
    const names = await withSession(async ({ context }) => {
      const rows = [];
      for await (const live of channelHandler.list(context)) rows.push(channelHandler.map(live, context, { name: "" }));
      return rows.map(({ inputs }) => `${inputs.name} ${inputs.private}`);
    });
    expect(names.toSorted()).toEqual(["closed true", "general false", "open false"]);
  });

  it("answers many reads from list pages", async () => {
    const made: Recorded[] = [];
    for (let index = 0; index < 12; index++) made.push(await run.create({ name: `room-${index}`, topic: "t" }));
    await run.nextRun();
    const reads = await run.readsOf(async () => {
      for (const recorded of made) expect(await run.read(recorded)).toMatchObject({ id: recorded.id });
    });
    expect(reads["channels.list"]).toBe(1);
    expect(reads["rooms.info"]).toBeUndefined();
  });
});
