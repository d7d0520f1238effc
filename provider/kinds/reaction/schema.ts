/** What can be declared of one reaction to a message. */
import { z } from "zod";
import { field, type KindSchema } from "../../engine/schema.ts";

export const reactionInputs = z.strictObject({
  /** Id of the message (`message.id`). A change replaces the reaction. */
  messageId: field(z.string().min(1), { replaces: true, refers: "Message" }),
  /** Name of the emoji, standard or custom, as ":tada:" or "tada". A change replaces the reaction. */
  emoji: field(z.string().min(1), { replaces: true }),
});

export type ReactionInputs = z.infer<typeof reactionInputs>;

export const reactionSchema: KindSchema<ReactionInputs> = {
  inputs: reactionInputs,
  outputs: {
    /** Username of the account that reacts: the connection's. */
    username: {},
  },
  destroy: ["remove", "retain"],
  document: {
    section: "reactions",
    keys: ["messageId", "emoji"],
    export: { onlyAsked: "they are conversation; --include reactions takes those of this account" },
  },
};
