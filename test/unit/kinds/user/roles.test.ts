import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { userHandler } from "../../../../provider/kinds/user/handler.ts";
import { VERSIONS } from "../../../../provider/sandbox/index.ts";
import { type KindRun, startKind } from "../../../support/kind.ts";

describe.each(VERSIONS)("on Rocket.Chat %s", (version) => {
  let run: KindRun;
  let roleId: string;
  const alice = { username: "alice", name: "Alice", email: "alice@example.test", password: "Passw0rd!alice" };

  beforeEach(async () => {
    run = await startKind(userHandler, { version, licence: true });
    roleId = ((await run.server.reader.post("roles.create", { name: "supporter" })).role as { _id: string })._id;
  });
  afterEach(() => run.close());

  const roles = async () => (await run.server.reader.user("alice")).roles;

  it("takes a custom role by its name, and keeps saying so", async () => {
    const inputs = { ...alice, roles: ["user", "supporter"] };
    const made = await run.create(inputs);
    expect(await roles()).toEqual(["user", roleId]);
    expect(made.outputs.roles).toEqual(["user", "supporter"]);
    await run.nextRun();
    expect((await run.read(made))?.outputs).toEqual(made.outputs);
    expect(await run.writesOf(() => run.update(made, inputs))).toEqual({});
    const changed = await run.update(made, { ...inputs, roles: ["bot", "supporter"] });
    expect(await roles()).toEqual(["bot", roleId]);
    expect(changed.outputs.roles).toEqual(["bot", "supporter"]);
    const byId = await run.update(changed, { ...inputs, roles: [roleId] });
    expect(await roles()).toEqual([roleId]);
    expect(byId.outputs.roles).toEqual([roleId]);
  });

  it("shows a role that was taken away by hand", async () => {
    const made = await run.create({ ...alice, roles: ["user", "supporter"] });
    await run.server.reader.post("roles.removeUserFromRole", { username: "alice", roleId });
    await run.nextRun();
    expect((await run.read(made))?.inputs.roles).toEqual(["user"]);
  });

  it("names an unknown role before anything is written, and asks nothing for the built-in ones", async () => {
    const writes = await run.writesOf(async () => {
      await expect(run.create({ ...alice, roles: ["user", "suporter"] })).rejects.toThrow(
        /roles\[1\]: there is no role .*"suporter".*did you mean "supporter"/,
      );
    });
    expect(writes).toEqual({});
    const reads = await run.readsOf(() => run.create({ ...alice, roles: ["user", "bot"] }));
    expect(reads).not.toHaveProperty("roles.list");
  });
});
