/** What guards refuse, and that they let everything else pass. */
import { describe, expect, test } from "vitest";
import { adminsAfter, concernsAccounts, type Limits, refusals, removalsIn } from "../../../provider/review/guards.ts";
import { readPreview } from "../../../provider/review/preview.ts";
import { type Case, cases, previewOf } from "../../fixtures/review/cases.ts";

const planOf = (...shown: readonly (Case | undefined)[]) =>
  readPreview(previewOf(...shown.filter((one) => one !== undefined))).named;
const user = (username: string, more: Record<string, unknown> = {}) => ({ username, name: username, ...more });
const changed = (old: Record<string, unknown> | undefined, next?: Record<string, unknown>): Case => ({
  kind: "User",
  name: "someone",
  ...(old && { old }),
  ...(next && { next }),
});
const refused = (plan: ReturnType<typeof planOf>, limits: Limits, account = "root", admins = ["root"]) =>
  refusals(plan, "aaaaaaaaaaaaaaaa", limits, { account, admins });

describe("removals", () => {
  test.each([
    ["member-removed", 1],
    ["room-archived", 1],
    ["room-replaced", 1],
    ["people-exact", 2],
    ["people-include", 0],
    ["deactivation-by-removal", 1],
    ["harmless", 0],
    ["owner-added", 0],
  ])("%s: %i", (name, count) => {
    expect(removalsIn(planOf(cases[name]))).toBe(count);
  });

  test("what only leaves the program is none", () => {
    expect(removalsIn(planOf(changed({ ...user("alice"), onDestroy: "retain" })))).toBe(0);
  });

  test("a number, or a share of what was managed", () => {
    const plan = planOf(cases["room-archived"], cases["member-removed"]);
    expect(plan.managed).toBe(8);
    expect(refused(plan, { maxRemovals: { count: 2, percent: false } })).toEqual([]);
    expect(refused(plan, { maxRemovals: { count: 25, percent: true } })).toEqual([]);
    expect(refused(plan, { maxRemovals: { count: 24, percent: true } })).toEqual([
      "2 would be removed, but at most 24% of 8, which is 1 may be (--max-removals).",
    ]);
  });
});

describe("admins", () => {
  const admin = { roles: ["user", "admin"] };
  test.each<[why: string, plan: Case, after: string[]]>([
    ["made by a role list", changed(user("bob"), user("bob", admin)), ["bob", "root"]],
    ["made but not active", changed(user("bob"), user("bob", { ...admin, active: false })), ["root"]],
    ["unmade by a role list", changed(user("root", admin), user("root", { roles: ["user"] })), []],
    ["whose roles nobody manages", changed(user("root"), user("root", { name: "Root" })), ["root"]],
    ["renamed", changed(user("root", admin), user("boss", admin)), ["boss"]],
    ["unmade by being taken over", changed(undefined, user("root", { roles: ["user"], adopt: true })), []],
    ["taken over as it is", changed(undefined, user("root", { adopt: true })), ["root"]],
    ["deactivated", changed(user("root"), user("root", { active: false })), []],
    ["gone", changed(user("root")), []],
    ["left alone", changed(user("root", { onDestroy: "retain" })), ["root"]],
    [
      "made by a role member",
      { kind: "RoleMember", name: "x", next: { username: "bob", role: "admin" } },
      ["bob", "root"],
    ],
    ["unmade by a role member", { kind: "RoleMember", name: "x", old: { username: "root", role: "admin" } }, []],
  ])("%s", (_why, shown, after) => {
    const plan = planOf(shown);
    expect([...adminsAfter(["root"], plan)].sort()).toEqual(after);
    expect(refused(plan, { minAdmins: 1 }, "nobody")).toHaveLength(after.length < 1 ? 1 : 0);
  });
});

describe("the account of the connection", () => {
  test.each<[why: string, shown: Case, says: RegExp | undefined]>([
    ["deactivated", changed(user("root"), user("root", { active: false })), /@root.*would be deactivated/],
    ["deleted", changed(user("root", { onDestroy: "delete" })), /would be deleted/],
    ["no admin", changed(user("root", { roles: ["admin"] }), user("root", { roles: ["user"] })), /no admin any more/],
    ["taken over", changed(undefined, user("root", { roles: ["user"], adopt: true })), /no admin any more/],
    ["kicked", { kind: "ChannelMember", name: "x", old: { channel: "ops", username: "root" } }, /removed from #ops/],
    ["out of a team", { kind: "TeamMember", name: "x", old: { team: "ops", username: "root" } }, /from the team ops/],
    ["somebody else", { kind: "ChannelMember", name: "x", old: { channel: "ops", username: "bob" } }, undefined],
    ["renamed", changed(user("root", { roles: ["admin"] }), user("boss", { roles: ["admin"] })), undefined],
  ])("%s", (_why, shown, says) => {
    const plan = planOf(shown);
    const reasons = refused(plan, {});
    if (says === undefined) return expect(reasons).toEqual([]);
    expect(concernsAccounts(plan)).toBe(true);
    expect(reasons).toEqual([expect.stringMatching(says)]);
  });

  test("is not asked for where no account is touched", () => {
    expect(concernsAccounts(planOf(cases.harmless, cases["webhook-host"], cases["private-to-public"]))).toBe(false);
  });
});

test("the checksum has to be the one that was reviewed", () => {
  expect(refused(planOf(), { expect: "aaaaaaaaaaaaaaaa" })).toEqual([]);
  expect(refused(planOf(), { expect: "bbbbbbbbbbbbbbbb" })).toEqual([
    expect.stringContaining("aaaaaaaaaaaaaaaa, not bbbbbbbbbbbbbbbb"),
  ]);
});
