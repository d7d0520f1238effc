import { expect, test } from "vitest";
import { compare } from "../../../../provider/cli/coverage/compare.ts";
import { managedByState, peopleOf } from "../../../../provider/cli/coverage/managed.ts";
import { typeToken } from "../../../../provider/kinds/base/loader.ts";
import { handlers } from "../../../../provider/kinds/handlers.ts";

const room = (id: string, inputs: Record<string, unknown>, workspaceId?: string, more = {}) => ({
  urn: `urn:pulumi:dev::acme::${typeToken("Channel")}::${id}`,
  type: typeToken("Channel"),
  custom: true,
  id,
  inputs,
  outputs: { ...inputs, ...(workspaceId !== undefined && { workspaceId }) },
  ...more,
});
const channels = handlers.get("Channel")!;
const members = handlers.get("ChannelMember")!;

test("what lives in another workspace, is on its way out or is only looked up is not managed here", () => {
  const managed = managedByState(
    [
      room("here", {}, "w1"),
      room("old", {}),
      room("there", {}, "w2"),
      room("leaving", {}, "w1", { delete: true }),
      room("replaced", {}, "w1", { pendingReplacement: true }),
      room("seen", {}, "w1", { external: true }),
    ],
    "w1",
  );
  const ids = ["here", "old", "there", "leaving", "replaced", "seen"];
  expect(ids.filter((id) => managed.inputsFor(channels, { id, name: id }) !== undefined)).toEqual(["here", "old"]);
});

test("whom a room lists is managed, with exact membership everybody; whose list is not declared nobody", () => {
  expect(peopleOf({ members: ["alice"], owners: ["bob"] })).toEqual(new Set(["alice", "bob"]));
  expect(peopleOf({ members: ["alice"], membership: "exact" })).toBe("all");
  expect(peopleOf({ owners: ["bob"], membership: "exact" })).toEqual(new Set(["bob"]));
  const managed = managedByState(
    [room("r1", { name: "exact", members: [], membership: "exact" }), room("r2", { name: "some", members: ["alice"] })],
    "w1",
  );
  const rows = compare(
    new Map([
      [
        channels,
        ["exact", "some", "none"].map((name, index) => ({ id: `r${index + 1}`, parts: [name], leftOut: undefined })),
      ],
      [
        members,
        ["exact/eve", "some/alice", "some/eve", "none/eve", "none/admin"].map((name) => ({
          id: name,
          parts: name.split("/"),
          leftOut: undefined,
        })),
      ],
    ]),
    managed,
    "admin",
  );
  expect(
    rows.map(({ managed: count, unmanaged, ignored }) => [count, unmanaged.map(({ name }) => name), ignored]),
  ).toEqual([
    [2, ["none"], 0],
    [2, ["none/eve", "some/eve"], 1],
  ]);
});
