import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { check } from "../../../../provider/engine/check.ts";
import { userHandler } from "../../../../provider/kinds/user/handler.ts";
import { VERSIONS } from "../../../../provider/sandbox/index.ts";
import { type KindRun, type Recorded, startKind } from "../../../support/kind.ts";

const ALICE = {
  username: "alice",
  name: "Alice",
  email: "alice@example.test",
  password: "Passw0rd-alice",
};

describe.each(VERSIONS)("on Rocket.Chat %s", (version) => {
  let run: KindRun;
  beforeEach(async () => {
    run = await startKind(userHandler, { version });
  });
  afterEach(() => run.close());

  const info = async (username: string) =>
    (await run.server.reader.call("GET", `users.info?username=${username}`)).user as Record<string, unknown>;

  const logsIn = async (user: string, password: string): Promise<boolean> => {
    const answer = await fetch(`${run.server.url}/api/v1/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ user, password }),
    });
    return answer.status === 200;
  };

  const become = async (before: Recorded, inputs: Record<string, unknown>) => {
    let after = before;
    const writes = await run.writesOf(async () => {
      after = await run.update(before, inputs);
    });
    return { after, writes };
  };

  describe("create", () => {
    it("makes a user with everything that is declared", async () => {
      const made = await run.create({
        ...ALICE,
        roles: ["user", "bot"],
        bio: "Builds",
        nickname: "Al",
        statusText: "here",
        verified: true,
        joinDefaultChannels: false,
      });
      expect(await info("alice")).toMatchObject({
        _id: made.id,
        name: "Alice",
        emails: [{ address: "alice@example.test", verified: true }],
        roles: ["user", "bot"],
        bio: "Builds",
        nickname: "Al",
        statusText: "here",
        active: true,
      });
      await run.nextRun();
      expect((await run.read(made))?.outputs).toEqual(made.outputs);
    });

    it("needs one call for what one call can set", async () => {
      expect(await run.writesOf(() => run.create({ ...ALICE, bio: "Builds", active: false }))).toEqual({
        "users.create": 1,
      });
      expect(await info("alice")).toMatchObject({ active: false });
    });

    it("refuses a user that somebody else made, and changes nothing of it", async () => {
      await run.create(ALICE);
      expect(await logsIn("alice", ALICE.password)).toBe(true);
      await run.nextRun();
      await expect(run.create({ ...ALICE, name: "Other" })).rejects.toThrow(
        /user "alice" exists already.*\n.*adopt: true/,
      );
      expect(await info("alice")).toMatchObject({ name: "Alice" });
    });

    it("names the e-mail address when that is what another user has", async () => {
      await run.create(ALICE);
      await expect(run.create({ ...ALICE, username: "alice2" })).rejects.toThrow(
        /user "alice2": the e-mail address alice@example\.test belongs to another user/,
      );
    });

    it("says that a name differing only in case is taken", async () => {
      await run.create(ALICE);
      await expect(run.create({ ...ALICE, username: "ALICE", email: "a2@example.test" })).rejects.toThrow(
        /exists already in other upper and lower case/,
      );
    });

    it("takes over its own work when the answer was lost", async () => {
      await run.server.control("faults", { path: "users.create", action: "drop-after", times: 1 });
      const made = await run.create({ ...ALICE, statusText: "here" });
      expect(await info("alice")).toMatchObject({ _id: made.id, statusText: "here" });
      const { users } = await run.server.reader.call("GET", "users.list");
      expect((users as { username: string }[]).filter(({ username }) => username === "alice")).toHaveLength(1);
    });

    it("sends what a failed creation left unset when it is repaired", async () => {
      const inputs = { ...ALICE, preferences: { newRoomNotification: "none" } };
      await run.server.control("faults", {
        path: "users.setPreferences",
        action: "status",
        status: 400,
        body: '{"success":false,"error":"no"}',
        contentType: "application/json",
      });
      const failed = (await run.create(inputs).catch((error: unknown) => error)) as Recorded;
      expect(await info("alice")).toMatchObject({ _id: failed.id });
      await run.nextRun();
      const { writes } = await become(failed, inputs);
      expect(writes).toMatchObject({ "users.setPreferences": 1 });
    });

    it("says so when there is nobody to adopt and no password to make one with", async () => {
      const { password: _, ...without } = ALICE;
      await expect(run.create({ ...without, adopt: true })).rejects.toThrow(/does not exist .* can't be adopted/);
    });

    it("adopts an existing user and sets the declared password", async () => {
      const { id } = await run.create({ ...ALICE, bio: "kept" });
      await logsIn("alice", ALICE.password);
      await run.nextRun();
      const adopted = await run.create({ ...ALICE, name: "Alice B", password: "Passw0rd-other", adopt: true });
      expect(adopted.id).toBe(id);
      expect(await info("alice")).toMatchObject({ name: "Alice B", bio: "kept" });
      expect(await logsIn("alice", "Passw0rd-other")).toBe(true);
    });

    it("revives a deactivated user", async () => {
      const made = await run.create({ ...ALICE, bio: "kept" });
      await run.remove(made);
      await run.nextRun();
      const again = await run.create({ ...ALICE, name: "Alice again" });
      expect(again.id).toBe(made.id);
      expect(await info("alice")).toMatchObject({ name: "Alice again", active: true, bio: "kept" });
      expect(await logsIn("alice", ALICE.password)).toBe(true);
    });

    it("says which custom field the server does not keep", async () => {
      await expect(run.create({ ...ALICE, customFields: { team: "a" } })).rejects.toThrow(
        /did not keep customFields\.team.*\n.*Accounts_CustomFields/s,
      );
    });

    it("manages the declared custom fields only", async () => {
      const fields = { team: { type: "text", required: false }, floor: { type: "text", required: false } };
      await run.server.reader.call("POST", "settings/Accounts_CustomFields", { value: JSON.stringify(fields) });
      const made = await run.create({ ...ALICE, customFields: { team: "a" } });
      const { userId } = made.outputs as { userId: string };
      await run.server.reader.call("POST", "users.update", {
        userId,
        data: { customFields: { team: "a", floor: "2" } },
      });
      await run.nextRun();
      expect((await run.read(made))?.outputs.customFields).toEqual({ team: "a" });
      await run.update(made, { ...ALICE, customFields: { team: "b" } });
      expect(await info("alice")).toMatchObject({ customFields: { team: "b", floor: "2" } });
    });
  });

  describe("update", () => {
    it("sends nothing when nothing differs", async () => {
      const made = await run.create({ ...ALICE, bio: "Builds" });
      expect((await become(made, { ...ALICE, bio: "Builds", confirmRelinquish: true })).writes).toEqual({});
    });

    it("keeps bio and nickname, which the server erases when they are left out", async () => {
      const made = await run.create(ALICE);
      const { userId } = made.outputs;
      await run.server.reader.call("POST", "users.update", { userId, data: { bio: "By hand", nickname: "Al" } });
      const { writes } = await become(made, { ...ALICE, name: "Alice B" });
      expect(writes).toEqual({ "users.update": 1 });
      expect(await info("alice")).toMatchObject({ name: "Alice B", bio: "By hand", nickname: "Al" });
    });

    it("renames in place", async () => {
      const made = await run.create(ALICE);
      expect(await run.diff(made, { ...ALICE, username: "alice.b" })).toMatchObject({ replaces: [] });
      const { after, writes } = await become(made, { ...ALICE, username: "alice.b" });
      expect(writes).toEqual({ "users.update": 1 });
      expect(after.outputs).toMatchObject({ username: "alice.b", userId: made.id });
      expect(await info("alice.b")).toMatchObject({ _id: made.id });
    });

    it("says that a username is taken", async () => {
      await run.create(ALICE);
      const bob = await run.create({ ...ALICE, username: "bob", email: "bob@example.test" });
      await expect(run.update(bob, { ...ALICE, username: "alice", email: "bob@example.test" })).rejects.toThrow(
        /the username "alice" is taken already/,
      );
    });

    it("sends a changed password", async () => {
      const made = await run.create(ALICE);
      const { writes } = await become(made, { ...ALICE, password: "Passw0rd-new" });
      expect(writes).toEqual({ "users.update": 1 });
      expect(await logsIn("alice", "Passw0rd-new")).toBe(true);
    });

    it("sends the password with a new version only, where there is one", async () => {
      const made = await run.create({ ...ALICE, passwordVersion: 1 });
      const held = { ...ALICE, password: "Passw0rd-new", passwordVersion: 1 };
      expect(await run.diff(made, held)).toMatchObject({ changes: false });
      expect((await become(made, held)).writes).toEqual({});
      expect((await become(made, { ...held, passwordVersion: 2 })).writes).toEqual({ "users.update": 1 });
      expect(await logsIn("alice", "Passw0rd-new")).toBe(true);
    });

    it("demands a new password once, not again after the user has complied", async () => {
      const inputs = { ...ALICE, requirePasswordChange: true };
      const made = await run.create(inputs);
      await run.server.reader.call("POST", "users.update", {
        userId: made.id,
        data: { requirePasswordChange: false },
      });
      await run.nextRun();
      const read = (await run.read(made))!;
      expect(await run.diff(read, inputs)).toMatchObject({ changes: false });
      expect((await become(read, { ...inputs, name: "Alice B" })).after.outputs.requirePasswordChange).toBe(true);
      expect(await info("alice")).toMatchObject({ name: "Alice B", requirePasswordChange: false });
    });

    it("deactivates and reactivates by its own call", async () => {
      const made = await run.create(ALICE);
      const off = await become(made, { ...ALICE, active: false });
      expect(off.writes).toEqual({ "users.setActiveStatus": 1 });
      expect(await info("alice")).toMatchObject({ active: false });
      await run.nextRun();
      expect((await run.read(off.after))?.outputs.active).toBe(false);
      const on = await become(off.after, { ...ALICE, active: true });
      expect(on.writes).toMatchObject({ "users.setActiveStatus": 1 });
      expect(await info("alice")).toMatchObject({ active: true });
    });

    it("sends only the preferences that changed", async () => {
      const preferences = { emailNotificationMode: "nothing", newRoomNotification: "none" };
      const made = await run.create({ ...ALICE, preferences });
      const { writes } = await become(made, {
        ...ALICE,
        preferences: { ...preferences, emailNotificationMode: "mentions" },
      });
      expect(writes).toEqual({ "users.setPreferences": 1 });
    });

    it("sets, keeps and resets the avatar", async () => {
      const avatarUrl = `${run.server.url}/avatar/admin`;
      const make = () => run.create({ ...ALICE, avatarUrl });
      expect(await run.writesOf(make)).toEqual({ "users.create": 1, "users.setAvatar": 1 });
      await run.nextRun();
      const made = await run.create({ ...ALICE, avatarUrl, adopt: true });
      expect((await become(made, { ...ALICE, avatarUrl, name: "Alice B" })).writes).toEqual({ "users.update": 1 });
      expect((await become(made, { ...ALICE, avatarUrl: "" })).writes).toMatchObject({ "users.resetAvatar": 1 });
    });
  });

  describe("read", () => {
    it("answers many users from list pages, and those with a bio singly", async () => {
      const plain = await run.create(ALICE);
      const bob = await run.create({ ...ALICE, username: "bob", email: "bob@example.test", bio: "x" });
      await run.nextRun();
      expect(await run.readsOf(() => run.read(plain))).toMatchObject({ "users.list": 1 });
      expect(await run.readsOf(() => run.read(bob))).toEqual({ "users.info": 1 });
    });

    it("sees what was changed by hand", async () => {
      const made = await run.create({ ...ALICE, roles: ["user"] });
      await run.server.reader.call("POST", "users.update", { userId: made.id, data: { name: "Hand", roles: ["bot"] } });
      await run.nextRun();
      expect((await run.read(made))?.outputs).toMatchObject({ name: "Hand", roles: ["bot"], password: ALICE.password });
    });

    it("counts deleted and deactivated users as gone", async () => {
      const made = await run.create(ALICE);
      await run.server.reader.call("POST", "users.setActiveStatus", { userId: made.id, activeStatus: false });
      await run.nextRun();
      expect(await run.read(made)).toBeUndefined();
      await run.server.reader.call("POST", "users.delete", { userId: made.id });
      await run.nextRun();
      expect(await run.read(made)).toBeUndefined();
    });
  });

  describe("delete", () => {
    it("deactivates by default, deletes when asked, twice without complaint", async () => {
      const made = await run.create(ALICE);
      await run.remove(made);
      expect(await info("alice")).toMatchObject({ active: false });
      await run.remove(made, "delete");
      await expect(info("alice")).rejects.toThrow();
      await run.remove(made, "delete");
      await run.remove(made);
    });

    it("retains when asked", async () => {
      const made = await run.create(ALICE);
      expect(await run.writesOf(() => run.remove(made, "retain"))).toEqual({});
      expect(await info("alice")).toMatchObject({ active: true });
    });

    it("names the rooms of a last owner, and passes them on when told", async () => {
      const made = await run.create(ALICE);
      await run.create({ ...ALICE, username: "bob", email: "bob@example.test" });
      const { channel } = await run.server.reader.call("POST", "channels.create", {
        name: "club",
        members: ["alice", "bob"],
      });
      const roomId = (channel as { _id: string })._id;
      await run.server.reader.call("POST", "channels.addOwner", { roomId, userId: made.id });
      await run.server.reader.call("POST", "channels.leave", { roomId });
      await expect(run.remove(made)).rejects.toThrow(/last owner of rooms.*club.*\n.*confirmRelinquish: true/s);
      expect(await info("alice")).toMatchObject({ active: true });
      await run.remove({ ...made, outputs: { ...made.outputs, confirmRelinquish: true } });
      expect(await info("alice")).toMatchObject({ active: false });
    });
  });

  describe("the connection's own account", () => {
    const ADMIN = { username: "admin", name: "Admin", email: "admin@example.test", adopt: true };

    it.each([
      ["deactivated", { active: false }],
      ["stripped of the role admin", { roles: ["user"] }],
    ])("is not %s", async (act, inputs) => {
      const admin = await run.create(ADMIN);
      await expect(run.update(admin, { ...ADMIN, ...inputs })).rejects.toThrow(`it is not ${act}`);
      expect(await info("admin")).toMatchObject({ active: true, roles: ["admin"] });
    });

    it.each(["deactivate", "delete"])("is not put away by %s", async (mode) => {
      const admin = await run.create(ADMIN);
      await expect(run.remove(admin, mode)).rejects.toThrow("would lock the connection out");
      expect(await info("admin")).toMatchObject({ active: true });
    });
  });

  describe("check", () => {
    const reasons = (inputs: object) => check(userHandler, inputs).failures.map(({ reason }) => reason);

    it("wants a password, a random one, or an existing user", () => {
      const { password: _, ...without } = ALICE;
      expect(reasons(without)).toEqual([expect.stringMatching(/^password: is required; or .*setRandomPassword/)]);
      expect(reasons({ ...without, setRandomPassword: true })).toEqual([]);
      expect(reasons({ ...without, adopt: true })).toEqual([]);
      expect(reasons({ ...ALICE, setRandomPassword: true })).toHaveLength(1);
    });

    it("never shows a password", () => {
      expect(reasons({ ...ALICE, password: 12345678 }).join()).not.toContain("12345678");
    });

    it("takes a mention for a name", () => {
      expect(check(userHandler, { ...ALICE, username: "@alice " }).inputs).toMatchObject({ username: "alice" });
    });
  });
});
