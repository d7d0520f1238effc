/** One program with every kind in it: its whole life on both engines, and what it leaves behind. */
import { copyFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { handlers } from "../../provider/kinds/handlers.ts";
import { describeOnEngines, repository } from "../support/engines.ts";
import { type Declarations, declare, expression, programOf } from "../support/programs.ts";
import type { Json, Reader } from "../support/reader.ts";
import { scenario } from "../support/scenario.ts";
import { WORLD } from "../support/world.ts";

const EVERYTHING: Declarations = {
  ...WORLD,
  platform: declare("Team", { name: "platform", topic: "Who runs it", rooms: [expression("engineering.id")] }),
  aliceInPlatform: declare("TeamMember", {
    team: expression("platform.id"),
    username: expression("alice.username"),
    roles: ["leader"],
  }),
  auditors: declare("Role", { name: "auditors", description: "Read along" }),
  // Whose roles the program does not list; the same with the message's reactions below.
  aliceAudits: declare("RoleMember", { username: expression("alice.username"), role: expression("auditors.id") }),
  createPrivate: declare("Permission", { permissionId: "create-p", roles: ["admin", expression("auditors.id")] }),
  workshop: declare("Invite", { channel: expression("engineering.id"), days: 7, maxUses: 10 }),
  grafana: declare("OAuthApp", { name: "Grafana", redirectUri: ["https://grafana.example.com/login"] }),
  keycloak: declare("CustomOAuthService", {
    name: "keycloak",
    url: "https://id.example.com",
    tokenPath: "/token",
    identityPath: "/userinfo",
    authorizePath: "/auth",
    scope: "openid",
    clientId: "rocketchat",
    clientSecret: "keycloak-client-s3cret",
    usernameField: "preferred_username",
  }),
  parrot: declare("CustomEmoji", { name: "parrot", file: "dot.png", aliases: ["bird"] }),
  tick: declare("CustomSound", { name: "tick", file: "tick.wav" }),
  focus: declare("CustomUserStatus", { name: "Focus time", statusType: "busy" }),
  rules: declare("Message", {
    channel: expression("engineering.id"),
    text: "Be kind.",
    pinned: true,
  }),
  agreed: declare("Reaction", { messageId: expression("rules.id"), emoji: "thumbsup" }),
  plan: declare("FileUpload", { channel: expression("engineering.id"), file: "dot.png", text: "The plan" }),
};

it("has every kind", () => {
  const used = new Set(Object.values(EVERYTHING).map(({ kind }) => kind));
  expect([...used].sort()).toEqual([...handlers.keys()].sort());
});

const SERVICE = "Accounts_OAuth_Custom-Keycloak";

const sorted = (names: readonly unknown[]): string[] => names.map(String).sort();

/** What an admin sees of the workspace, by name; of rooms and people also whether they were put away. */
async function workspaceOn(reader: Reader): Promise<Record<string, unknown>> {
  const names = async (path: string, key: string, name = "name") =>
    sorted(((await reader.get(path))[key] as Json[]).map((row) => row[name]));
  const { update: permissions } = (await reader.get("permissions.listAll")) as {
    update: { _id: string; roles: string[] }[];
  };
  const { settings } = (await reader.get("settings?count=0")) as { settings: { _id: string; value: unknown }[] };
  const { emojis } = (await reader.get("emoji-custom.list")) as { emojis: { update: { name: string }[] } };
  return {
    users: sorted((await reader.users()).map(({ username, active }) => `${username}${active ? "" : " (inactive)"}`)),
    rooms: sorted((await reader.rooms()).map(({ name, archived }) => `${name}${archived ? " (archived)" : ""}`)),
    teams: await names("teams.listAll", "teams"),
    roles: await names("roles.list", "roles"),
    permissions: Object.fromEntries(permissions.map(({ _id, roles }) => [_id, sorted(roles)])),
    // The API takes no service of one's own away again: its settings go back to their defaults, switched off.
    settings: Object.fromEntries(
      settings.flatMap(({ _id, value }) => (_id.startsWith(`${SERVICE}-`) ? [] : [[_id, value ?? false]])),
    ),
    integrations: sorted((await reader.integrations()).map(({ name }) => name)),
    oauthApps: await names("oauth-apps.list", "oauthApps"),
    emojis: sorted(emojis.update.map(({ name }) => name)),
    sounds: await names("custom-sounds.list", "sounds"),
    statuses: await names("custom-user-status.list", "statuses"),
    tokens: await reader.tokens(),
  };
}

describeOnEngines("A program with every kind", (engine) => {
  scenario("goes up, stays as it is, survives a refresh, and leaves what the rules on destroy say", async ({ lab }) => {
    const server = await lab.server({ licence: true });
    const before = await workspaceOn(server.reader);
    const project = lab.project(engine, server, programOf(EVERYTHING));
    for (const file of ["dot.png", "tick.wav"]) {
      copyFileSync(path.join(repository, "test", "fixtures", "files", file), path.join(project.folder, file));
    }
    await project.succeed("up");
    expect(Object.keys(project.ids()).sort()).toEqual(Object.keys(EVERYTHING).sort());
    expect(await workspaceOn(server.reader)).toMatchObject({
      teams: ["platform"],
      oauthApps: ["Grafana"],
      emojis: ["parrot"],
      statuses: ["Focus time"],
    });

    await server.forget();
    await project.succeed("preview", "--expect-no-changes");
    expect(Object.keys(await server.calls()).filter((call) => !call.startsWith("GET"))).toEqual([]);
    await project.succeed("refresh", "--expect-no-changes");

    await project.succeed("destroy");
    expect(project.ids()).toEqual({});
    expect(await server.reader.setting(SERVICE)).toBe(false);
    const settings = { ...(before.settings as Json), [SERVICE]: false };
    expect(await workspaceOn(server.reader)).toEqual({
      ...before,
      settings,
      users: sorted([...(before.users as string[]), "alice (inactive)", "bob (inactive)"]),
      rooms: sorted([...(before.rooms as string[]), "engineering (archived)", "incidents (archived)"]),
    });
  });
});
