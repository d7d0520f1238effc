/** Edits of every kind's arguments: what the engines plan for them, and what the server has in the end. */
import { expect } from "vitest";
import { describeOnEngines, describeOnRunner } from "../support/engines.ts";
import { type Arguments, declare, edited, expression, programOf } from "../support/programs.ts";
import { Reader } from "../support/reader.ts";
import { scenario } from "../support/scenario.ts";
import type { TestServer } from "../support/server.ts";
import { SECRETS, WORLD } from "../support/world.ts";

interface Round {
  readonly title: string;
  /** Changed arguments by resource, and the operation each edit must lead to. */
  readonly edits: Readonly<Record<string, { readonly change: Arguments; readonly operation: "update" | "replace" }>>;
  /** The server's side afterwards; `before` and `after` are ids by resource. */
  readonly check: (server: TestServer, before: Record<string, string>, after: Record<string, string>) => Promise<void>;
}

const update = (change: Arguments) => ({ change, operation: "update" }) as const;
const replace = (change: Arguments) => ({ change, operation: "replace" }) as const;

const START = { ...WORLD, news: declare("Channel", { name: "news", onDestroy: "delete" }) };

const ROUNDS: readonly Round[] = [
  {
    title: "in place",
    edits: {
      alice: update({
        name: "Alice L.",
        email: "alice@example.org",
        bio: "Runs it",
        nickname: "Al",
        statusText: "Away",
      }),
      bob: update({ roles: ["user", "bot", "guest"], password: "Looking-glass-milk-1872" }),
      engineering: update({
        topic: "What we run",
        description: "All of us",
        announcement: "Friday: cake",
        readOnly: true,
      }),
      incidents: update({ private: false }),
      aliceInIncidents: update({ roles: ["owner"] }),
      deployments: update({ name: "Releases", alias: "Ship it", emoji: ":ship:", enabled: false }),
      relay: update({ urls: ["https://a.example.com/", "https://b.example.com/"], triggerWords: ["ship"] }),
      siteName: update({ value: "Looking-glass land" }),
    },
    async check({ reader, url }, before, after) {
      expect(after).toEqual(before);
      const alice = await reader.user("alice");
      expect(alice).toMatchObject({ name: "Alice L.", bio: "Runs it", nickname: "Al", statusText: "Away" });
      expect(alice.emails).toMatchObject([{ address: "alice@example.org" }]);
      expect((await reader.user("bob")).roles.sort()).toEqual(["bot", "guest", "user"]);
      await expect(Reader.connect(url, "bob", "Looking-glass-milk-1872")).resolves.toBeDefined();
      await expect(Reader.connect(url, "bob", SECRETS.bob)).rejects.toThrow();
      const room = await reader.room("engineering");
      expect(room).toMatchObject({
        topic: "What we run",
        description: "All of us",
        announcement: "Friday: cake",
        ro: true,
      });
      expect(await reader.room("incidents")).toMatchObject({ t: "c" });
      const { roles } = await reader.get(`channels.roles?roomId=${after.incidents}`);
      expect(roles).toContainEqual(
        expect.objectContaining({ u: expect.objectContaining({ username: "alice" }), roles: ["owner"] }),
      );
      const hooks = await reader.integrations();
      expect(hooks.find(({ _id }) => _id === after.deployments)).toMatchObject({
        name: "Releases",
        alias: "Ship it",
        emoji: ":ship:",
        enabled: false,
      });
      expect(hooks.find(({ _id }) => _id === after.relay)).toMatchObject({
        urls: ["https://a.example.com/", "https://b.example.com/"],
        triggerWords: ["ship"],
        token: SECRETS.outgoing,
      });
      expect(await reader.setting("Site_Name")).toBe("Looking-glass land");
    },
  },
  {
    title: "with a new object where there is no other way",
    edits: {
      news: replace({ broadcast: true }),
      aliceInIncidents: replace({ username: expression("bob.username") }),
      scripts: replace({ bypassTwoFactor: true }),
      siteName: replace({ settingId: "Message_MaxAllowedSize", value: 4321 }),
    },
    async check({ reader }, before, after) {
      expect(after.news).not.toBe(before.news);
      expect(await reader.room("news")).toMatchObject({ broadcast: true, _id: after.news });
      expect(await reader.members("incidents")).toEqual(["admin", "bob"]);
      expect(await reader.tokens()).toEqual(["scripts"]);
      expect(await reader.setting("Message_MaxAllowedSize")).toBe(4321);
      expect(await reader.setting("Site_Name")).not.toBe("Looking-glass land");
    },
  },
  {
    title: "without a call where an argument is no longer declared, or steers only this provider",
    edits: {
      alice: update({ bio: undefined, nickname: undefined }),
      bob: update({ onDestroy: "retain" }),
      engineering: update({ announcement: undefined, readOnly: undefined }),
    },
    async check(server) {
      const writes = Object.keys(await server.calls()).filter((call) => !/^GET |login$|logout$/.test(call));
      expect(writes).toEqual([]);
      expect(await server.reader.user("alice")).toMatchObject({ bio: "Runs it", nickname: "Al" });
      expect(await server.reader.room("engineering")).toMatchObject({ announcement: "Friday: cake", ro: true });
    },
  },
];

describeOnEngines("Edited arguments", (engine) => {
  scenario("are changed in place, by a new object, or not at all", async ({ lab }) => {
    const server = await lab.server();
    const project = lab.project(engine, server, programOf(START));
    await project.succeed("up");
    let declared: typeof WORLD = START;
    for (const { title, edits, check } of ROUNDS) {
      const before = project.ids();
      declared = edited(
        declared,
        Object.fromEntries(Object.entries(edits).map(([name, { change }]) => [name, change])),
      );
      project.program(programOf(declared));
      const planned = Object.fromEntries(Object.entries(edits).map(([name, { operation }]) => [name, operation]));
      expect(await project.operations(), title).toEqual(planned);
      await server.forget();
      await project.succeed("up");
      await check(server, before, project.ids());
    }
    // The plans of each round show already that nothing was left over from the one before.
    await project.succeed("preview", "--expect-no-changes");
  });
});

describeOnRunner("Edited arguments", (engine) => {
  scenario("that need a new object of the same name need its deletion to be asked for", async ({ lab }) => {
    const server = await lab.server();
    const news = { news: declare("Channel", { name: "news" }) };
    const project = lab.project(engine, server, programOf(news));
    await project.succeed("up");
    const before = project.ids();

    project.program(programOf(edited(news, { news: { broadcast: true } })));
    for (const verb of ["preview", "up"] as const) {
      const { code, output } = await project.run(verb);
      expect(code, output).not.toBe(0);
      expect(output).toContain(
        'broadcast: can\'t be changed on channel "news": that needs a new object of the same name',
      );
    }
    expect(project.ids()).toEqual(before);
    expect((await server.reader.room("news")).archived ?? false).toBe(false);

    // The way that the message names.
    project.program(programOf(edited(news, { news: { onDestroy: "delete" } })));
    await project.succeed("up");
    project.program(programOf(edited(news, { news: { onDestroy: "delete", broadcast: true } })));
    await project.succeed("up");
    expect(await server.reader.room("news")).toMatchObject({ broadcast: true });
    await project.succeed("preview", "--expect-no-changes");
  });
});
