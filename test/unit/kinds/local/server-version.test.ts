/** Steps from one release to another: refused in check, which preview runs, or let through. */
import { describe, expect, it } from "vitest";
import { forKind } from "../../../../provider/dynamic.ts";
import { UNKNOWN } from "../../../../provider/engine/schema.ts";
import { mongoFor } from "../../../../provider/kinds/local/versions.ts";

type Values = Record<string, unknown>;
const provider = forKind("ServerVersion", 1);
const reasons = async (olds: Values, news: Values) =>
  (await provider.check(olds, news)).failures.map(({ reason }) => reason);

describe("the step to another release", () => {
  it.each([
    ["the same", "8.6.1", "8.6.1"],
    ["a patch", "8.6.1", "8.6.2"],
    ["a minor", "8.1.0", "8.6.1"],
    ["the next major", "7.7.1", "8.6.1"],
    ["from a candidate to its release", "8.6.0-rc.2", "8.6.0"],
    ["to a later candidate", "8.6.0-rc.9", "8.6.0-rc.10"],
  ])("is taken: %s", async (_what, from, to) => {
    expect(await reasons({ version: from }, { version: to })).toEqual([]);
  });

  it.each([
    ["a patch back", "8.6.1", "8.6.0", /^version: Rocket\.Chat 8\.6\.1 can't be taken back to 8\.6\.0/],
    ["a major back", "8.0.0", "7.13.0", /can't be taken back/],
    ["back to a candidate", "8.6.0", "8.6.0-rc.2", /can't be taken back/],
    [
      "over a major",
      "6.13.0",
      "8.6.1",
      /from 6\.13\.0 to 8\.6\.1 at once: no major may be skipped\. Go to the newest 7\.x first/,
    ],
  ])("is refused: %s", async (_what, from, to, message) => {
    const found = await reasons({ version: from }, { version: to });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });

  it("of the database goes one by one, forward", async () => {
    const step = (from: string, to: string) =>
      reasons({ version: "7.13.0", mongoVersion: from }, { version: "7.13.0", mongoVersion: to });
    expect(await step("6.0", "7.0.5")).toEqual([]);
    expect(await step("7.0.1", "7.0")).toEqual([]);
    expect(await step("7.0", "8.0")).toEqual([]);
    expect((await step("6.0", "8.0"))[0]).toMatch(/from 6\.0 to 8\.0 at once\. Go to 7\.0 first/);
    expect((await step("8.0", "7.0"))[0]).toMatch(/8\.0 can't be taken back to 7\.0/);
  });

  it("begins where a person says that the data comes from", async () => {
    // Data of a former server that this state does not know.
    expect((await reasons({}, { version: "8.6.1", upgradeFrom: "6.5.0" }))[0]).toMatch(/from 6\.5\.0 to 8\.6\.1/);
    expect(await reasons({}, { version: "8.6.1", upgradeFrom: "7.13.0" })).toEqual([]);
    // A backup was restored: back is allowed once, and what was recorded then counts again.
    expect(await reasons({ version: "8.7.0" }, { version: "8.6.1", upgradeFrom: "8.6.1" })).toEqual([]);
    const then = { version: "8.6.1", upgradeFrom: "8.6.1" };
    expect((await reasons(then, { version: "8.6.0", upgradeFrom: "8.6.1" }))[0]).toMatch(/can't be taken back/);
  });

  it("is not judged while it is not known", async () => {
    expect(await reasons({ version: "8.6.1" }, { version: UNKNOWN, mongoVersion: UNKNOWN })).toEqual([]);
  });
});

describe("pairs that become known in the engine only", () => {
  it("are refused there", async () => {
    expect((await reasons({}, { version: "8.6.1", mongoVersion: "6.0" }))[0]).toMatch(/does not run on MongoDB 6\.0/);
    expect((await reasons({}, { version: "latest" }))[0]).toMatch(/must be a whole release/);
  });

  it("fit by default, for every major", async () => {
    for (const version of ["6.0.0", "6.13.1", "7.0.0", "7.13.5", "8.0.0", "8.6.1", "8.99.0"]) {
      expect(await reasons({}, { version, mongoVersion: mongoFor(version) }), version).toEqual([]);
    }
    expect(mongoFor("9.0.0")).toBeUndefined();
  });
});

describe("what the data is tied to", () => {
  const first = { version: "8.6.1", mongoAuth: false, mongoData: "", namePrefix: "chat" };

  it("stays as it was at the first start", async () => {
    expect((await reasons(first, { ...first, mongoAuth: true }))[0]).toMatch(/^mongo\.auth: can't be changed after/);
    expect((await reasons(first, { ...first, namePrefix: "talk" }))[0]).toMatch(
      /^namePrefix: can't be changed .*restoreFrom/,
    );
    expect((await reasons(first, { ...first, mongoData: "old_data" }))[0]).toMatch(
      /^mongo\.data: can't be changed after/,
    );
    expect(await reasons(first, first)).toEqual([]);
    expect(await reasons({}, first)).toEqual([]);
  });
});

describe("what is kept", () => {
  it("is the versions, changed in place and never asked of anybody", async () => {
    const inputs = { version: "8.6.1", mongoVersion: "8.0", __provider: "loader" };
    const { id, outs } = await provider.create(inputs);
    expect(outs).toEqual({ version: "8.6.1", mongoVersion: "8.0" });
    expect(await provider.diff(id, outs, inputs)).toMatchObject({ changes: false, replaces: [] });
    const news = { ...inputs, version: "8.6.2" };
    expect(await provider.diff(id, outs, news)).toMatchObject({ changes: undefined, replaces: [] });
    expect((await provider.update(id, outs, news)).outs).toEqual({ version: "8.6.2", mongoVersion: "8.0" });
    expect(await provider.read(id, outs)).toEqual({ id, props: outs, inputs: outs });
  });
});
