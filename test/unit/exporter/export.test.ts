/** What an export of a small server says, word by word. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Json } from "../../support/reader.ts";
import { startServer, type TestServer } from "../../support/server.ts";
import { applied, exported } from "../../support/workspaces/exported.ts";

let server: TestServer;
const post = (path: string, body: Json) => server.reader.post(path, body);

beforeAll(async () => {
  server = await startServer();
  for (const [username, roles] of Object.entries({ dave: ["user"], erin: ["user", "bot"] }))
    await post("users.create", {
      username,
      name: username,
      email: `${username}@example.test`,
      password: "Passw0rd!",
      roles,
    });
  await post("channels.create", { name: "club", members: ["dave"] });
  await post("settings/Site_Name", { value: "Acme" });
  await post("settings/SMTP_Password", { value: "post-office" });
  const hook = { type: "webhook-incoming", name: "ci", enabled: true, username: "erin", scriptEnabled: false };
  await post("integrations.create", { ...hook, channel: "#general" });
  await post("integrations.create", { ...hook, channel: "#club" });
});
afterAll(() => server.close());

const PARTS = ["users", "channels", "channelMembers", "incomingWebhooks", "settings:S*"];

describe("an export", () => {
  it("says what a new server does not have, by name, without secrets", async () => {
    const { text, secrets } = await exported(server.url, { include: PARTS });
    expect(text).toMatchInlineSnapshot(`
      "# yaml-language-server: $schema=node_modules/pulumi-rocketchat/schema/workspace.schema.json
      # https://chat.example.test as a workspace document

      defaults:
        users:
          adopt: true
          roles:
          - user
          joinDefaultChannels: false
        channels:
          adopt: true
        channelMembers:
          adopt: true
        incomingWebhooks:
          adopt: true

      users:
        admin: { name: Admin, email: admin@example.test, roles: [ admin ] }
        dave: { name: dave, email: dave@example.test }
        erin: { name: erin, email: erin@example.test, roles: [ bot, user ] }

      channels:
        club: {}

      channelMembers:
        club:
          admin: { roles: [ owner ] }
          dave: {}
        general:
          admin: {}
          dave: {}
          erin: {}

      incomingWebhooks:
        ci: { channel: [ "#club" ], username: erin }
        ci-2: { name: ci, channel: [ "#general" ], username: erin }

      settings:
        SMTP_Password: { secret: smtpPassword }
        Site_Name: Acme

      # Secrets that this document needs, once for each stack:
      #   pulumi-rocketchat config set --secret smtpPassword
      "
    `);
    expect(secrets).toEqual([{ path: ["value"], key: "smtpPassword", value: "post-office" }]);
  });

  it("names what it leaves out and refers to under `existing`", async () => {
    const { text } = await exported(server.url, { include: ["incomingWebhooks", "users:d*"] });
    expect(text).toContain("existing:\n  users:\n  - erin\n  channels:\n  - club\n");
  });

  it("leaves out webhooks that no run could tell apart, and says so", async () => {
    const hook = { type: "webhook-incoming", enabled: true, username: "erin", scriptEnabled: false, channel: "#club" };
    const made = await Promise.all(
      ["alert one", "alert two"].map((alias) => post("integrations.create", { ...hook, name: "twin", alias })),
    );
    onTestFinished(async () => {
      for (const { integration } of made) {
        const { _id, type } = integration as { _id: string; type: string };
        await post("integrations.remove", { integrationId: _id, type });
      }
    });
    const { text } = await exported(server.url, { include: ["incomingWebhooks"] });
    expect(text).toContain(
      "several have the same name, channel, and username, so that a run could not tell which is meant (twin",
    );
    expect(text).not.toContain("alert");
    expect(text).toContain("  ci:");
  });

  it("writes nothing when it is brought onto its own server, and is the same afterwards", async () => {
    const before = await exported(server.url, { include: PARTS });
    await server.forget();
    await applied(server.url, before.text, () => "post-office");
    const writes = Object.keys(await server.calls()).filter(
      (route) => !route.startsWith("GET") && !/log(in|out)$/.test(route),
    );
    expect(writes).toEqual([]);
    expect((await exported(server.url, { include: PARTS })).text).toBe(before.text);
  });
});
