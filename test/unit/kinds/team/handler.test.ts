import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { teamHandler } from "../../../../provider/kinds/team/handler.ts";
import { VERSIONS } from "../../../../provider/sandbox/index.ts";
import { type KindRun, startKind } from "../../../support/kind.ts";
import { Reader } from "../../../support/reader.ts";

describe.each(VERSIONS)("on Rocket.Chat %s", (version) => {
  let run: KindRun;
  const ids: Record<string, string> = {};
  const post = (path: string, body: Record<string, unknown>) => run.server.reader.post(path, body);

  beforeEach(async () => {
    run = await startKind(teamHandler, { version });
    for (const name of ["deck", "hold", "mess"]) {
      ids[name] = ((await post("channels.create", { name })).channel as { _id: string })._id;
    }
  });
  afterEach(() => run.close());

  const info = async (teamId: string) =>
    (await run.server.reader.get(`teams.info?teamId=${teamId}`)).teamInfo as { name: string; type: number };
  const rooms = async (teamId: string) => {
    const { rooms: rows } = await run.server.reader.get(`teams.listRooms?teamId=${teamId}`);
    return (rows as { name: string }[]).map(({ name }) => name).sort();
  };

  it("makes a team with what stands on its main room, in two calls", async () => {
    let made!: Awaited<ReturnType<KindRun["create"]>>;
    const inputs = { name: "crew", private: true, topic: "Who sails", description: "All hands", announcement: "Ahoy" };
    const calls = await run.writesOf(async () => {
      made = await run.create(inputs);
    });
    expect(calls).toEqual({ "teams.create": 1, "rooms.saveRoomSettings": 1 });
    expect(await info(made.id)).toMatchObject({ name: "crew", type: 1 });
    expect(await run.server.reader.room("crew")).toMatchObject({
      _id: made.outputs.roomId,
      t: "p",
      topic: "Who sails",
      description: "All hands",
      announcement: "Ahoy",
    });
    await run.nextRun();
    expect((await run.read(made))?.outputs).toEqual(made.outputs);
  });

  it("renames and retypes in one call, and empties a text", async () => {
    const made = await run.create({ name: "crew", topic: "Who sails" });
    const calls = await run.writesOf(() => run.update(made, { name: "hands", private: true, topic: "" }));
    expect(calls).toEqual({ "teams.update": 1, "rooms.saveRoomSettings": 1 });
    expect(await info(made.id)).toMatchObject({ name: "hands", type: 1 });
    expect(await run.server.reader.room("hands")).toMatchObject({ _id: made.outputs.roomId, t: "p", topic: "" });
  });

  it("takes rooms in by name or id, and leaves others alone", async () => {
    const made = await run.create({ name: "crew", rooms: ["deck", ids.hold] });
    expect(await rooms(made.id)).toEqual(["deck", "hold"]);
    await post("teams.addRooms", { teamId: made.id, rooms: [ids.mess] });
    await run.nextRun();
    expect((await run.read(made))?.inputs.rooms).toEqual(["deck", ids.hold]);
    await run.update(made, { name: "crew", rooms: ["deck"] });
    expect(await rooms(made.id)).toEqual(["deck", "hold", "mess"]);
  });

  it("with exact sends other rooms back to the workspace", async () => {
    const inputs = { name: "crew", rooms: ["deck"], membership: "exact" };
    const made = await run.create(inputs);
    await post("teams.addRooms", { teamId: made.id, rooms: [ids.mess] });
    await run.nextRun();
    expect((await run.read(made))?.inputs.rooms).toEqual(["deck", ids.mess]);
    const calls = await run.writesOf(() => run.update(made, { ...inputs, rooms: ["hold"] }));
    expect(calls).toEqual({ "teams.addRooms": 1, "teams.removeRoom": 2 });
    expect(await rooms(made.id)).toEqual(["hold"]);
    expect(await run.server.reader.room("mess")).not.toHaveProperty("teamId");
  });

  it("deletes the team and keeps its further rooms, once", async () => {
    const made = await run.create({ name: "crew", rooms: ["deck"] });
    expect(await run.writesOf(() => run.remove(made))).toEqual({ "teams.delete": 1 });
    const names = (await run.server.reader.rooms()).map(({ name }) => name);
    expect(names).toContain("deck");
    expect(names).not.toContain("crew");
    await run.remove(made);
    await run.nextRun();
    expect(await run.read(made)).toBeUndefined();
  });

  it("gives it to another owner from the start", async () => {
    await post("users.create", { username: "bob", name: "B", email: "b@example.test", password: "Passw0rd!bob" });
    const made = await run.create({ name: "crew", owner: "bob", topic: "Bob's" });
    const { members } = await run.server.reader.get(`teams.members?teamId=${made.id}`);
    expect(members).toMatchObject([{ user: { username: "bob" }, roles: ["owner"] }]);
    await run.nextRun();
    expect((await run.read(made))?.outputs).toEqual(made.outputs);
    await expect(run.create({ name: "other", owner: "Bob" })).rejects.toThrow(/owner: there is no user "Bob"/);
  });

  it("adopts on demand only, takes over its own work, and says who has the name", async () => {
    const own = await run.create({ name: "crew" });
    await run.nextRun();
    expect((await run.create({ name: "crew" })).id).toBe(own.id);
    await expect(run.create({ name: "deck" })).rejects.toThrow(/team "deck": a room .* has this name already/);
    await expect(run.create({ name: "admin" })).rejects.toThrow(/team "admin": a team or a user .* has this name/);
    await post("users.create", { username: "bob", name: "B", email: "b@example.test", password: "Passw0rd!bob" });
    await post("permissions.update", { permissions: [{ _id: "create-team", roles: ["admin", "user"] }] });
    const bob = await Reader.connect(run.server.url, "bob", "Passw0rd!bob");
    await bob.post("teams.create", { name: "bobs", type: 0 });
    await expect(run.create({ name: "bobs" })).rejects.toThrow(/exists already/);
    expect((await run.create({ name: "bobs", adopt: true })).outputs.creator).toBe("bob");
  });

  it("looks up every room before it writes, and explains what a team can't take", async () => {
    const made = await run.create({ name: "crew", rooms: [] });
    const writes = await run.writesOf(async () => {
      await expect(run.update(made, { name: "crew", rooms: ["deck", "nowhere"] })).rejects.toThrow(
        /rooms\[1\]: there is no room .*"nowhere"/,
      );
    });
    expect(writes).toEqual({});
    await run.create({ name: "other", rooms: ["deck"] });
    await expect(run.update(made, { name: "crew", rooms: ["deck"] })).rejects.toThrow(/"deck" belongs to another team/);
    await post("users.create", { username: "bob", name: "B", email: "b@example.test", password: "Passw0rd!bob" });
    const bob = await Reader.connect(run.server.url, "bob", "Passw0rd!bob");
    await bob.post("channels.create", { name: "bobs" });
    await expect(run.update(made, { name: "crew", rooms: ["bobs"] })).rejects.toThrow(/"admin"\) does not own/);
  });

  it("reads many teams from lists", async () => {
    const made = [await run.create({ name: "crew", topic: "a" }), await run.create({ name: "hands", topic: "b" })];
    await run.nextRun();
    const reads = await run.readsOf(async () => {
      for (const one of made) expect((await run.read(one))?.outputs).toEqual(one.outputs);
    });
    expect(reads).toMatchObject({ "teams.listAll": 1, "channels.list": 1 });
    expect(reads).not.toHaveProperty("teams.info");
  });
});
