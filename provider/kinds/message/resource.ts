/** The class Message, for programs. What it does is in handler.ts. */
import * as pulumi from "@pulumi/pulumi";
import type { Attachment } from "../base/attachment.ts";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { messageHandler } from "./handler.ts";
import type { MessageInputs } from "./schema.ts";

export interface MessageArgs extends Args<MessageInputs>, CommonArgs<"delete" | "retain"> {}

/**
 * A message that belongs to a room's set-up: its rules, its links, a welcome; usually pinned. It is written as the account of the
 * connection, once: the id is worked out beforehand, so a run that was killed and the next one write one message.
 *
 * A changed text or changed custom fields edit the message. Anything else that the server can't edit makes a new one, and the old one is
 * removed as `onDestroy` says. A refresh finds what people edited, deleted or unpinned.
 *
 * @example The smallest one
 * ```ts
 * new rocketchat.Message("welcome", { channel: general.id, text: "Welcome! Ask anything." });
 * ```
 *
 * @example The pinned rules of a room
 * ```ts
 * const rules = new rocketchat.Message("rules", {
 *   channel: releases.id,
 *   text: "*House rules*\nOne thread per release. No passwords here.",
 *   attachments: [{ title: "Calendar", title_link: "https://example.com/releases", color: "#2de0a5" }],
 *   pinned: true,
 *   reactions: [":white_check_mark:"],
 * });
 * new rocketchat.Message("rules-contact", { channel: releases.id, threadMessageId: rules.id, text: "Questions: @alice" });
 * ```
 *
 * Permissions: to write in the room (`post-readonly` where it is read-only); `pin-message`; `message-impersonate` for `alias` and
 * `avatar`; `edit-message` and `delete-message` for messages of somebody else (`adopt`).
 *
 * When it is removed from the program, the message is deleted; its thread stays, without a start.
 */
export class Message extends RocketChatResource {
  declare readonly channel: pulumi.Output<string>;
  declare readonly text: pulumi.Output<string | undefined>;
  declare readonly messageId: pulumi.Output<string | undefined>;
  declare readonly idempotencyKey: pulumi.Output<string | undefined>;
  declare readonly threadMessageId: pulumi.Output<string | undefined>;
  declare readonly alias: pulumi.Output<string | undefined>;
  declare readonly emoji: pulumi.Output<string | undefined>;
  declare readonly avatar: pulumi.Output<string | undefined>;
  declare readonly attachments: pulumi.Output<Attachment[] | undefined>;
  declare readonly customFields: pulumi.Output<Record<string, unknown> | undefined>;
  declare readonly pinned: pulumi.Output<boolean | undefined>;
  declare readonly reactions: pulumi.Output<string[] | undefined>;
  /** Id of the room. */
  declare readonly roomId: pulumi.Output<string>;
  /** Username of the account that wrote it. */
  declare readonly author: pulumi.Output<string>;
  /** When it was written, in ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;

  constructor(name: string, args: MessageArgs, opts?: pulumi.CustomResourceOptions) {
    const own = args.messageId === undefined && opts?.id === undefined;
    const idempotencyKey = [pulumi.getProject(), pulumi.getStack(), name].join("/");
    super(messageHandler, name, own ? { idempotencyKey, ...args } : args, opts);
  }

  /** An existing message by id, to read from. It is not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Message {
    return new Message(name, {} as MessageArgs, { ...opts, id });
  }
}
