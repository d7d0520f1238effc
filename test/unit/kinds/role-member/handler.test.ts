import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { check } from "../../../../provider/engine/check.ts";
import { roleMemberHandler } from "../../../../provider/kinds/role-member/handler.ts";
import { VERSIONS } from "../../../../provider/sandbox/index.ts";
import { type KindRun, startKind } from "../../../support/kind.ts";

describe.each(VERSIONS)("on Rocket.Chat %s", (version) => {
  let run: KindRun;
  let userId: string;
  let roomId: string;
  const post = (path: string, body: Record<string, unknown>) => run.server.reader.post(path, body);

  beforeEach(async () => {
    run = await startKind(roleMemberHandler, { version, licence: true });
    const bob = { username: "bob", name: "Bob", email: "bob@example.test", password: "Passw0rd!bob" };
    userId = ((await post("users.create", bob)).user as { _id: string })._id;
    roomId = ((await post("channels.create", { name: "crew" })).channel as { _id: string })._id;
  });
  afterEach(() => run.close());

  const roles = async () => (await run.server.reader.user("bob")).roles;
  const inRoom = async (role: string) => {
    const { users } = await run.server.reader.get(`roles.getUsersInRole?role=${role}&roomId=${roomId}`);
    return (users as { username: string }[]).map(({ username }) => username).sort();
  };

  it("gives a role in the workspace, finds it gone, and takes it away once", async () => {
    const made = await run.create({ username: "@bob".slice(1), role: "bot" });
    expect(made).toMatchObject({ id: `bot/${userId}`, outputs: { roleId: "bot", userId } });
    expect(await roles()).toEqual(["user", "bot"]);
    await run.nextRun();
    expect((await run.read(made))?.outputs).toEqual(made.outputs);
    expect(await run.writesOf(() => run.remove(made))).toEqual({ "roles.removeUserFromRole": 1 });
    expect(await roles()).toEqual(["user"]);
    await run.nextRun();
    expect(await run.read(made)).toBeUndefined();
    await run.remove(made);
    expect(await roles()).toEqual(["user"]);
  });

  it("manages a role that is held already", async () => {
    const made = await run.create({ username: "bob", role: "user" });
    await run.remove(made, "retain");
    expect(await roles()).toEqual(["user"]);
  });

  it("gives a role in one room, to a member of it", async () => {
    const inputs = { username: "bob", role: "moderator", channel: "crew" };
    await expect(run.create(inputs)).rejects.toThrow(/"bob" is no member of this room.*\n.*ChannelMember/);
    await post("channels.invite", { roomId, username: "bob" });
    const made = await run.create(inputs);
    expect(made).toMatchObject({ id: `moderator/${userId}/${roomId}`, outputs: { roomId } });
    expect(await inRoom("moderator")).toEqual(["bob"]);
    expect(await roles()).toEqual(["user"]);
    await run.nextRun();
    expect((await run.read(made))?.outputs).toEqual(made.outputs);
    await run.remove(made);
    expect(await inRoom("moderator")).toEqual([]);
  });

  it("keeps what it has when role, person and room are renamed", async () => {
    const { role } = (await post("roles.create", { name: "keeper", scope: "Subscriptions" })) as {
      role: { _id: string };
    };
    await post("channels.invite", { roomId, username: "bob" });
    const made = await run.create({ username: "bob", role: "keeper", channel: "crew" });
    await post("roles.update", { roleId: role._id, name: "guardian", scope: "Subscriptions" });
    await post("channels.rename", { roomId, name: "team" });
    await post("users.update", { userId, data: { username: "bobby" } });
    await run.nextRun();
    const back = await run.read(made);
    expect(back?.id).toBe(made.id);
    expect(back?.inputs).toEqual({ username: "bobby", role: "keeper", channel: "crew" });
    await run.remove(made);
    expect(await inRoom(role._id)).toEqual([]);
  });

  it("never gives a role everywhere that was meant for a room", async () => {
    await post("roles.create", { name: "keeper" });
    const writes = await run.writesOf(async () => {
      await expect(run.create({ username: "bob", role: "keeper", channel: "crew" })).rejects.toThrow(
        /^channel: the role "keeper" is held in the whole workspace/,
      );
    });
    expect(writes).toEqual({});
    const { failures } = check(roleMemberHandler, { username: "bob", role: "admin", channel: "crew" });
    expect(failures.map(({ reason }) => reason)).toEqual([expect.stringMatching(/^channel: the role "admin"/)]);
  });

  it("names an unknown role, person and room before anything is written", async () => {
    const writes = await run.writesOf(async () => {
      await expect(run.create({ username: "bob", role: "bott" })).rejects.toThrow(/role: .*"bott".*did you mean "bot"/);
      await expect(run.create({ username: "Bob", role: "bot" })).rejects.toThrow(/username: there is no user "Bob"/);
      await expect(run.create({ username: "bob", role: "owner", channel: "nowhere" })).rejects.toThrow(
        /channel: there is no room .*"nowhere"/,
      );
    });
    expect(writes).toEqual({});
  });

  it("leaves the connection's own account admin, also when there are others, and says what to do", async () => {
    await run.create({ username: "bob", role: "admin" });
    const made = await run.create({ username: "admin", role: "admin" });
    await expect(run.remove(made)).rejects.toThrow(
      /user "admin" is the account that this connection uses .* not stripped of the role admin.*\n.*retain/,
    );
    expect((await run.server.reader.user("admin")).roles).toContain("admin");
  });

  it("reads many holders from the list of people", async () => {
    const made = [
      await run.create({ username: "bob", role: "bot" }),
      await run.create({ username: "bob", role: "app" }),
      await run.create({ username: "rocket.cat", role: "livechat-agent" }),
    ];
    await run.nextRun();
    const reads = await run.readsOf(async () => {
      for (const one of made) expect((await run.read(one))?.outputs).toEqual(one.outputs);
    });
    expect(reads).toMatchObject({ "users.list": 1 });
    expect(reads).not.toHaveProperty("users.info");
  });
});
