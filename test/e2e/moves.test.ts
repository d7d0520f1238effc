/** Wrong or unusual moves that must not lose an object: renames in the program, other providers, other addresses. */
import { expect } from "vitest";
import { describeOnEngines, describeOnRunner } from "../support/engines.ts";
import { declare, expression, programOf } from "../support/programs.ts";
import { scenario } from "../support/scenario.ts";
import { ADMIN } from "../support/server.ts";
import { WORLD } from "../support/world.ts";

const lounge = (options?: Record<string, unknown>) => declare("Channel", { name: "lounge", topic: "Sofas" }, options);

describeOnEngines("A resource that is moved", (engine) => {
  scenario("to another name without an alias is refused, each time, and the object lives", async ({ lab }) => {
    const server = await lab.server();
    const hook = (options?: Record<string, unknown>) =>
      declare("IncomingWebhook", { name: "Hook", channel: "#general", username: "rocket.cat" }, options);
    const project = lab.project(engine, server, programOf({ old: lounge(), oldHook: hook() }));
    await project.succeed("up");
    const { old, oldHook } = project.ids();

    project.program(programOf({ young: lounge(), youngHook: hook() }));
    for (const attempt of ["first", "second"]) {
      const refused = await project.run("up");
      expect(refused.code, attempt).not.toBe(0);
      expect(refused.output).toContain("aliases: [{ name:");
      const room = await server.reader.room("lounge");
      expect(room).toMatchObject({ _id: old, topic: "Sofas" });
      expect(room.archived ?? false).toBe(false);
      expect((await server.reader.integrations()).map(({ _id }) => _id)).toEqual([oldHook]);
    }

    // The hint's way out works from here.
    project.program(programOf({ old: lounge(), oldHook: hook() }));
    await project.run("up");
    expect((await server.reader.room("lounge"))._id).toBe(old);
    expect((await server.reader.room("lounge")).archived ?? false).toBe(false);
  });

  scenario("to another server is made there and put away here", async ({ lab }) => {
    const [here, there] = await Promise.all([lab.server(), lab.server()]);
    const providers = `const here = new rocketchat.Provider("here", { url: "${here.url}", username: "${ADMIN.username}", password: "${ADMIN.password}" });
const there = new rocketchat.Provider("there", { url: "${there.url}", username: "${ADMIN.username}", password: "${ADMIN.password}" });
`;
    const at = (provider: string) => providers + programOf({ lounge: lounge({ provider: expression(provider) }) });
    const project = lab.project(engine, here, at("here"));
    await project.succeed("up");
    expect(await here.reader.room("lounge")).toMatchObject({ topic: "Sofas" });

    project.program(at("there"));
    expect(await project.operations()).toEqual({ lounge: "replace" });
    await project.succeed("up");
    expect(await there.reader.room("lounge")).toMatchObject({ topic: "Sofas", _id: project.ids().lounge });
    expect(await here.reader.room("lounge")).toMatchObject({ archived: true });
    await project.succeed("preview", "--expect-no-changes");
  });
});

