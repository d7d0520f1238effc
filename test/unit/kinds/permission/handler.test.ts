import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { permissionHandler } from "../../../../provider/kinds/permission/handler.ts";
import { VERSIONS } from "../../../../provider/sandbox/index.ts";
import { type KindRun, startKind } from "../../../support/kind.ts";

describe.each(VERSIONS)("on Rocket.Chat %s", (version) => {
  let run: KindRun;
  beforeEach(async () => {
    run = await startKind(permissionHandler, { version, licence: true });
    await byHand(...before);
  });
  afterEach(() => run.close());

  const id = "mention-all";
  const before = ["admin", "owner", "moderator", "user"];
  const roles = async (permission = id) => {
    const { update } = (await run.server.reader.get("permissions.listAll")) as {
      update: { _id: string; roles: string[] }[];
    };
    return update.find(({ _id }) => _id === permission)?.roles.toSorted();
  };
  const byHand = (...to: string[]) =>
    run.server.reader.post("permissions.update", { permissions: [{ _id: id, roles: to }] });

  it("sets exactly these roles in one call, and puts back what was", async () => {
    let made!: Awaited<ReturnType<KindRun["create"]>>;
    const calls = await run.writesOf(async () => {
      made = await run.create({ permissionId: id, roles: ["bot", "admin"] });
    });
    expect(calls).toEqual({ "permissions.update": 1 });
    expect(await roles()).toEqual(["admin", "bot"]);
    expect(made).toMatchObject({ id, outputs: { previousRoles: before } });
    await run.nextRun();
    expect((await run.read(made))?.outputs).toEqual(made.outputs);
    await run.remove(made);
    expect(await roles()).toEqual(before.toSorted());
  });

  it("leaves it at what it is with retain, and takes nobody for an answer", async () => {
    const made = await run.create({ permissionId: id, roles: [] });
    expect(await roles()).toEqual([]);
    await run.remove(made, "retain");
    expect(await roles()).toEqual([]);
  });

  it("adds with include, takes back what it added only, and so it does at the end", async () => {
    const inputs = { permissionId: id, roles: ["user", "bot", "app"], membership: "include" };
    const made = await run.create(inputs);
    expect(await roles()).toEqual([...before, "bot", "app"].toSorted());
    await byHand(...before, "bot", "app", "guest");
    await run.nextRun();
    // What others gave is not ours to compare.
    expect((await run.read(made))?.inputs.roles).toEqual(made.outputs.roles);
    const changed = await run.update(made, { ...inputs, roles: ["bot"] });
    expect(await roles()).toEqual([...before, "bot", "guest"].toSorted());
    await run.remove(changed);
    expect(await roles()).toEqual([...before, "guest"].toSorted());
  });

  it("shows who was added or dropped by hand, and mends it", async () => {
    const inputs = { permissionId: id, roles: ["admin", "bot"] };
    const made = await run.create(inputs);
    await byHand("admin", "guest");
    await run.nextRun();
    expect((await run.read(made))?.inputs.roles).toEqual(["admin", "guest"]);
    await run.update(made, inputs);
    expect(await roles()).toEqual(["admin", "bot"]);
    expect(await run.writesOf(() => run.update(made, inputs))).toEqual({});
  });

  it("takes a custom role by its name, and restores without it once that is gone", async () => {
    const { role } = (await run.server.reader.post("roles.create", { name: "supporter" })) as { role: { _id: string } };
    await byHand("admin", role._id);
    const made = await run.create({ permissionId: id, roles: ["supporter", "bot"] });
    expect(await roles()).toEqual([role._id, "bot"].toSorted());
    expect(made.outputs).toMatchObject({ roles: ["supporter", "bot"], previousRoles: ["admin", role._id] });
    await run.nextRun();
    expect((await run.read(made))?.inputs.roles).toEqual(["supporter", "bot"]);
    await run.server.reader.post("roles.delete", { roleId: role._id });
    await run.remove(made);
    expect(await roles()).toEqual(["admin"]);
  });

  it("refuses what does not exist before anything is written, with what may have been meant", async () => {
    const writes = await run.writesOf(async () => {
      await expect(run.create({ permissionId: "mention-al", roles: ["admin"] })).rejects.toThrow(
        /permissionId: the server has no permission "mention-al"; did you mean "mention-all"/,
      );
      await expect(run.create({ permissionId: id, roles: ["admin", "modrator"] })).rejects.toThrow(
        /roles\[1\]: there is no role .*"modrator".*did you mean "moderator"\?/,
      );
    });
    expect(writes).toEqual({});
    expect(await roles()).toEqual(before.toSorted());
  });

  it("does not lock its own account out", async () => {
    const made = run.create({ permissionId: "access-permissions", roles: ["moderator"] });
    await expect(made).rejects.toThrow(/"admin".*could not set permissions any more.*\n.*Keep one of these/);
    expect(await roles("access-permissions")).toEqual(["admin"]);
  });

  it("answers all permissions of a program from one list", async () => {
    const made = [
      await run.create({ permissionId: id, roles: ["admin"] }),
      await run.create({ permissionId: "mention-here", roles: ["admin"] }),
    ];
    await run.nextRun();
    const reads = await run.readsOf(async () => {
      for (const one of made) expect(await run.read(one)).toBeDefined();
    });
    expect(reads).toMatchObject({ "permissions.listAll": 1, "roles.list": 1 });
  });
});
