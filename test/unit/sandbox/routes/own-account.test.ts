import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { talk } from "../talk.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

it("changes with the present password only, and ends the other logins", async () => {
  const server = await talk();
  const admin = await server.login();
  await server.createUser(admin, "bob", { bio: "hello", roles: ["user", "bot"] });
  const [bob, elsewhere] = [await server.login("bob", "pw-bob"), await server.login("bob", "pw-bob")];
  const change = (data: object) => server.call("POST users.updateOwnBasicInfo", { data }, bob);
  const wrong = await change({ newPassword: "pw-new", currentPassword: sha256("guess") });
  expect(wrong.json.errorType).toBe("error-invalid-password");
  const right = await change({ name: "Bob", newPassword: "pw-new", currentPassword: sha256("pw-bob") });
  expect(right.json.user).toMatchObject({ name: "Bob", bio: "hello" });
  expect((await server.call("GET me", undefined, bob)).status).toBe(200);
  expect((await server.call("GET me", undefined, elsewhere)).status).toBe(401);
  await server.login("bob", "pw-new");
});

it("can be registered once a minute, unless registration is off", async () => {
  const server = await talk();
  const admin = await server.login();
  const register = (username: string) =>
    server.call("POST users.register", {
      username,
      name: username,
      email: `${username}@example.test`,
      pass: "pw-12345",
    });
  expect((await register("bob")).json.user).toMatchObject({ username: "bob", roles: ["user"] });
  expect((await register("carl")).status).toBe(429);
  await server.call("POST settings/Accounts_RegistrationForm", { value: "Disabled" }, admin);
  await server.call("POST /_control/advance-clock", { seconds: 0, rateLimits: true });
  expect((await register("carl")).json.errorType).toBe("error-user-registration-disabled");
});

it("is switched off when idle", async () => {
  const server = await talk();
  const admin = await server.login();
  await server.createUser(admin, "bob");
  await server.createUser(admin, "never");
  await server.login("bob", "pw-bob");
  const idle = () => server.call("POST users.deactivateIdle", { daysIdle: 30 }, admin);
  expect((await idle()).json.count).toBe(0);
  await server.call("POST /_control/advance-clock", { seconds: 31 * 86_400 });
  expect((await idle()).json.count).toBe(1);
  const { json } = await server.call("GET users.info?username=bob", undefined, admin);
  expect(json.user).toMatchObject({ active: false });
});
