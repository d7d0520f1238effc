/**
 * `RocketChatServer` on a real Docker Engine, with stand-ins for Rocket.Chat and MongoDB: shows that provisioning works, not that
 * those two start. Skipped by name where there is no engine with the stand-ins; `npm run test:docker` brings one.
 */
import path from "node:path";
import { describe, expect } from "vitest";
import { type Engine, onPath, pulumiCli } from "../support/engines.ts";
import { scenario } from "../support/scenario.ts";
import { docker } from "./busybox.ts";
import { PASSWORD, Server, standInsThere, until } from "./servers.ts";

const CONTENT = `
const alice = new rocketchat.User("alice", {
  username: "alice", name: "Alice Liddell", email: "alice@example.com", password: pulumi.secret("Down-the-rabbit-hole-1865"),
}, opts);
const releases = new rocketchat.Channel("releases", { name: "releases", topic: "What went out", members: [alice.username] }, opts);
export const hook = new rocketchat.IncomingWebhook("hook", {
  name: "Deployments", channel: pulumi.interpolate\`#\${releases.name}\`, username: "rocket.cat",
}, opts).url;`;
const RUNNING = ["mongodb", "rocketchat"];

describe.skipIf(!standInsThere)("A server in containers (skipped where the stand-in images are missing)", () => {
  scenario.concurrent("comes up from nothing, survives what happens to it, is upgraded, and goes", async ({ lab }) => {
    const server = await Server.in(lab);
    const at = (version: string) =>
      server.program(`version: "${version}", mongo: { auth: true }, settings: { Site_Name: "Wonderland" }`, CONTENT);
    const project = server.project(lab, "embedded", at("7.7.1"));
    expect((await project.succeed("preview")).output).toMatch(/releases create/);
    expect(await server.names()).toEqual([]);
    await project.succeed("up");

    for (const role of RUNNING) expect(await server.health(role)).toBe("healthy");
    const login = '-u "$MONGO_INITDB_ROOT_USERNAME" -p "$MONGO_INITDB_ROOT_PASSWORD" --authenticationDatabase admin';
    const shell = (script: string, options = login) =>
      server.shell("mongodb", `mongosh --quiet ${options} --eval '${script}'`);
    expect(await shell("rs.status().members[0].stateStr")).toBe("PRIMARY");
    expect(await shell("rs.status()", "")).toMatch(/requires authentication/);
    const reader = await server.reader();
    const [room, user] = [await reader.room("releases"), await reader.user("alice")];
    expect(room).toMatchObject({ topic: "What went out" });
    expect(await reader.setting("Site_Name")).toBe("Wonderland");
    expect(project.files().some(({ text }) => text.includes(PASSWORD))).toBe(false);

    await project.succeed("preview", "--expect-no-changes");
    expect(await project.drift()).toEqual({});

    for (const role of RUNNING) {
      await server.kill(role);
      await until(async () => (await server.container(role).inspect()).RestartCount === 1);
      await until(async () => (await server.health(role)) === "healthy");
      expect(await (await server.reader()).room("releases")).toEqual(room);
    }
    // Also what is changed after the database was away is kept.
    await (await server.reader()).call("POST", "channels.setTopic", { roomId: room._id, topic: "by hand" });
    expect(await project.drift()).toEqual({ releases: "update" });

    await server.container("rocketchat").stop();
    await server.container("mongodb").update({ RestartPolicy: { Name: "no" } });
    expect(await project.drift()).toMatchObject({ "chat-rocketchat": "update", "chat-mongodb": "update" });
    await project.succeed("up", "--refresh");
    expect(await server.health("rocketchat")).toBe("healthy");
    expect((await server.container("mongodb").inspect()).HostConfig.RestartPolicy?.Name).toBe("unless-stopped");
    await project.succeed("up", "--refresh");
    expect(await (await server.reader()).room("releases")).toMatchObject({ _id: room._id, topic: "What went out" });

    project.program(at("8.6.1"));
    await project.succeed("up");
    const later = await server.reader();
    expect(await (await fetch(`${server.url}/api/info`)).json()).toMatchObject({ version: "8.6" });
    expect((await later.user("alice"))._id).toBe(user._id);
    expect((await later.room("releases"))._id).toBe(room._id);
    await project.succeed("preview", "--expect-no-changes");
    project.program(at("7.7.1"));
    expect((await project.run("preview")).output).toMatch(/can't be taken back to 7\.7\.1/);

    const { output } = await project.succeed("destroy");
    expect(output).not.toMatch(/repeating/);
    expect(await server.names()).toEqual([]);
  });

  scenario.concurrent("leaves its volumes where that is asked for, and takes them up again", async ({ lab }) => {
    const server = await Server.in(lab);
    const program = server.program(
      "retainData: true, nats: true, personalAccessToken: true",
      'export const room = new rocketchat.Channel("kept", { name: "kept", adopt: true }, opts).id;\nexport const token = server.personalAccessToken;',
    );
    const project = server.project(lab, "embedded", program);
    await project.succeed("up");
    const { _id } = await (await server.reader()).room("kept");
    project.set("ROCKETCHAT_ON_DESTROY", "retain");
    await project.succeed("destroy");
    expect(await server.names()).toEqual([`${server.prefix}-mongodb-data`]);
    await project.succeed("up");
    expect(await (await server.reader()).room("kept")).toMatchObject({ _id, name: "kept" });
  });

  scenario.concurrent("begins with what a backup of another server holds", async ({ lab }) => {
    const [from, to] = [await Server.in(lab), await Server.in(lab)];
    const source = from.project(lab, "embedded", from.program("backup: true, mongo: { auth: true }", CONTENT));
    await source.succeed("up");
    await until(async () => /rocketchat-\w+\.gz/.test(await from.shell("backup", "ls /backups")));
    const dump = 'mongodump --uri="$MONGO_URL" --archive=/backups/now.gz --gzip --quiet && echo done';
    expect(await from.shell("backup", dump)).toBe("done");
    const { Mountpoint } = await docker.getVolume(`${from.prefix}-backups`).inspect();

    const args = `restoreFrom: ${JSON.stringify(path.posix.join(Mountpoint, "now.gz"))}, upgradeFrom: "8.6.1"`;
    const target = to.project(lab, "embedded", to.program(args));
    await target.succeed("up");
    const [before, after] = [await from.reader(), await to.reader()];
    expect(await after.user("alice")).toMatchObject({ _id: (await before.user("alice"))._id });
    expect(await after.room("releases")).toMatchObject({ topic: "What went out" });
    // It happens once: what is removed later stays removed.
    await after.call("POST", "channels.delete", { roomName: "releases" });
    await to.container("backup").restart();
    await until(async () => (await to.health("backup")) === "healthy");
    expect((await (await to.reader()).rooms()).map(({ name }) => name)).toEqual(["general"]);
  });

  const official = pulumiCli && onPath("pulumi-resource-docker");
  describe.skipIf(!official)("beside the Pulumi CLI (skipped where it or its Docker provider is missing)", () => {
    scenario.concurrent("comes up and goes on both engines in turns", async ({ lab }) => {
      const server = await Server.in(lab);
      const project = server.project(lab, "pulumi", server.program("mongo: { auth: true }, memoryMb: 512", CONTENT));
      await project.succeed("up");
      expect((await (await server.reader()).room("releases")).topic).toBe("What went out");
      for (const engine of ["pulumi", "embedded"] as Engine[]) {
        project.engine = engine;
        await project.succeed("preview", "--expect-no-changes");
        expect(await project.drift()).toEqual({});
      }
      await server.container("rocketchat").stop();
      project.engine = "pulumi";
      await project.succeed("up", "--refresh");
      expect(await server.health("rocketchat")).toBe("healthy");
      await project.succeed("destroy");
      expect(await server.names()).toEqual([]);
    });
  });
});
