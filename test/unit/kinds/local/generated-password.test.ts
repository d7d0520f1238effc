/** Passwords that stay: made once, or given and strong enough. */
import { describe, expect, it } from "vitest";
import { forKind } from "../../../../provider/dynamic.ts";
import { UNKNOWN } from "../../../../provider/engine/schema.ts";

type Values = Record<string, unknown>;
const provider = forKind("GeneratedPassword", 1);
const purpose = "adminPassword";
const reasons = async (news: Values, olds: Values = {}) => (await provider.check(olds, { purpose, ...news })).failures;

describe("a generated password", () => {
  it("is long, another one each time, and fit for addresses", async () => {
    const made = await Promise.all([provider.create({ purpose }), provider.create({ purpose })]);
    const passwords = made.map(({ outs }) => (outs as { password: string }).password);
    expect(passwords[0]).toMatch(/^[0-9a-f]{40}$/);
    expect(new Set(passwords).size).toBe(2);
  });

  it("stays when other arguments change, and when a given one is taken back", async () => {
    const { id, outs } = await provider.create({ purpose });
    const { password } = outs as { password: string };
    expect((await provider.update(id, outs, { purpose, username: "bob" })).outs).toMatchObject({ password });
    const given = await provider.update(id, outs, { purpose, given: "Correct-Horse-9" });
    expect(given.outs).toMatchObject({ password: "Correct-Horse-9" });
    expect((await provider.update(id, given.outs as Values, { purpose })).outs).toMatchObject({
      password: "Correct-Horse-9",
    });
    expect(await provider.read(id, outs)).toMatchObject({ props: { password } });
  });
});

describe("a given password", () => {
  it.each([
    ["short", "Ab3$efgh", /^adminPassword: must have at least 12 characters, but has 8/],
    ["of few characters", "abababababab", /at least 6 different characters/],
    ["with the user name", "xx-Operator-77", /must not contain the user name/],
    ["a common word", "Password12345", /is a common word \("password"\)/],
    ["the product", "rocketchat-2024", /is a common word \("rocketchat"\)/],
  ])("is refused when it is %s, without its value", async (_what, given, message) => {
    const failures = await reasons({ given, username: "operator" });
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ property: "", reason: expect.stringMatching(message) });
    expect(failures[0]?.reason).not.toContain(given);
  });

  it("is taken when it is strong, and not judged before it is known", async () => {
    expect(await reasons({ given: "Correct-Horse-9" })).toEqual([]);
    expect(await reasons({ given: UNKNOWN, username: UNKNOWN })).toEqual([]);
    expect(await reasons({ given: "a-long-password-of-many-words-77" })).toEqual([]);
  });

  it("can't be changed where the database keeps the first one", async () => {
    const olds = { purpose: "mongo.password", given: "Correct-Horse-9", fixed: true };
    const changed = await reasons({ ...olds, given: "Correct-Horse-10" }, olds);
    expect(changed[0]?.reason).toMatch(/^mongo\.password: can't be changed after the first start/);
    expect(await reasons(olds, olds)).toEqual([]);
    const generated = { purpose: "mongo.password", fixed: true };
    expect(await reasons({ ...generated, given: "Correct-Horse-9" }, generated)).toHaveLength(1);
  });
});
