import { describe, expect, it } from "vitest";
import { after, type People, plan, readPeople } from "../../../../provider/kinds/channel/people.ts";

const people = (rows: Record<string, string[]>): People => ({
  self: "pulumi",
  byName: new Map(Object.entries(rows).map(([name, roles]) => [name, { id: `id-${name}`, roles: new Set(roles) }])),
});

describe("plan", () => {
  const live = people({ pulumi: ["owner"], ann: ["owner", "leader"], ben: [], eve: ["moderator"] });

  it("only adds with include", () => {
    expect(plan(live, { name: "x", members: ["ben", "dan"], owners: ["ben"], moderators: ["cat"] })).toEqual({
      invite: ["dan", "cat"],
      grant: [
        { username: "ben", role: "owner" },
        { username: "cat", role: "moderator" },
      ],
      revoke: [],
      kick: [],
    });
  });

  it("takes away with exact what is managed, and nothing of the account itself", () => {
    expect(plan(live, { name: "x", membership: "exact", members: ["ben"], owners: [], leaders: ["ann"] })).toEqual({
      invite: [],
      grant: [],
      revoke: [{ username: "ann", role: "owner" }],
      kick: [{ _id: "id-eve", username: "eve" }],
    });
    expect(plan(live, { name: "x", membership: "exact", owners: ["ann"] })).toEqual({
      invite: [],
      grant: [],
      revoke: [],
      kick: [],
    });
  });

  it("never leaves a room without an owner", () => {
    const foreign = people({ ann: ["owner"], ben: [] });
    expect(() => plan(foreign, { name: "x", membership: "exact", owners: [] })).toThrow(/without an owner: .*"ann"/);
    expect(() => plan(foreign, { name: "x", membership: "exact", members: ["ben"] })).toThrow(/without an owner/);
    expect(plan(foreign, { name: "x", membership: "exact", owners: ["ben"], members: [] }).kick).toEqual([
      { _id: "id-ann", username: "ann" },
    ]);
  });

  it.each([
    { name: "x", members: ["dan"], owners: ["ben"], moderators: ["cat"] },
    { name: "x", membership: "exact" as const, members: ["dan"], owners: ["ben"], moderators: ["cat"], leaders: [] },
    { name: "x", membership: "exact" as const, members: [], owners: ["pulumi"] },
  ])("leads to what reads as declared, with nothing left to do: %j", (declared) => {
    const then = after(live, plan(live, declared));
    const { name: _, membership: __, ...lists } = declared;
    expect(readPeople(then, declared)).toMatchObject(lists);
    expect(plan(then, declared)).toEqual({ invite: [], grant: [], revoke: [], kick: [] });
  });
});
