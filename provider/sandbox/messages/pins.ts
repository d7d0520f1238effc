/** Pinning and starring messages, as the caller. Knows no route. */
import { meteorError } from "../core/failure.ts";
import type { MessageDoc, RoomDoc } from "../core/state.ts";
import { type Actor, allowed, shortRefOf } from "../rooms/actor.ts";
import { postSystemMessage, touch } from "../rooms/system-message.ts";
import { settingOn } from "../settings/read.ts";

function demandPin(actor: Actor, room: RoomDoc, method: string): void {
  if (!settingOn(actor.state, "Message_AllowPinning")) {
    throw meteorError("error-action-not-allowed", "Message pinning not allowed", { method, action: "Message_pinning" });
  }
  if (!allowed(actor, "pin-message", room._id)) throw meteorError("not-authorized", "Not Authorized", { method });
}

/** @returns the note about it that was put into the room, or the message itself when it was pinned already. */
export function pin(actor: Actor, room: RoomDoc, message: MessageDoc): MessageDoc {
  demandPin(actor, room, "pinMessage");
  if (message.pinned === true) return message;
  message.pinned = true;
  message.pinnedAt = actor.clock.now();
  message.pinnedBy = shortRefOf(actor.user);
  touch(actor, message);
  actor.events.messageSaved(message, false);
  const { username } = message.u;
  const quote = {
    text: message.msg,
    author_name: username,
    author_icon: `/avatar/${username}`,
    ts: message.ts,
    attachments: message.attachments ?? [],
  };
  return postSystemMessage(actor, room, { t: "message_pinned", msg: "", more: { attachments: [quote] } });
}

export function unpin(actor: Actor, room: RoomDoc, message: MessageDoc): void {
  demandPin(actor, room, "unpinMessage");
  message.pinned = false;
  message.pinnedAt = actor.clock.now();
  message.pinnedBy = shortRefOf(actor.user);
  touch(actor, message);
  actor.events.messageSaved(message, false);
}

export function star(actor: Actor, message: MessageDoc, on: boolean): void {
  const others = starsOf(message).filter(({ _id }) => _id !== actor.user._id);
  message.starred = on ? [...others, { _id: actor.user._id }] : others;
  touch(actor, message);
  actor.events.messageSaved(message, false);
}

export const starsOf = (message: MessageDoc): { _id: string }[] =>
  Array.isArray(message.starred) ? (message.starred as { _id: string }[]) : [];
