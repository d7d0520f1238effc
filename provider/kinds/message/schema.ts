/** What can be declared of a message. */
import { z } from "zod";
import { field, type KindSchema } from "../../engine/schema.ts";
import { attachment } from "../base/attachment.ts";

export const messageInputs = z.strictObject({
  /**
   * Id or name of the room, public or private; a "#" in front is dropped. Prefer the id (`channel.id`): it outlives a renaming. A change
   * replaces the message. The account that Pulumi uses joins a public room by writing into it; of a private one it has to be a member.
   */
  channel: field(z.string().min(1), { replaces: true, refers: "Channel" }),
  /**
   * Text in Rocket.Chat's Markdown; spaces and empty lines around it are dropped. Required, unless there are `attachments`. A change edits the message. At most
   * `Message_MaxAllowedSize` characters (5,000 unless it was changed), counted as the server does: what is seen as one character is
   * one, and so is a standard emoji written as ":tada:".
   */
  text: z.string().optional(),
  /**
   * Id that the message gets: 1 to 64 letters, digits, "-" and "_", unique on the server. A change replaces the message. Default: one
   * that is worked out of `idempotencyKey` and the room.
   */
  messageId: field(
    z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/)
      .optional(),
    { replaces: true },
  ),
  /**
   * What the message's id is worked out of, so that a run that was killed and the next one write one message. Counts at creation only. Default: project,
   * stack and name of the resource.
   */
  idempotencyKey: field(z.string().min(1).optional(), { initial: true }),
  /** Id of the message in whose thread this one stands (`other.id`). A change replaces the message. Default: in the room itself. */
  threadMessageId: field(z.string().min(1).optional(), { replaces: true, refers: "Message" }),
  /** Name shown instead of the account's. Needs the permission `message-impersonate`, which an admin lacks. A change replaces the message. Default "". */
  alias: field(z.string().optional(), { replaces: true }),
  /** Emoji shown as the avatar, as ":ghost:". A change replaces the message. Default "". */
  emoji: field(z.string().optional(), { replaces: true }),
  /** Address of an image shown instead of the avatar. Needs `message-impersonate`. A change replaces the message. Default "". */
  avatar: field(z.string().optional(), { replaces: true }),
  /** Boxes below the text: quotes, images, tables, with the server's own names. Can't be edited: a change replaces the message. Default []. */
  attachments: field(z.array(attachment).optional(), { replaces: true }),
  /** Fields of one's own; the workspace must allow them (`Message_CustomFields_Enabled`, `Message_CustomFields`). A change edits the message. Default {}. */
  customFields: field(z.record(z.string(), z.unknown()).optional(), {
    settings: ["Message_CustomFields_Enabled", "Message_CustomFields"],
  }),
  /** Pinned in its room. Needs the permission `pin-message` and the setting `Message_AllowPinning`. Default false. */
  pinned: z.boolean().optional(),
  /** Exactly the emoji that the account of the connection reacts with, as ":tada:" or "tada". Others' reactions are left alone. Default []. */
  reactions: field(z.array(z.string().min(1)).optional(), { set: true }),
});

export type MessageInputs = z.infer<typeof messageInputs>;

export const messageSchema: KindSchema<MessageInputs> = {
  inputs: messageInputs,
  outputs: {
    /** Id of the room. */
    roomId: {},
    /** Username of the account that wrote it. */
    author: {},
    /** When it was written, in ISO 8601. */
    createdAt: {},
  },
  destroy: ["delete", "retain"],
  permissions: [
    { anyOf: ["pin-message"], inputs: ["pinned"], elsewhere: "in the room" },
    { anyOf: ["message-impersonate"], inputs: ["alias", "avatar"] },
  ],
  document: {
    section: "messages",
    keys: [],
    ownId: "messageId",
    export: { onlyAsked: "they are conversation; --include messages takes those of this account" },
  },
};
