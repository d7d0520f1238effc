/** What can be declared of one person's membership in one room. */
import { z } from "zod";
import { ROOM_ROLES } from "../../client/api/members.ts";
import { field, type KindSchema } from "../../engine/schema.ts";

export const channelMemberInputs = z.strictObject({
  /**
   * Id or name of the room, public or private; a "#" in front is dropped. Prefer the id (`channel.id`): it outlives a renaming. A change replaces the
   * membership. Of a private room, the account that Pulumi uses has to be a member itself.
   */
  channel: field(z.string().min(1), { replaces: true, refers: "Channel" }),
  /** Username of the person; case matters, an "@" in front is dropped. A change replaces the membership. */
  username: field(z.string().min(1), { replaces: true, refers: "User" }),
  /** Exactly the roles that the person holds in this room: "owner", "moderator", "leader". Left out: not managed; []: none of them. */
  roles: field(z.array(z.enum(ROOM_ROLES)).optional(), { set: true }),
});

export type ChannelMemberInputs = z.infer<typeof channelMemberInputs>;

export const channelMemberSchema: KindSchema<ChannelMemberInputs> = {
  inputs: channelMemberInputs,
  outputs: {
    /** Id of the room. */
    roomId: {},
    /** Id of the person. */
    userId: {},
  },
  destroy: ["remove", "retain"],
  permissions: [
    { anyOf: ["add-user-to-joined-room", "add-user-to-any-c-room"], elsewhere: "in the room" },
    { anyOf: ["remove-user"], elsewhere: "in the room" },
  ],
  document: { section: "channelMembers", keys: ["channel", "username"] },
};
