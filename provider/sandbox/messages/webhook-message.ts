/** Messages in the notation that chat.postMessage and incoming hooks share. Knows no route. */
import type { MessageDoc, RoomDoc } from "../core/state.ts";
import type { Actor } from "../rooms/actor.ts";
import { demandMayPost, joinByPosting, storeMessage } from "./post.ts";

/** Used where the payload says nothing. */
export interface Defaults {
  alias?: string | undefined;
  avatar?: string | undefined;
  emoji?: string | undefined;
  /** The integration that posts. */
  bot?: { i: string } | undefined;
}

const asText = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** One picture: the payload's before the usual one, an address before an emoji. */
function look(
  payload: Record<string, unknown>,
  defaults: Defaults,
): { avatar: string } | { emoji: string } | undefined {
  const avatar = asText(payload.icon_url) ?? asText(payload.avatar);
  if (avatar !== undefined) return { avatar };
  const emoji = asText(payload.icon_emoji) ?? asText(payload.emoji);
  if (emoji !== undefined) return { emoji };
  if (defaults.avatar) return { avatar: defaults.avatar };
  return defaults.emoji ? { emoji: defaults.emoji } : undefined;
}

export function postWebhookMessage(
  actor: Actor,
  room: RoomDoc,
  payload: Record<string, unknown>,
  defaults: Defaults = {},
): MessageDoc {
  joinByPosting(actor, room);
  demandMayPost(actor, room);
  const attachments = Array.isArray(payload.attachments) ? payload.attachments : [];
  const parseUrls = typeof payload.parseUrls === "boolean" ? payload.parseUrls : !payload.attachments;
  const tmid = asText(payload.tmid);
  return storeMessage(actor, room, {
    msg: (asText(payload.text) ?? asText(payload.msg) ?? "").trim(),
    parseUrls,
    tmid,
    more: {
      alias: asText(payload.username) ?? asText(payload.alias) ?? defaults.alias ?? "",
      attachments,
      parseUrls,
      ...(defaults.bot && { bot: defaults.bot }),
      groupable: tmid !== undefined,
      ...look(payload, defaults),
      ...(typeof payload.customFields === "object" && payload.customFields && { customFields: payload.customFields }),
    },
  });
}
