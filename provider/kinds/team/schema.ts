/** What can be declared of a team. Knows no calls. */
import { z } from "zod";
import { field, type KindSchema } from "../../engine/schema.ts";

export const teamInputs = z.strictObject({
  /**
   * Name of the team and of its main room, unique among all teams, rooms and users of the workspace. The rules for room names count. A
   * change renames both and keeps their ids.
   */
  name: z.string().min(1),
  /** True for a team that only its members see. Default false. Changing it keeps the team and its main room. */
  private: z.boolean().optional(),
  /** One line in the header of the main room. Default "". */
  topic: z.string().optional(),
  /** What the team is for; shown in the information panel of the main room. Default "". */
  description: z.string().optional(),
  /** Shown in a bar above the messages of the main room. Default "". */
  announcement: z.string().optional(),
  /**
   * Username of the first owner, at creation; the account that Pulumi uses is then no member. No effect later: other owners are
   * declared with TeamMember. Default: that account.
   */
  owner: field(z.string().min(1).optional(), { local: true, refers: "User" }),
  /**
   * Ids or names of further rooms that belong to the team; a "#" in front is dropped. The account has to own them, and a room is in one
   * team at most. Left out: not managed.
   */
  rooms: field(z.array(z.string().min(1)).optional(), { set: true, refers: "Channel" }),
  /**
   * How `rooms` is meant. "include" (default): they belong to the team, others may too, and what is taken off the list stays.
   * "exact": no others do; they go back to the workspace.
   */
  membership: z.enum(["include", "exact"]).optional(),
});

export type TeamInputs = z.infer<typeof teamInputs>;

export const teamSchema: KindSchema<TeamInputs> = {
  inputs: teamInputs,
  outputs: {
    /** Id of the main room: what a ChannelMember, Message or webhook of the team refers to. */
    roomId: {},
    /** Username of the account that made the team. */
    creator: {},
    /** When the team was made, in ISO 8601. */
    createdAt: {},
  },
  destroy: ["delete", "retain"],
  permissions: [{ anyOf: ["create-team"] }, { anyOf: ["view-all-teams"] }],
  document: {
    section: "teams",
    keys: ["name"],
    refersById: true,
    actsAs: "Channel",
    export: { defaults: { membership: "include" } },
  },
};
