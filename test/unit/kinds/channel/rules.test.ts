import { describe, expect, it } from "vitest";
import { check } from "../../../../provider/engine/check.ts";
import { UNKNOWN } from "../../../../provider/engine/schema.ts";
import { channelHandler } from "../../../../provider/kinds/channel/handler.ts";

const reasons = (inputs: object) => check(channelHandler, inputs).failures.map(({ reason }) => reason);

describe("a Channel's inputs", () => {
  it("are stored without marks and doubles", () => {
    expect(check(channelHandler, { name: " #ops ", members: ["@bob", "bob", "carol"] }).inputs).toEqual({
      name: "ops",
      members: ["bob", "carol"],
    });
  });

  it("may be unknown", () => {
    const inputs = { name: UNKNOWN, private: UNKNOWN, encrypted: true, members: UNKNOWN, owners: [UNKNOWN, "@bob"] };
    const { inputs: checked, failures } = check(channelHandler, inputs);
    expect(failures).toEqual([]);
    expect(checked).toEqual({ ...inputs, owners: [UNKNOWN, "bob"] });
  });

  it.each([
    [{ broadcast: true, readOnly: false }, /^readOnly: a broadcast room is always read-only/],
    [{ encrypted: true }, /^encrypted: only private rooms/],
    [{ private: true, teams: ["squad"] }, /^teams: .*public rooms only/],
    [{ excludeSelf: true, members: [] }, /^excludeSelf: .*without members/],
    [{ retentionMaxAge: 0 }, /^retentionMaxAge: must be at least 1/],
    [{ membership: "all" }, /^membership: must be one of "include", "exact"/],
    [{ topik: "x" }, /did you mean "topic"/],
  ])("refuse %j", (wrong, reason) => {
    expect(reasons({ name: "ops", ...wrong })).toEqual([expect.stringMatching(reason)]);
  });
});
