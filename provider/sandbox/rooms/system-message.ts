/** Messages that the server itself puts into a room when something happens to it. Knows no route. */
import { objectId } from "../core/ids.ts";
import type { MessageDoc, RoomDoc, UserRef } from "../core/state.ts";
import { type Actor, refOf } from "./actor.ts";

export interface SystemMessage {
  /** uj, ul, au, ru, r, room_changed_topic … */
  t: string;
  msg: string;
  /** Who did it; the actor by default. */
  u?: UserRef;
  /** Members beside the usual ones. */
  more?: Record<string, unknown>;
}

export function postSystemMessage(actor: Actor, room: RoomDoc, { t, msg, u, more }: SystemMessage): MessageDoc {
  const now = actor.clock.now();
  const message: MessageDoc = {
    _id: objectId(),
    t,
    rid: room._id,
    ts: now,
    msg,
    u: u ?? refOf(actor.user),
    groupable: false,
    ...more,
    _updatedAt: now,
  };
  actor.state.messages[message._id] = message;
  room.msgs++;
  touch(actor, room);
  actor.events.messageSaved(message, true);
  return message;
}

/** Marks a document as changed now. */
export function touch(actor: Actor, document: { _updatedAt?: string | undefined }): void {
  document._updatedAt = actor.clock.now();
}
