/** Puts a message into a room. Asks no permission but those of the room itself. Knows no route. */
import { STANDARD_EMOJI } from "../../data/emoji.ts";
import { failure } from "../core/failure.ts";
import { objectId } from "../core/ids.ts";
import { subscriptionOf } from "../core/lookups.ts";
import type { MessageDoc, RoomDoc } from "../core/state.ts";
import { canAccess } from "../rooms/access.ts";
import { type Actor, allowed, refOf } from "../rooms/actor.ts";
import { addToRoom } from "../rooms/subscribe.ts";
import { touch } from "../rooms/system-message.ts";
import { settingNumber } from "../settings/read.ts";
import { demandCustomFields } from "./custom-fields.ts";
import { parseMarkdown, urlsIn } from "./markdown.ts";
import { mentionedRooms, mentionedUsers } from "./mentions.ts";

/** Throws the server's plain sentences where the actor must not write into the room. */
export function demandMayPost(actor: Actor, room: RoomDoc): void {
  if (!canAccess(actor, room)) throw failure("error-not-allowed");
  // release 7.7.1 takes messages into archived rooms
  if (room.archived && actor.is8) throw failure("room_is_archived");
  if (room.ro && !allowed(actor, "post-readonly", room._id)) {
    throw failure("You can't send messages because the room is readonly.");
  }
}

/** Public rooms are joined by writing into them. */
export function joinByPosting(actor: Actor, room: RoomDoc): void {
  if (room.t === "c" && !subscriptionOf(actor.state, actor.user._id, room._id) && canAccess(actor, room)) {
    addToRoom(actor, room, actor.user);
  }
}

export interface Draft {
  msg: string;
  /** The caller's own id; fresh by default. */
  _id?: string | undefined;
  tmid?: string | undefined;
  /** `false`: the text's addresses are not listed. */
  parseUrls?: boolean | undefined;
  /** Other members, stored as they are. */
  more?: Record<string, unknown> | undefined;
}

const segmenter = new Intl.Segmenter();

/** The server counts what is seen as one character, and an emoji's name as one. */
function sizeOf(text: string): number {
  const adjusted = text.replace(/:\w+:/g, (match) => (STANDARD_EMOJI.has(match.slice(1, -1)) ? " " : match));
  return [...segmenter.segment(adjusted)].length;
}

/** Stores a message of the actor; the room, and the thread it belongs to, take note. */
export function storeMessage(actor: Actor, room: RoomDoc, draft: Draft): MessageDoc {
  if (sizeOf(draft.msg) > settingNumber(actor.state, "Message_MaxAllowedSize")) {
    throw failure("error-message-size-exceeded");
  }
  demandCustomFields(actor, draft.more?.customFields);
  const now = actor.clock.now();
  const message: MessageDoc = {
    _id: draft._id ?? objectId(),
    ...draft.more,
    rid: room._id,
    msg: draft.msg,
    ...(draft.tmid !== undefined && { tmid: draft.tmid }),
    ts: now,
    u: refOf(actor.user),
    ...parsedText(actor, draft.msg, draft.parseUrls ?? true),
    _updatedAt: now,
  };
  actor.state.messages[message._id] = message;
  room.msgs++;
  room.lm = now;
  room.lastMessage = withoutStoreTime(actor, message);
  touch(actor, room);
  const thread = draft.tmid === undefined ? undefined : actor.state.messages[draft.tmid];
  actor.events.messageSaved(message, true);
  if (thread) noteReply(actor, thread, message);
  return message;
}

/** What the server works out of a text. */
export function parsedText(actor: Actor, text: string, listUrls: boolean): Record<string, unknown> {
  const md = parseMarkdown(text);
  return {
    ...(md && { md }),
    mentions: mentionedUsers(actor, text),
    channels: mentionedRooms(actor, text),
    ...(listUrls && { urls: urlsIn(text, actor.is8) }),
  };
}

/** 8.x answers and remembers a new message as it was before it was stored. */
export function withoutStoreTime(actor: Actor, message: MessageDoc): MessageDoc {
  const { _updatedAt, ...rest } = message;
  return actor.is8 ? rest : { ...rest, _updatedAt };
}

function noteReply(actor: Actor, thread: MessageDoc, reply: MessageDoc): void {
  const replies = Array.isArray(thread.replies) ? (thread.replies as string[]) : [];
  thread.replies = replies.includes(reply.u._id) ? replies : [...replies, reply.u._id];
  thread.tlm = reply.ts;
  thread.tcount = (typeof thread.tcount === "number" ? thread.tcount : 0) + 1;
  touch(actor, thread);
  actor.events.messageSaved(thread, false);
}
