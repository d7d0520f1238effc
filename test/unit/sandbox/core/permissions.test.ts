import { describe, expect, it } from "vitest";
import { freshState } from "../../../../provider/sandbox/core/fresh.ts";
import { hasPermission, rolesOf } from "../../../../provider/sandbox/core/permissions.ts";
import type { State, UserDoc } from "../../../../provider/sandbox/core/state.ts";

function withMember(): { state: State; user: UserDoc } {
  const state = freshState("8.6.1");
  const [admin] = Object.values(state.users).filter(({ roles }) => roles.includes("admin"));
  const user: UserDoc = { ...admin!, _id: "bob", username: "bob", roles: ["user"] };
  state.users.bob = user;
  const now = state.createdAt;
  state.subscriptions.s = {
    _id: "s",
    rid: "GENERAL",
    u: { _id: "bob", username: "bob" },
    name: "general",
    t: "c",
    ts: now,
    _updatedAt: now,
    roles: ["owner"],
  };
  return { state, user };
}

describe("permissions", () => {
  it("count the roles of the account everywhere", () => {
    const { state, user } = withMember();
    expect(hasPermission(state, user, "create-c")).toBe(true);
    expect(hasPermission(state, user, "create-user")).toBe(false);
    expect(hasPermission(state, undefined, "create-c")).toBe(false);
  });

  it("count the roles in a room in that room only", () => {
    const { state, user } = withMember();
    expect(hasPermission(state, user, "archive-room")).toBe(false);
    expect(hasPermission(state, user, "archive-room", "GENERAL")).toBe(true);
    expect(hasPermission(state, user, "archive-room", "another")).toBe(false);
  });

  it("follow what was written over the built-in lists", () => {
    const { state, user } = withMember();
    state.permissions["create-c"] = { roles: ["admin"], _updatedAt: state.createdAt };
    expect(rolesOf(state, "create-c")).toEqual(["admin"]);
    expect(hasPermission(state, user, "create-c")).toBe(false);
    expect(rolesOf(state, "no-such-permission")).toBeUndefined();
  });
});
