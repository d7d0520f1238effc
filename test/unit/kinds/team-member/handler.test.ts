import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { teamMemberHandler } from "../../../../provider/kinds/team-member/handler.ts";
import { VERSIONS } from "../../../../provider/sandbox/index.ts";
import { type KindRun, startKind } from "../../../support/kind.ts";

describe.each(VERSIONS)("on Rocket.Chat %s", (version) => {
  let run: KindRun;
  let teamId: string;
  const ids: Record<string, string> = {};
  const post = (path: string, body: Record<string, unknown>) => run.server.reader.post(path, body);

  beforeEach(async () => {
    run = await startKind(teamMemberHandler, { version });
    for (const username of ["bob", "carol"]) {
      const user = { username, name: username, email: `${username}@example.test`, password: `Passw0rd!${username}` };
      ids[username] = ((await post("users.create", user)).user as { _id: string })._id;
    }
    teamId = ((await post("teams.create", { name: "crew", type: 1 })).team as { _id: string })._id;
  });
  afterEach(() => run.close());

  const members = async () => {
    const answer = await run.server.reader.get(`teams.members?teamId=${teamId}`);
    const rows = answer.members as { user: { username: string }; roles?: string[] }[];
    return Object.fromEntries(rows.map(({ user, roles = [] }) => [user.username, roles]));
  };

  it("adds people by the team's name or id, with roles, in one call each", async () => {
    let bob!: Awaited<ReturnType<KindRun["create"]>>;
    const calls = await run.writesOf(async () => {
      bob = await run.create({ team: "crew", username: "bob", roles: ["moderator", "leader"] });
    });
    expect(calls).toEqual({ "teams.addMembers": 1 });
    const carol = await run.create({ team: teamId, username: "carol" });
    expect([bob.id, carol.id]).toEqual([`${teamId}/${ids.bob}`, `${teamId}/${ids.carol}`]);
    expect(await members()).toEqual({ admin: ["owner"], bob: ["moderator", "leader"], carol: [] });
    expect(await run.server.reader.members("crew")).toEqual(["admin", "bob", "carol"]);
    await run.nextRun();
    const reads = await run.readsOf(async () => {
      for (const one of [bob, carol]) expect((await run.read(one))?.outputs).toEqual(one.outputs);
    });
    expect(reads).toMatchObject({ "teams.members": 1, "teams.listAll": 1 });
  });

  it("takes a membership that is there already, and brings its roles in line", async () => {
    await post("teams.addMembers", { teamId, members: [{ userId: ids.bob, roles: ["moderator"] }] });
    await run.create({ team: "crew", username: "bob", roles: ["owner"] });
    expect((await members()).bob).toEqual(["owner"]);
    await run.create({ team: "crew", username: "carol" });
    await post("teams.updateMember", { teamId, member: { userId: ids.carol, roles: ["leader"] } });
    await run.nextRun();
    await run.create({ team: "crew", username: "carol" });
    expect((await members()).carol).toEqual(["leader"]);
  });

  it("finds roles that were changed by hand, and a person that was removed", async () => {
    const inputs = { team: "crew", username: "bob", roles: ["moderator"] };
    const bob = await run.create(inputs);
    await post("teams.updateMember", { teamId, member: { userId: ids.bob, roles: ["leader"] } });
    await run.nextRun();
    expect((await run.read(bob))?.inputs.roles).toEqual(["leader"]);
    await run.update(bob, inputs);
    expect((await members()).bob).toEqual(["moderator"]);
    await post("teams.removeMember", { teamId, userId: ids.bob });
    await run.nextRun();
    expect(await run.read(bob)).toBeUndefined();
    expect(await run.writesOf(() => run.update(bob, inputs).catch(() => {}))).toEqual({});
  });

  it("removes the person from the team and its main room, once", async () => {
    const bob = await run.create({ team: "crew", username: "bob" });
    expect(await run.writesOf(() => run.remove(bob))).toEqual({ "teams.removeMember": 1 });
    expect(await run.server.reader.members("crew")).toEqual(["admin"]);
    await run.remove(bob);
    await post("teams.delete", { teamId });
    expect(await run.writesOf(() => run.remove(bob))).toEqual({});
    await run.nextRun();
    expect(await run.read(bob)).toBeUndefined();
  });

  it("keeps a deactivated member, and says why it can't be removed", async () => {
    const bob = await run.create({ team: "crew", username: "bob" });
    await post("users.setActiveStatus", { userId: ids.bob, activeStatus: false });
    await run.nextRun();
    expect((await run.read(bob))?.id).toBe(bob.id);
    await expect(run.remove(bob)).rejects.toThrow(/deactivated.*\n.*retain/);
    expect(await run.writesOf(() => run.remove(bob, "retain"))).toEqual({});
  });

  it("says that the last owner stays", async () => {
    const admin = await run.create({ team: "crew", username: "admin", roles: ["owner"] });
    await expect(run.remove(admin)).rejects.toThrow(/last owner.*\n.*retain/);
    expect(await members()).toEqual({ admin: ["owner"] });
  });

  it("names an unknown team and an unknown user, where the server would crash", async () => {
    const writes = await run.writesOf(async () => {
      await expect(run.create({ team: "nowhere", username: "bob" })).rejects.toThrow(
        /team: there is no team .*"nowhere"/,
      );
      await expect(run.create({ team: "crew", username: "Bob" })).rejects.toThrow(/username: there is no user "Bob"/);
    });
    expect(writes).toEqual({});
  });
});
