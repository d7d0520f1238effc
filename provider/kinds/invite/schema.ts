/** What can be declared of an invite link. Knows no calls. */
import { z } from "zod";
import { INVITE_DAYS, INVITE_USES } from "../../client/api/invites.ts";
import { field, type KindSchema } from "../../engine/schema.ts";

export const inviteInputs = z.strictObject({
  /**
   * Id or name of the room that the link leads into; a "#" in front is dropped. Prefer the id (`channel.id`). The account that Pulumi
   * uses has to be a member. A change replaces the link.
   */
  channel: field(z.string().min(1), { replaces: true, refers: "Channel" }),
  /** Days until the link expires, from its making: 1, 7, 15, 30, or 0 for never. A change replaces the link. */
  days: field(z.literal(INVITE_DAYS), { replaces: true }),
  /** How many people can join by it: 1, 5, 10, 25, 50, 100, or 0 for any number. Default 0. A change replaces the link. */
  maxUses: field(z.literal(INVITE_USES).optional(), { replaces: true }),
});

export type InviteInputs = z.infer<typeof inviteInputs>;

export const inviteSchema: KindSchema<InviteInputs> = {
  inputs: inviteInputs,
  outputs: {
    /** The link to give to people. Who has it can join the room. */
    url: { secret: true },
    /** The server's id of the invite, which is the secret part of the link. */
    inviteId: { secret: true },
    /** Id of the room. */
    roomId: {},
    /** When the link expires, in ISO 8601; missing for one that never does. */
    expiresAt: {},
  },
  destroy: ["delete", "retain"],
  permissions: [{ anyOf: ["create-invite-links"] }],
  document: { section: "invites", keys: [], export: { anew: ["url"] } },
};
