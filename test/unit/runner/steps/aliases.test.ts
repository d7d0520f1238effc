import { expect, it } from "vitest";
import { type Alias, emptyGoal, type Goal } from "../../../../provider/runner/goal.ts";
import { aliasUrns } from "../../../../provider/runner/steps/aliases.ts";

const place = { stack: "dev", project: "p" };
const urn = (rest: string) => `urn:pulumi:dev::p::${rest}`;
const goal = (aliases: Alias[], more: Partial<Goal> = {}): Goal => ({
  ...emptyGoal,
  type: "t:m:T",
  name: "new",
  parent: urn("pulumi:pulumi:Stack::p-dev"),
  aliases,
  ...more,
});

it("fills in what a spec leaves out", () => {
  const aliases = [{ urn: "urn:as-is" }, { name: "old" }, { type: "o:m:T" }, { stack: "other" }, { project: "q" }];
  expect(aliasUrns(goal(aliases), place, undefined)).toEqual([
    "urn:as-is",
    urn("t:m:T::old"),
    urn("o:m:T::new"),
    "urn:pulumi:other::p::t:m:T::new",
    "urn:pulumi:dev::q::t:m:T::new",
  ]);
});

it("takes another parent, or none", () => {
  const inGroup = goal([{ parent: urn("g:m:Old::h") }, { parent: "" }], { parent: urn("g:m:Group::g") });
  expect(aliasUrns(inGroup, place, undefined)).toEqual([urn("g:m:Old$t:m:T::new"), urn("t:m:T::new")]);
});

it("inherits the alias of the parent, with the name that was made from the parent's", () => {
  const child = goal([{ name: "group-was" }], { name: "group-child", parent: urn("g:m:Group::group") });
  expect(aliasUrns(child, place, urn("g:m:Group::old"))).toEqual([
    urn("g:m:Group$t:m:T::group-was"),
    urn("g:m:Group$t:m:T::old-child"),
    urn("g:m:Group$t:m:T::old-was"),
  ]);
});
