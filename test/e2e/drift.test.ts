/** What people change by hand is found by refresh, shown by its preview, and put right by up, on both engines. */
import { expect } from "vitest";
import { describeOnEngines, describeOnRunner } from "../support/engines.ts";
import { programOf } from "../support/programs.ts";
import { scenario } from "../support/scenario.ts";
import { WORLD } from "../support/world.ts";

describeOnEngines("Changes made by hand", (engine) => {
  scenario("are found and put right", async ({ lab }) => {
    const server = await lab.server();
    const { reader } = server;
    const project = lab.project(engine, server, programOf(WORLD));
    await project.succeed("up");
    const { alice, engineering, incidents, deployments } = project.ids();
    expect(await project.drift()).toEqual({});

    await reader.post("channels.setTopic", { roomId: engineering, topic: "Hacked" });
    await reader.post("users.update", { userId: alice, data: { name: "Mallory" } });
    await reader.post("groups.kick", { roomId: incidents, userId: alice });
    await reader.call("PUT", "integrations.update", {
      type: "webhook-incoming",
      integrationId: deployments,
      name: "Deployments",
      channel: "#engineering",
      username: "bob",
      enabled: true,
      scriptEnabled: false,
      alias: "Somebody else",
    });
    await reader.post("settings/Site_Name", { value: "Looking-glass land" });

    const drift = await project.drift();
    expect(drift).toEqual({
      alice: "update",
      engineering: "update",
      aliceInIncidents: "delete",
      deployments: "update",
      siteName: "update",
    });

    await project.succeed("refresh");
    expect(await project.operations()).toEqual({
      alice: "update",
      engineering: "update",
      aliceInIncidents: "create",
      deployments: "update",
      siteName: "update",
    });
    await project.succeed("up");
    expect(await reader.room("engineering")).toMatchObject({ topic: "What we build" });
    expect(await reader.user("alice")).toMatchObject({ name: "Alice Liddell" });
    expect(await reader.members("incidents")).toEqual(["admin", "alice"]);
    expect((await reader.integrations()).find(({ _id }) => _id === deployments)).toMatchObject({
      alias: "Deployments",
    });
    expect(await reader.setting("Site_Name")).toBe("Wonderland");
    expect(await project.drift()).toEqual({});
  });
});

describeOnRunner("Changes made by hand", (engine) => {
  scenario("such as deletion and deactivation lead to a new or revived object", async ({ lab }) => {
    const server = await lab.server();
    const { reader } = server;
    const project = lab.project(engine, server, programOf(WORLD));
    await project.succeed("up");
    const before = project.ids();

    await reader.post("integrations.remove", { type: "webhook-incoming", integrationId: before.deployments });
    await reader.post("groups.archive", { roomId: before.incidents });
    await reader.post("users.setActiveStatus", { userId: before.bob, activeStatus: false, confirmRelinquish: true });

    await project.succeed("up", "--refresh");
    const after = project.ids();
    expect(after).toMatchObject({ bob: before.bob, incidents: before.incidents });
    expect(after.deployments).not.toBe(before.deployments);
    expect((await reader.integrations()).map(({ name }) => name).sort()).toEqual(["Deployments", "Relay"]);
    expect(await reader.user("bob")).toMatchObject({ active: true });
    expect((await reader.room("incidents")).archived ?? false).toBe(false);
    await project.succeed("preview", "--expect-no-changes");
  });
});