describeOnRunner("A resource that is moved", (engine) => {
  scenario("to another name in the program changes nothing with an alias", async ({ lab }) => {
    const server = await lab.server();
    const project = lab.project(engine, server, programOf({ old: lounge() }));
    await project.succeed("up");
    const { old } = project.ids();

    project.program(programOf({ young: lounge({ aliases: [{ name: "old" }] }) }));
    await project.succeed("up", "--expect-no-changes");
    expect(project.ids()).toEqual({ young: old });
  });

  scenario("to another server of the default connection is made there, too", async ({ lab }) => {
    const [here, there] = await Promise.all([lab.server(), lab.server()]);
    const project = lab.project(engine, here, programOf({ lounge: lounge() }));
    await project.succeed("up");
    project.set("ROCKETCHAT_URL", there.url);
    expect(await project.operations()).toEqual({ lounge: "replace" });
    // What lies on the first server can't be reached by this connection: it is not touched, and that is said.
    const moved = await project.run("up");
    expect(await here.reader.room("lounge")).toMatchObject({ topic: "Sofas" });
    expect((await here.reader.room("lounge")).archived ?? false).toBe(false);
    expect(await there.reader.room("lounge")).toMatchObject({ topic: "Sofas" });
    expect(moved.code).not.toBe(0);
    expect(moved.output).toContain(here.url);
  });

  scenario("with its workspace to another address stays the same object", async ({ lab }) => {
    const server = await lab.server();
    const elsewhere = await lab.forwarder(server.url);
    const project = lab.project(engine, server, programOf(WORLD));
    await project.succeed("up");
    const before = project.ids();

    project.set("ROCKETCHAT_URL", elsewhere.url);
    const operations = await project.operations();
    expect(operations).toEqual(Object.fromEntries(Object.keys(WORLD).map((name) => [name, "update"])));
    await project.succeed("up");
    expect(project.ids()).toEqual(before);
    expect(JSON.stringify(project.resources())).not.toContain(server.url);
    await project.succeed("preview", "--expect-no-changes");
    await project.succeed("refresh", "--expect-no-changes");
  });
});

describeOnEngines("A run that meets trouble", (engine) => {
  scenario("records a partial create, and the next one repairs it", async ({ lab }) => {
    const server = await lab.server();
    const carol = declare("User", {
      username: "carol",
      name: "Carol",
      email: "carol@example.com",
      password: "Caroline-1871",
      statusText: "On the river",
    });
    const project = lab.project(engine, server, programOf({ carol }));
    // The account is made by one call; its status needs another, which the server refuses.
    const refusal = JSON.stringify({
      success: false,
      error: "Not today [error-not-allowed]",
      errorType: "error-not-allowed",
    });
    await server.control("faults", [
      {
        method: "POST",
        path: "users.update",
        action: "status",
        status: 400,
        body: refusal,
        contentType: "application/json",
      },
      {
        method: "POST",
        path: "users.setStatus",
        action: "status",
        status: 400,
        body: refusal,
        contentType: "application/json",
      },
    ]);
    const failed = await project.run("up");
    expect(failed.code).not.toBe(0);
    expect(failed.output).toContain("not everything that is declared could be set");
    expect(failed.output).toContain("Not today");
    const { carol: id } = project.ids();
    expect(id).toBe((await server.reader.user("carol"))._id);

    await project.succeed("refresh");
    expect(await project.operations()).toEqual({ carol: "update" });
    await project.succeed("up");
    expect(project.ids()).toEqual({ carol: id });
    expect(await server.reader.user("carol")).toMatchObject({ statusText: "On the river" });
    await project.succeed("preview", "--expect-no-changes");
  });

  scenario("that is interrupted once finishes its call, records it, and is continued by the next", async ({ lab }) => {
    const server = await lab.server();
    const proxy = await lab.forwarder(server.url);
    const chain = Object.fromEntries(
      Array.from({ length: 4 }, (_, index) => [
        `room${index}`,
        declare(
          "Channel",
          { name: `room-${index}` },
          index > 0 ? { dependsOn: [expression(`room${index - 1}`)] } : undefined,
        ),
      ]),
    );
    const project = lab.project(engine, proxy, programOf(chain));
    const held = proxy.hold("after", 2, (method, path) => method === "POST" && path.includes("channels.create"));
    const up = await project.begin("up");
    const { release } = await Promise.race([held, up.done.then(({ output }) => Promise.reject(new Error(output)))]);
    up.kill("SIGINT");
    release();
    const interrupted = await up.done;
    expect(interrupted.code).not.toBe(0);
    expect(interrupted.signal).toBeNull();
    expect(Object.keys(project.ids()).sort()).toEqual(["room0", "room1"]);
    expect((await server.reader.rooms()).map(({ name }) => name).sort()).toEqual(["general", "room-0", "room-1"]);

    await project.succeed("up");
    expect(Object.keys(project.ids()).sort()).toEqual(Object.keys(chain));
    await project.succeed("preview", "--expect-no-changes");
  });
});
