import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { check } from "../../../../provider/engine/check.ts";
import { personalAccessTokenHandler } from "../../../../provider/kinds/personal-access-token/handler.ts";
import { VERSIONS } from "../../../../provider/sandbox/index.ts";
import { type KindRun, type Recorded, startKind } from "../../../support/kind.ts";

const BOB = { username: "bob", password: "Passw0rd-bob" };

describe.each(VERSIONS)("on Rocket.Chat %s", (version) => {
  let run: KindRun;
  beforeEach(async () => {
    run = await startKind(personalAccessTokenHandler, { version });
  });
  afterEach(() => run.close());

  const makeBob = async (): Promise<string> => {
    const { user } = await run.server.reader.post("users.create", { ...BOB, name: "Bob", email: "bob@example.test" });
    return (user as { _id: string })._id;
  };

  const works = ({ outputs }: Recorded) => run.server.reader.accepts(String(outputs.userId), String(outputs.token));

  /** As the engine does it for tokens: the new one first. */
  const rotate = async (before: Recorded, inputs: Record<string, unknown>) => {
    const { replaces, deleteBeforeReplace } = await run.diff(before, inputs);
    const after = await run.create(inputs);
    return { after, replaces, deleteBeforeReplace };
  };

  describe("create", () => {
    it("makes a token that works, and reads it back the same", async () => {
      const made = await run.create({ name: "ci", bypassTwoFactor: true });
      expect(await works(made)).toBe(true);
      expect(made.outputs).toMatchObject({
        tokenName: "ci",
        lastTokenPart: String(made.outputs.token).slice(-6),
        createdAt: expect.stringMatching(/^\d{4}-/),
      });
      await run.nextRun();
      expect((await run.read(made))?.outputs).toEqual(made.outputs);
    });

    it("makes one for another user, with one log-in for all its tokens", async () => {
      const bob = await makeBob();
      await run.server.forget();
      const first = await run.create({ name: "one", as: BOB });
      const second = await run.create({ name: "two", as: BOB });
      expect((await run.server.calls())["POST /api/v1/login"]).toBe(1);
      expect([first.outputs.userId, second.outputs.userId]).toEqual([bob, bob]);
      expect(await works(first)).toBe(true);
      expect(await run.server.reader.tokens()).toEqual([]);
    });

    it("makes a new value when the answer with the first one was lost", async () => {
      await run.server.control("faults", { path: "users.generatePersonalAccessToken", action: "drop-after", times: 1 });
      const made = await run.create({ name: "ci" });
      expect(await works(made)).toBe(true);
      expect(await run.server.reader.tokens()).toEqual(["ci"]);
    });

    it("keeps the token when only reading about it failed", async () => {
      await run.server.control("faults", {
        path: "users.getPersonalAccessTokens",
        action: "status",
        status: 400,
        body: '{"success":false,"error":"no"}',
        contentType: "application/json",
      });
      const error = await run.create({ name: "ci" }).then(
        () => undefined,
        (reason: { id: string; outputs: Recorded["outputs"] }) => reason,
      );
      const recorded = { id: error!.id, outputs: error!.outputs };
      expect(await works(recorded)).toBe(true);
      const repaired = await run.update(recorded, { name: "ci" });
      expect(repaired.outputs).toMatchObject({ token: recorded.outputs.token, createdAt: expect.any(String) });
    });

    it("says what to do when the owner can't log in", async () => {
      await makeBob();
      await expect(run.create({ name: "ci", as: { ...BOB, password: "wrong-Passw0rd" } })).rejects.toThrow(
        /does not let user "bob" in.*\n.*as\.password/s,
      );
    });
  });

  describe("rotation", () => {
    it("lets the old token work until the new one is in place", async () => {
      const old = await run.create({ name: "ci", triggers: { quarter: 1 } });
      await run.nextRun();
      const { after, replaces, deleteBeforeReplace } = await rotate(old, { name: "ci", triggers: { quarter: 2 } });
      expect({ replaces, deleteBeforeReplace }).toEqual({ replaces: ["triggers"], deleteBeforeReplace: false });
      expect([await works(old), await works(after)]).toEqual([true, true]);
      await run.remove(old);
      expect([await works(old), await works(after)]).toEqual([false, true]);
      expect((await run.read(after))?.outputs).toMatchObject({ name: "ci" });
    });

    it("finds its own work by the same name when it is killed in between", async () => {
      const old = await run.create({ name: "ci" });
      const unrecorded = await run.create({ name: "ci", triggers: { quarter: "2" } });
      await run.nextRun();
      const { after } = await rotate(old, { name: "ci", triggers: { quarter: "2" } });
      expect(after.id).toBe(unrecorded.id);
      expect([await works(old), await works(unrecorded), await works(after)]).toEqual([true, false, true]);
    });

    it("removes the old one first where both would have one name", async () => {
      const old = await run.create({ name: "ci" });
      expect(await run.diff(old, { name: "ci", bypassTwoFactor: true })).toMatchObject({
        replaces: ["bypassTwoFactor"],
        deleteBeforeReplace: true,
      });
    });

    it("needs a new token for another owner, not for another password", async () => {
      await makeBob();
      const old = await run.create({ name: "ci", as: BOB });
      expect(await run.diff(old, { name: "ci", as: { ...BOB, password: "new-Passw0rd" } })).toMatchObject({
        changes: undefined,
        replaces: [],
      });
      expect(await run.diff(old, { name: "ci", as: { ...BOB, username: "carol" } })).toMatchObject({
        replaces: ["as"],
      });
      expect(await run.diff(old, { name: "ci" })).toMatchObject({ replaces: ["as"], deleteBeforeReplace: false });
    });

    it("needs no log-in to read and remove another user's token", async () => {
      await makeBob();
      const made = await run.create({ name: "ci", as: BOB });
      await run.nextRun();
      await run.server.forget();
      expect((await run.read(made))?.outputs).toEqual(made.outputs);
      await run.remove({ ...made, outputs: { ...made.outputs, as: { ...BOB, password: "by-now-another" } } });
      expect((await run.server.calls())["POST /api/v1/login"]).toBeUndefined();
      expect(await works(made)).toBe(false);
    });

    it("makes a new one after an admin has set another password, which ends all tokens", async () => {
      const userId = await makeBob();
      const old = await run.create({ name: "ci", as: BOB });
      await run.server.reader.post("users.update", { userId, data: { password: "new-Passw0rd" } });
      await run.nextRun();
      expect(await run.read(old)).toBeUndefined();
      const after = await run.create({ name: "ci", as: { ...BOB, password: "new-Passw0rd" } });
      expect(await works(after)).toBe(true);
    });
  });

  describe("read", () => {
    it("asks once for all tokens of the own account", async () => {
      const made = [await run.create({ name: "one" }), await run.create({ name: "two" })];
      await run.nextRun();
      const reads = await run.readsOf(async () => {
        for (const token of made) expect((await run.read(token))?.outputs).toEqual(token.outputs);
      });
      expect(reads).toMatchObject({ "users.getPersonalAccessTokens": 1 });
    });

    it.each(["regenerate", "remove"])("counts a token as gone after somebody's %s", async (act) => {
      const made = await run.create({ name: "ci" });
      await run.server.reader.post(`users.${act}PersonalAccessToken`, { tokenName: "ci" });
      await run.nextRun();
      expect(await run.read(made)).toBeUndefined();
    });

    it.each([
      ["users.delete", {}],
      ["users.setActiveStatus", { activeStatus: false }],
    ])("counts the tokens of an owner as gone after %s", async (path, body) => {
      const userId = await makeBob();
      const made = await run.create({ name: "ci", as: BOB });
      await run.server.reader.post(path, { userId, ...body });
      await run.nextRun();
      expect(await run.read(made)).toBeUndefined();
      await run.remove(made);
    });
  });

  describe("delete", () => {
    it("removes the token, twice without complaint, also another user's", async () => {
      await makeBob();
      for (const as of [undefined, BOB]) {
        const made = await run.create({ name: "ci", ...(as && { as }) });
        await run.remove(made);
        expect(await works(made)).toBe(false);
        await run.remove(made);
      }
    });
  });

  it("shows no value in what is printed", async () => {
    await makeBob();
    const made = await run.create({ name: "ci", as: BOB });
    const failures = check(personalAccessTokenHandler, {
      name: "ci",
      as: { username: "bob", password: 5550123 },
    }).failures;
    expect(JSON.stringify(failures)).not.toContain("5550123");
    expect(run.log.join()).not.toContain(made.outputs.token);
  });
});
