import { afterEach, describe, expect, it } from "vitest";
import { roleHandler } from "../../../../provider/kinds/role/handler.ts";
import { VERSIONS } from "../../../../provider/sandbox/index.ts";
import { type KindRun, startKind } from "../../../support/kind.ts";

let run: KindRun;
afterEach(() => run.close());

interface Role {
  _id: string;
  name: string;
  description: string;
  scope: string;
  mandatory2fa: boolean;
}
const roles = async () => (await run.server.reader.get("roles.list")).roles as Role[];
const role = async (name: string) => (await roles()).find((one) => one.name === name);

describe.each(VERSIONS)("with a licence, on Rocket.Chat %s", (version) => {
  const start = async () => {
    run = await startKind(roleHandler, { version, licence: true });
  };

  it("makes, changes, renames and deletes a role, a call each", async () => {
    await start();
    const made = await run.create({ name: "supporter", description: "Helps" });
    expect(await role("supporter")).toMatchObject({ _id: made.id, description: "Helps", scope: "Users" });
    expect(made.outputs).toMatchObject({ protected: false });
    // What is not declared stays: the server would reset it.
    await run.server.reader.post("roles.update", { roleId: made.id, name: "supporter", description: "By hand" });
    const renamed = await run.update({ id: made.id, outputs: { name: "supporter" } }, { name: "helper" });
    expect(await role("helper")).toMatchObject({ _id: made.id, description: "By hand" });
    expect(await run.writesOf(() => run.update(renamed, { name: "helper", mandatory2fa: true }))).toEqual({
      "roles.update": 1,
    });
    await run.nextRun();
    expect((await run.read(renamed))?.id).toBe(made.id);
    expect(await run.writesOf(() => run.remove(renamed))).toEqual({ "roles.delete": 1 });
    await run.nextRun();
    expect(await run.read(renamed)).toBeUndefined();
    expect(await run.writesOf(() => run.remove(renamed))).toEqual({});
  });

  it("names those who still hold a role that is to go", async () => {
    await start();
    const made = await run.create({ name: "supporter" });
    await run.server.reader.post("roles.addUserToRole", { username: "admin", roleId: made.id });
    await expect(run.remove(made)).rejects.toThrow(/role "supporter" is still held by "admin".*\n.*RoleMember/);
    expect(await role("supporter")).toBeDefined();
  });

  it("does not take somebody else's role for its own", async () => {
    await start();
    await run.server.reader.post("roles.create", { name: "supporter", description: "Another one" });
    await expect(run.create({ name: "supporter", description: "Helps" })).rejects.toThrow(/exists already.*\n.*adopt/);
    const adopted = await run.create({ name: "supporter", description: "Helps", adopt: true });
    expect(await role("supporter")).toMatchObject({ _id: adopted.id, description: "Helps" });
  });

  it("takes over what a killed run left", async () => {
    await start();
    const first = await run.create({ name: "supporter", description: "Helps" });
    await run.nextRun();
    expect((await run.create({ name: "supporter", description: "Helps" })).id).toBe(first.id);
    expect(run.log.join()).toMatch(/taken over/);
  });
});

describe.each(VERSIONS)("without a licence, on Rocket.Chat %s", (version) => {
  const start = async () => {
    run = await startKind(roleHandler, { version });
  };

  it("says that custom roles need one, whatever the refusal looks like", async () => {
    await start();
    const wanted = { name: "supporter" };
    const before = (await roles()).length;
    await expect(run.create(wanted)).rejects.toThrow(/role "supporter": .*no licence for custom roles.*\n.*built-in/);
    await run.server.control("faults", { path: "/api/v1/roles.create", action: "status", status: 404, body: "404" });
    await expect(run.create(wanted)).rejects.toThrow(/no licence for custom roles/);
    expect(await roles()).toHaveLength(before);
  });

  it("changes a built-in role that is adopted, and lets it stay", async () => {
    await start();
    const inputs = { name: "guest", mandatory2fa: true, adopt: true };
    const { description } = (await role("guest"))!;
    const made = await run.create(inputs);
    expect(await role("guest")).toMatchObject({ _id: "guest", mandatory2fa: true, description });
    expect(made.outputs).toMatchObject({ protected: true });
    await run.nextRun();
    expect(await run.writesOf(() => run.remove(made))).toEqual({});
    expect(run.log.join()).toMatch(/role "guest" is built in: it stays/);
    expect(await role("guest")).toBeDefined();
  });

  it("keeps name and scope of a room role, and says so where others are declared", async () => {
    await start();
    const made = await run.create({ name: "moderator", description: "Keeps order", adopt: true });
    expect(await role("moderator")).toMatchObject({ scope: "Subscriptions", description: "Keeps order" });
    await expect(run.update(made, { name: "keeper", adopt: true })).rejects.toThrow(
      /name: role "moderator" is built in/,
    );
    await expect(run.create({ name: "owner", scope: "Users", adopt: true })).rejects.toThrow(
      /^scope: .*"Subscriptions"/,
    );
  });
});
