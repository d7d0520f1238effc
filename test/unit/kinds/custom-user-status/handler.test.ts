import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { check } from "../../../../provider/engine/check.ts";
import { customUserStatusHandler } from "../../../../provider/kinds/custom-user-status/handler.ts";
import { VERSIONS } from "../../../../provider/sandbox/index.ts";
import { type KindRun, startKind } from "../../../support/kind.ts";

describe.each(VERSIONS)("on Rocket.Chat %s", (version) => {
  let run: KindRun;
  beforeEach(async () => {
    run = await startKind(customUserStatusHandler, { version });
  });
  afterEach(() => run.close());

  const statuses = async () => {
    const answer = await run.server.reader.get("custom-user-status.list?count=0");
    return (answer.statuses as { _id: string; name: string; statusType: string }[]).map(({ name, statusType }) => ({
      name,
      statusType,
    }));
  };

  it("makes one with and one without a presence", async () => {
    await run.create({ name: "At lunch", statusType: "away" });
    await run.create({ name: "Elsewhere" });
    expect(await statuses()).toEqual([
      { name: "At lunch", statusType: "away" },
      { name: "Elsewhere", statusType: "" },
    ]);
  });

  it("keeps the presence that is not declared when it renames", async () => {
    const made = await run.create({ name: "At lunch", statusType: "away" });
    const after = await run.update(made, { name: "Lunch" });
    expect(await statuses()).toEqual([{ name: "Lunch", statusType: "away" }]);
    expect(await run.writesOf(() => run.update(after, { name: "Lunch", statusType: "away" }))).toEqual({});
    await run.update(after, { name: "Lunch", statusType: "" });
    expect(await statuses()).toEqual([{ name: "Lunch", statusType: "" }]);
  });

  it("sees a change and a removal by hand", async () => {
    const made = await run.create({ name: "At lunch", statusType: "away" });
    await run.server.reader.post("custom-user-status.update", { _id: made.id, name: "At lunch", statusType: "busy" });
    await run.nextRun();
    expect((await run.read(made))?.inputs).toEqual({ name: "At lunch", statusType: "busy" });
    await run.server.reader.post("custom-user-status.delete", { customUserStatusId: made.id });
    await run.nextRun();
    expect(await run.read(made)).toBeUndefined();
    await run.remove(made);
  });

  it("refuses a name that is taken, unless it is to be adopted", async () => {
    await run.server.reader.post("custom-user-status.create", { name: "At lunch", statusType: "busy" });
    const inputs = { name: "At lunch", statusType: "away" };
    await expect(run.create(inputs)).rejects.toThrow('custom user status "At lunch" exists already');
    await run.create({ ...inputs, adopt: true });
    expect(await statuses()).toEqual([inputs]);
  });
});

it("refuses what the server would refuse", () => {
  const failures = (inputs: object) =>
    check(customUserStatusHandler, inputs, { reveal: true }).failures.map(({ reason }) => reason);
  expect(failures({ name: "a > b" })).toEqual([expect.stringMatching(/^name: must /)]);
  expect(failures({ name: " " })).toEqual(['name: must not be blank, but is " "']);
  expect(failures({ name: "x", statusType: "gone" })).toEqual([expect.stringContaining('"online", "away"')]);
});
