import { expect, it } from "vitest";
import {
  dropSubscription,
  dropUser,
  putUser,
  subscriptionOf,
  subscriptionsBy,
  subscriptionsIn,
  usersMailed,
  usersNamed,
} from "../../../../provider/sandbox/core/lookups.ts";
import type { UserDoc } from "../../../../provider/sandbox/core/state.ts";
import { stage } from "../stage.ts";
import { talk } from "../talk.ts";

/** What a search through everything finds, to hold the look-ups against. */
const named = (users: Record<string, UserDoc>, name: string) =>
  Object.values(users).filter(({ username }) => username.toLowerCase() === name.toLowerCase());

it("finds what a state already holds, and what is added later", () => {
  const { state, admin, person } = stage();
  const bob = person("Bob", { emails: [{ address: "Bob@Example.test", verified: false }] }).user;
  expect(usersNamed(state, "bOB")).toEqual([bob]);
  expect(usersMailed(state, "bob@example.TEST")).toEqual([bob]);
  expect(usersNamed(state, "admin")).toEqual([admin.user]);
  expect(subscriptionsIn(state, "GENERAL").map(({ u }) => u.username)).toEqual(["admin"]);
  const copy = structuredClone(state);
  expect(usersNamed(copy, "bob")).toEqual([copy.users[bob._id]]);
});

it("follows renames, changed addresses and departures", () => {
  const { state, person } = stage();
  const user = person("bob", { emails: [{ address: "bob@example.test", verified: false }] }).user;
  expect(usersNamed(state, "bob")).toEqual([user]);
  user.username = "rob";
  user.emails = [{ address: "rob@example.test", verified: false }];
  putUser(state, user);
  for (const name of ["bob", "rob"]) expect(usersNamed(state, name)).toEqual(named(state.users, name));
  expect(usersMailed(state, "bob@example.test")).toEqual([]);
  expect(usersMailed(state, "rob@example.test")).toEqual([user]);
  dropUser(state, user);
  expect(usersNamed(state, "rob")).toEqual([]);
  expect(state.users[user._id]).toBeUndefined();
});

it("tells memberships by room, by user and by both", () => {
  const { state, admin } = stage();
  const own = subscriptionOf(state, admin.user._id, "GENERAL");
  expect(own).toBe(Object.values(state.subscriptions)[0]);
  expect(subscriptionsBy(state, admin.user._id)).toEqual([own]);
  if (own) dropSubscription(state, own);
  expect(subscriptionsBy(state, admin.user._id)).toEqual([]);
  expect(subscriptionsIn(state, "GENERAL")).toEqual([]);
  expect(subscriptionOf(state, admin.user._id, "GENERAL")).toBeUndefined();
});

it("keeps step with every call that makes, renames or ends accounts", async () => {
  const server = await talk();
  const admin = await server.login();
  const id = await server.createUser(admin, "bob");
  const info = async (query: string) => (await server.call(`GET users.info?${query}`, undefined, admin)).status;
  const change = { userId: id, data: { username: "rob", email: "rob@example.test" } };
  expect((await server.call("POST users.update", change, admin)).status).toBe(200);
  expect([await info("username=bob"), await info("username=rob")]).toEqual([400, 200]);
  expect([await info("email=bob@example.test"), await info("email=rob@example.test")]).toEqual([400, 200]);
  // the old name and address are free again
  await server.createUser(admin, "bob");
  const rob = await server.login("rob", "pw-bob");
  const own = { data: { username: "robin", currentPassword: "pw-bob" } };
  expect((await server.call("POST users.updateOwnBasicInfo", own, rob)).status).toBe(200);
  expect([await info("username=rob"), await info("username=robin")]).toEqual([400, 200]);
  expect((await server.call("POST users.delete", { userId: id }, admin)).status).toBe(200);
  expect(await info("username=robin")).toBe(400);
  expect((await server.call("POST /_control/reset", {})).status).toBe(200);
  const fresh = await server.login();
  expect((await server.call("GET users.info?username=bob", undefined, fresh)).status).toBe(400);
});

it("resumes a token only while its owner holds it", async () => {
  const server = await talk();
  const admin = await server.login();
  await server.createUser(admin, "bob");
  const bob = await server.login("bob", "pw-bob");
  const resume = async () => (await server.call("POST login", { resume: bob.authToken })).status;
  expect([await resume(), await resume()]).toEqual([200, 200]);
  await server.call("POST logout", {}, bob);
  expect(await resume()).toBe(401);
});
