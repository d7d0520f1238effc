/** The streams that can be subscribed to, who may read them and what they tell. Knows no socket. */
import type { Happening } from "../core/events.ts";
import { subscriptionOf } from "../core/lookups.ts";
import { canAccess } from "../rooms/access.ts";
import type { Actor } from "../rooms/actor.ts";
import { type Frame, messageFrame } from "./frames.ts";

/** The event that stands for the messages of every room that one sees. */
const EVERYWHERE = "__my_messages__";

interface Stream {
  mayRead(actor: Actor, event: string): boolean;
  /** The arguments of the event, or undefined when it doesn't concern this subscriber. */
  argsOf(actor: Actor, event: string, happening: Happening): unknown[] | undefined;
}

const seesRoom = (actor: Actor, rid: string): boolean => {
  const room = actor.state.rooms[rid];
  return room !== undefined && canAccess(actor, room);
};

const roomMessages: Stream = {
  mayRead: (actor, event) => event === EVERYWHERE || seesRoom(actor, event),
  argsOf(actor, event, happening) {
    if (happening.kind !== "message") return undefined;
    const { message } = happening;
    const room = actor.state.rooms[message.rid];
    if (!room || (event !== message.rid && event !== EVERYWHERE) || !canAccess(actor, room)) return undefined;
    if (event === message.rid) return [messageFrame(message)];
    const roomParticipant = subscriptionOf(actor.state, actor.user._id, room._id) !== undefined;
    return [messageFrame(message), { roomParticipant, roomType: room.t, roomName: room.name }];
  },
};

/** `<rid>/<what>`; of what goes on in a room beside messages, only deletions are told. */
const roomNotices: Stream = {
  mayRead: (actor, event) => seesRoom(actor, event.split("/")[0] ?? ""),
  argsOf(actor, event, happening) {
    if (happening.kind !== "message-deleted" || event !== `${happening.rid}/deleteMessage`) return undefined;
    return seesRoom(actor, happening.rid) ? [{ _id: happening.id }] : undefined;
  },
};

const STREAMS: Record<string, Stream> = {
  "stream-room-messages": roomMessages,
  "stream-notify-room": roomNotices,
};

export const streamOf = (name: string): Stream | undefined =>
  Object.hasOwn(STREAMS, name) ? STREAMS[name] : undefined;

export interface Subscription {
  stream: string;
  event: string;
}

/** The frames that a subscriber gets of what happened. */
export function framesOf(
  actor: Actor,
  subscriptions: readonly Subscription[],
  happenings: readonly Happening[],
): Frame[] {
  return happenings.flatMap((happening) =>
    subscriptions.flatMap(({ stream, event }) => {
      const args = streamOf(stream)?.argsOf(actor, event, happening);
      return args ? [{ msg: "changed", collection: stream, id: "id", fields: { eventName: event, args } }] : [];
    }),
  );
}
