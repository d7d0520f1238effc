/** What an incoming webhook takes, in the server's own names. Pure. */
import { z } from "zod";
import { checkSchema } from "../engine/check.ts";
import { InputError } from "../errors.ts";
import { attachment } from "../kinds/base/attachment.ts";

const text = z.string().optional();

export const webhookPayload = z.strictObject({
  /** Text in Rocket.Chat's Markdown. Required, unless there are attachments. */
  text,
  /** The same as `text`, which goes before it. */
  msg: text,
  /** Name shown instead of the webhook's alias or user. */
  alias: text,
  /** The same as `alias`; it does not choose who posts. */
  username: text,
  /** Address of an image shown as the avatar. */
  avatar: text,
  /** The same as `avatar`, which it goes before. */
  icon_url: text,
  /** Emoji shown as the avatar, as ":ghost:". An address goes before it. */
  emoji: text,
  /** The same as `emoji`, which it goes before. */
  icon_emoji: text,
  /** Boxes below the text. */
  attachments: z.array(attachment).optional(),
  /** "#room" or "@person", one or several, instead of the webhook's own; only where it allows that (`overrideDestinationChannelEnabled`). */
  channel: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
  /** The same by id. Not beside `channel`. */
  roomId: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
  /** Id of the message in whose thread this one stands. */
  tmid: z.string().min(1).optional(),
  /** False: addresses in the text get no preview. */
  parseUrls: z.boolean().optional(),
  /** Fields of one's own; the workspace must allow them. */
  customFields: z.record(z.string(), z.unknown()).optional(),
});

export type WebhookPayload = z.infer<typeof webhookPayload>;

/** Throws InputError. The server would drop what it does not know, and answer "success" to an empty message without posting it. */
export function checkPayload(payload: WebhookPayload): WebhookPayload {
  const { inputs, failures } = checkSchema(webhookPayload, payload, { reveal: true });
  const given = inputs as WebhookPayload;
  const reasons = failures.map(({ reason }) => reason);
  if (reasons.length === 0) {
    const isBlank = (given.text ?? given.msg ?? "").trim() === "";
    if (isBlank && (given.attachments ?? []).length === 0)
      reasons.push("text: must not be empty, unless there are attachments");
    if (given.channel !== undefined && given.roomId !== undefined)
      reasons.push("roomId: give either channel or roomId");
  }
  if (reasons.length === 0) return given;
  throw new InputError(`sendToWebhook: ${reasons.join("; ")}. Nothing was sent.`);
}
