/** What can be declared of one person's role, in the workspace or in one room. */
import { z } from "zod";
import { field, type KindSchema } from "../../engine/schema.ts";

export const roleMemberInputs = z.strictObject({
  /** Username of the person; case matters, an "@" in front is dropped. A change replaces the resource. */
  username: field(z.string().min(1), { replaces: true, refers: "User" }),
  /** Id or name of the role. Prefer the id (`role.id`): it outlives a renaming. A change replaces the resource. */
  role: field(z.string().min(1), { replaces: true, refers: "Role" }),
  /**
   * Id or name of the room in which the role is held; for room roles only (scope "Subscriptions"), and the person has to be a member.
   * A "#" in front is dropped. Left out: held in the whole workspace. A change replaces the resource.
   */
  channel: field(z.string().min(1).optional(), { replaces: true, refers: "Channel" }),
});

export type RoleMemberInputs = z.infer<typeof roleMemberInputs>;

export const roleMemberSchema: KindSchema<RoleMemberInputs> = {
  inputs: roleMemberInputs,
  outputs: {
    /** Id of the role. */
    roleId: {},
    /** Id of the person. */
    userId: {},
    /** Id of the room, where there is one. */
    roomId: {},
  },
  destroy: ["remove", "retain"],
  permissions: [{ anyOf: ["access-permissions"] }],
  document: {
    section: "roleMembers",
    keys: [],
    export: { onlyAsked: "roles in the whole workspace stand at the people, those in a room at the members" },
  },
};
