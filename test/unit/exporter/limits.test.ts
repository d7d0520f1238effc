/** What an export costs, and what it does for an account that may not see everything. */
import { openAsBlob } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../../provider/errors.ts";
import { noteLine } from "../../../provider/exporter/notes.ts";
import { startServer, type TestServer } from "../../support/server.ts";
import { exported } from "../../support/workspaces/exported.ts";
import { IMAGE } from "../../support/workspaces/random/looks.ts";

let server: TestServer;
const PASSWORD = "Passw0rd!x";
const join = async (username: string) => {
  const account = { username, name: username, email: `${username}@example.test`, password: PASSWORD };
  await server.reader.post("users.create", { ...account, joinDefaultChannels: false });
};

beforeAll(async () => {
  server = await startServer();
  for (let index = 0; index < 100; index++) await join(`p${index}`);
  for (let index = 0; index < 5; index++) await server.reader.post("channels.create", { name: `room-${index}` });
});
afterAll(() => server.close());

const PARTS = ["users", "channels", "channelMembers", "incomingWebhooks"];
const callsOf = async (options: Parameters<typeof exported>[1]) => {
  await server.forget();
  await exported(server.url, options);
  const reads = Object.entries(await server.calls()).filter(([route]) => /^GET /.test(route));
  return Object.fromEntries(reads.map(([route, count]) => [route.replace("GET /api/v1/", ""), count]));
};

describe("the calls of an export", () => {
  it("grow with pages: two more for each room, none for each person", async () => {
    const before = await callsOf({ include: PARTS, details: false });
    // A hundred people and the admin are two pages; six rooms have one page of members and one of roles each.
    expect(before).toEqual({
      "users.list": 2,
      "roles.list": 1,
      "channels.list": 1,
      "groups.listAll": 1,
      "channels.members": 6,
      "channels.roles": 6,
      "integrations.list": 1,
    });
    for (let index = 100; index < 150; index++) await join(`p${index}`);
    expect(await callsOf({ include: PARTS, details: false })).toEqual(before);
    for (let index = 150; index < 200; index++) await join(`p${index}`);
    expect(await callsOf({ include: PARTS, details: false })).toEqual({ ...before, "users.list": 3 });
  });

  it("are one more for each person with details", async () => {
    const calls = await callsOf({ include: ["users"], details: true });
    expect(calls["users.info"]).toBe(201);
  });
});

describe("an account that may not see everything", () => {
  it("exports what it sees and says what it could not", async () => {
    const { text, notes, counts } = await exported(server.url, {
      include: ["channels", "incomingWebhooks", "permissions", "settings:Site_*", "oauthApps"],
      as: { username: "p1", password: PASSWORD },
    });
    expect(counts.get("channels")).toBe(5);
    expect(text).toContain("  room-0: {}\n");
    const lines = notes.map(noteLine).join("\n");
    for (const section of ["incomingWebhooks", "oauthApps"])
      expect(lines).toMatch(new RegExp(`^${section}: could not be read: `, "m"));
    expect(text).toContain("# Not in this document:\n");
  });

  it("goes without an object whose file can't be fetched, and says so", async () => {
    const form = new FormData();
    form.append("emoji", await openAsBlob(IMAGE, { type: "image/png" }), "parrot.png");
    form.append("name", "parrot");
    await server.reader.form("emoji-custom.create", form);
    const file = async () => {
      throw new InputError("it could not be fetched: HTTP 404.");
    };
    const { text, notes, counts } = await exported(server.url, { include: ["channels", "customEmojis"], file });
    expect([...counts.keys()]).toEqual(["channels"]);
    expect(text).toContain("  room-0: {}\n");
    expect(notes.map(noteLine)).toEqual(["customEmojis: left out: it could not be fetched: HTTP 404."]);
  });

  it("is told plainly when nothing at all could be read", async () => {
    const asked = exported(server.url, { include: ["oauthApps"], as: { username: "p1", password: PASSWORD } });
    await expect(asked).rejects.toThrow("oauth-apps.list");
  });
});
