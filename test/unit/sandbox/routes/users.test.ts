import { describe, expect, it } from "vitest";
import { VERSIONS } from "../../../../provider/sandbox/index.ts";
import { talk } from "../talk.ts";

describe.each(VERSIONS)("users of %s", (version) => {
  it("lose bio and nickname with an update that leaves them out, and keep the status text", async () => {
    const server = await talk({ version });
    const admin = await server.login();
    const userId = await server.createUser(admin, "bob");
    const change = (data: object) => server.call("POST users.update", { userId, data }, admin);
    await change({ bio: "hello", nickname: "bobby", statusText: "here" });
    const { json } = await change({ name: "Bob" });
    expect(json.user).toMatchObject({ name: "Bob", statusText: "here" });
    expect(json.user).not.toHaveProperty("bio");
    expect(json.user).not.toHaveProperty("nickname");
  });

  it("end with their tokens when deactivated, and can't leave the server without an admin", async () => {
    const server = await talk({ version });
    const admin = await server.login();
    const userId = await server.createUser(admin, "bob");
    const bob = await server.login("bob", "pw-bob");
    const made = await server.call("POST users.generatePersonalAccessToken", { tokenName: "ci" }, bob);
    const token = { userId, authToken: made.json.token as string };
    expect((await server.call("GET me", undefined, token)).status).toBe(200);
    const off = (id: string) =>
      server.call("POST users.setActiveStatus", { userId: id, activeStatus: false, confirmRelinquish: true }, admin);
    expect((await off(userId)).status).toBe(200);
    for (const as of [bob, token]) expect((await server.call("GET me", undefined, as)).status).toBe(401);
    expect((await off(admin.userId)).json.errorType).toBe("error-action-not-allowed");
  });

  it("keep the custom fields that the workspace declares, and only those", async () => {
    const server = await talk({ version });
    const admin = await server.login();
    const declared = JSON.stringify({ squad: { type: "text", required: true, maxLength: 4 } });
    await server.call("POST settings/Accounts_CustomFields", { value: declared }, admin);
    const userId = await server.createUser(admin, "bob", { customFields: { squad: "red", other: 1 } });
    const { json } = await server.call(`GET users.info?userId=${userId}`, undefined, admin);
    expect(json.user).toMatchObject({ customFields: { squad: "red" } });
    const long = await server.call("POST users.update", { userId, data: { customFields: { squad: "violet" } } }, admin);
    expect(long.json.errorType).toBe("error-user-registration-custom-field");
  });

  it("are renamed everywhere", async () => {
    const server = await talk({ version });
    const admin = await server.login();
    const userId = await server.createUser(admin, "bob");
    await server.call("POST users.update", { userId, data: { username: "robert" } }, admin);
    const { json } = await server.call("GET channels.members?roomId=GENERAL", undefined, admin);
    const names = (json.members as { username: string }[]).map(({ username }) => username);
    expect(names).toContain("robert");
    expect(names).not.toContain("bob");
  });
});

it("of 7.7.1 change their address once a minute", async () => {
  const server = await talk({ version: "7.7.1" });
  const admin = await server.login();
  const userId = await server.createUser(admin, "bob");
  const other = await server.createUser(admin, "carl");
  const move = (id: string, email: string) => server.call("POST users.update", { userId: id, data: { email } }, admin);
  expect((await move(userId, "one@example.test")).status).toBe(200);
  const refused = await move(userId, "two@example.test");
  expect([refused.status, refused.json.error]).toEqual([
    429,
    expect.stringMatching(/wait \d+ seconds before trying again/),
  ]);
  expect((await move(other, "two@example.test")).status).toBe(200);
});
