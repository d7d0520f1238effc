/** A stack's whole life on both engines: preview, up, nothing to do, renames, destroy and revival. */
import { expect } from "vitest";
import { describeOnEngines, describeOnRunner } from "../support/engines.ts";
import { declare, edited, programOf, without } from "../support/programs.ts";
import type { Resource } from "../support/project.ts";
import { scenario } from "../support/scenario.ts";
import { WORLD } from "../support/world.ts";

/** A user, secrets and all, takes at most 1,800 bytes of state, and the loader's code is short. */
function expectSmall(resource: Resource): void {
  const loaders = [resource.inputs?.__provider, resource.outputs?.__provider];
  expect(loaders.map((text) => typeof text)).toEqual(["string", "string"]);
  expect(loaders.join("").length).toBeLessThanOrEqual(240);
  expect(JSON.stringify(resource).length).toBeLessThanOrEqual(1_800);
}

describeOnEngines("A stack", (engine) => {
  scenario("is previewed without a write, made, and then costs no call", async ({ lab }) => {
    const server = await lab.server();
    const project = lab.project(engine, server, programOf(WORLD));
    project.asInstalled = true;

    await server.forget();
    const planned = await project.operations();
    expect(planned).toMatchObject(Object.fromEntries(Object.keys(WORLD).map((name) => [name, "create"])));
    expect(Object.keys(await server.calls()).filter((call) => !call.startsWith("GET"))).toEqual([]);

    project.previewFirst = true;
    await project.succeed("up");
    expect(Object.keys(project.ids()).sort()).toEqual(Object.keys(WORLD).sort());
    for (const resource of project.resources().filter(({ type }) => type.endsWith(":User"))) expectSmall(resource);
    const { reader } = server;
    expect(await reader.user("alice")).toMatchObject({
      name: "Alice Liddell",
      bio: "Platform engineering",
      active: true,
    });
    expect((await reader.user("bob")).roles.sort()).toEqual(["bot", "user"]);
    expect(await reader.room("engineering")).toMatchObject({ t: "c", topic: "What we build" });
    expect(await reader.room("incidents")).toMatchObject({ t: "p", topic: "Only while something burns" });
    expect(await reader.members("engineering")).toEqual(["admin", "alice", "bob"]);
    expect(await reader.members("incidents")).toEqual(["admin", "alice"]);
    expect((await reader.integrations()).map(({ name }) => name).sort()).toEqual(["Deployments", "Relay"]);
    expect(await reader.tokens()).toEqual(["scripts"]);
    expect(await reader.setting("Site_Name")).toBe("Wonderland");

    await server.forget();
    await project.succeed("up", "--expect-no-changes");
    expect(await server.calls()).toEqual({});
  });

  scenario("is put away by destroy, and the next up brings back the same objects", async ({ lab }) => {
    const server = await lab.server();
    const { reader } = server;
    const named = await reader.setting("Site_Name");
    const project = lab.project(engine, server, programOf(WORLD));
    await project.succeed("up");
    const { alice, bob, engineering, incidents } = project.ids();

    await project.succeed("destroy");
    expect(project.ids()).toEqual({});
    const accounts = await reader.users();
    for (const id of [alice, bob]) expect(accounts.find(({ _id }) => _id === id)).toMatchObject({ active: false });
    const rooms = await reader.rooms();
    for (const id of [engineering, incidents])
      expect(rooms.find(({ _id }) => _id === id)).toMatchObject({ archived: true });
    expect(await reader.integrations()).toEqual([]);
    expect(await reader.tokens()).toEqual([]);
    expect(await reader.setting("Site_Name")).toBe(named);

    await project.succeed("up");
    expect(project.ids()).toMatchObject({ alice, bob, engineering, incidents });
    expect(await reader.user("alice")).toMatchObject({ active: true, name: "Alice Liddell" });
    expect((await reader.room("engineering")).archived ?? false).toBe(false);
    expect(await reader.members("incidents")).toEqual(["admin", "alice"]);
    await project.succeed("preview", "--expect-no-changes");
  });
});

