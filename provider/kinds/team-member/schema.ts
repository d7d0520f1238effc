/** What can be declared of one person's membership in one team. */
import { z } from "zod";
import { ROOM_ROLES } from "../../client/api/members.ts";
import { field, type KindSchema } from "../../engine/schema.ts";

export const teamMemberInputs = z.strictObject({
  /** Id or name of the team. Prefer the id (`team.id`): it outlives a renaming. A change replaces the membership. */
  team: field(z.string().min(1), { replaces: true, refers: "Team" }),
  /** Username of the person; case matters, an "@" in front is dropped. A change replaces the membership. */
  username: field(z.string().min(1), { replaces: true, refers: "User" }),
  /**
   * Exactly the roles that the person holds in the team and its main room: "owner", "moderator", "leader". Left out: not managed; []:
   * none of them.
   */
  roles: field(z.array(z.enum(ROOM_ROLES)).optional(), { set: true }),
});

export type TeamMemberInputs = z.infer<typeof teamMemberInputs>;

export const teamMemberSchema: KindSchema<TeamMemberInputs> = {
  inputs: teamMemberInputs,
  outputs: {
    /** Id of the team. */
    teamId: {},
    /** Id of the person. */
    userId: {},
  },
  destroy: ["remove", "retain"],
  permissions: [
    { anyOf: ["add-team-member"], elsewhere: "in the team" },
    { anyOf: ["edit-team-member"], elsewhere: "in the team" },
    { anyOf: ["view-all-teams"] },
  ],
  document: { section: "teamMembers", keys: ["team", "username"] },
};