describeOnRunner("A resource", (engine) => {
  scenario("keeps the id of a room and of a user that are renamed", async ({ lab }) => {
    const server = await lab.server();
    const people = {
      carol: declare("User", {
        username: "carol",
        name: "Carol",
        email: "carol@example.com",
        password: "Caroline-1871",
      }),
      lounge: declare("Channel", { name: "lounge" }),
      den: declare("Channel", { name: "den", private: true }),
    };
    const project = lab.project(engine, server, programOf(people));
    await project.succeed("up");
    const before = project.ids();

    const renamed = { carol: { username: "caroline" }, lounge: { name: "saloon" }, den: { name: "lair" } };
    project.program(programOf(edited(people, renamed)));
    expect(await project.operations()).toEqual({ carol: "update", lounge: "update", den: "update" });
    await project.succeed("up");

    expect(project.ids()).toEqual(before);
    const { reader } = server;
    expect((await reader.user("caroline"))._id).toBe(before.carol);
    expect((await reader.room("saloon"))._id).toBe(before.lounge);
    expect((await reader.room("lair"))._id).toBe(before.den);
  });

  scenario("deletes or keeps what onDestroy says, when a resource leaves the program", async ({ lab }) => {
    const server = await lab.server();
    const { reader } = server;
    const user = (name: string, onDestroy: string) =>
      declare("User", { username: name, name, email: `${name}@example.com`, password: "Some-Password-1", onDestroy });
    const all = {
      erased: user("erased", "delete"),
      kept: user("kept", "retain"),
      scratch: declare("Channel", { name: "scratch", onDestroy: "delete" }),
      archive: declare("Channel", { name: "archive", private: true, onDestroy: "retain" }),
      hook: declare("IncomingWebhook", {
        name: "Kept",
        channel: "#general",
        username: "rocket.cat",
        onDestroy: "retain",
      }),
      stays: declare("Channel", { name: "stays" }),
    };
    const project = lab.project(engine, server, programOf(all));
    await project.succeed("up");

    project.program(programOf(without(all, "erased", "kept", "scratch", "archive", "hook")));
    await project.succeed("up");
    expect(Object.keys(project.ids())).toEqual(["stays"]);
    const names = (await reader.users()).map(({ username }) => username);
    expect(names).toContain("kept");
    expect(names).not.toContain("erased");
    expect(await reader.user("kept")).toMatchObject({ active: true });
    const rooms = (await reader.rooms()).map(({ name, archived }) => [name, archived ?? false]);
    expect(rooms).toContainEqual(["archive", false]);
    expect(rooms.map(([name]) => name)).not.toContain("scratch");
    expect((await reader.integrations()).map(({ name }) => name)).toEqual(["Kept"]);
  });

  scenario("takes over what exists only when asked to", async ({ lab }) => {
    const server = await lab.server();
    const { reader } = server;
    await reader.post("channels.create", { name: "watercooler" });
    const room = await reader.room("watercooler");
    // By hand, and changed since: nobody's unfinished work.
    await reader.post("channels.setTopic", { roomId: room._id, topic: "Gossip" });
    const wanted = { watercooler: declare("Channel", { name: "watercooler", topic: "News" }) };
    const project = lab.project(engine, server, programOf(wanted));

    const refused = await project.run("up");
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain('channel "watercooler" exists already');
    expect(refused.output).toContain("adopt: true");
    expect(project.ids()).toEqual({});
    expect(await reader.room("watercooler")).toMatchObject({ topic: "Gossip" });

    project.program(programOf(edited(wanted, { watercooler: { adopt: true } })));
    await project.succeed("up");
    expect(project.ids()).toEqual({ watercooler: room._id });
    expect(await reader.room("watercooler")).toMatchObject({ topic: "News" });
    await project.succeed("preview", "--expect-no-changes");
  });
});
