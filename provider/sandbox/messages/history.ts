/** Which messages a room shows, and in which order. Knows no route. */
import type { MessageDoc, RoomDoc } from "../core/state.ts";
import type { Actor } from "../rooms/actor.ts";

/** All messages of a room, oldest first. */
export const messagesIn = (actor: Actor, room: RoomDoc): MessageDoc[] =>
  Object.values(actor.state.messages).filter((message) => message.rid === room._id);

/** Newest first; messages of the same moment in the opposite order of their making. */
export function newestFirst(messages: readonly MessageDoc[]): MessageDoc[] {
  return [...messages].reverse().sort((a, b) => (a.ts === b.ts ? 0 : a.ts < b.ts ? 1 : -1));
}

const whole = (value: unknown, usual: number): number => {
  const number = Number(value);
  return value === undefined || !Number.isInteger(number) || number < 0 ? usual : number;
};

/** @param query `latest`, `oldest`, `inclusive`, `count` (20; 0 means everything), `offset`, `showThreadMessages`. */
export function historyOf(actor: Actor, room: RoomDoc, query: Record<string, unknown>): MessageDoc[] {
  const at = (value: unknown): number | undefined => (typeof value === "string" ? Date.parse(value) : undefined);
  const latest = at(query.latest) ?? Number.POSITIVE_INFINITY;
  const oldest = at(query.oldest) ?? Number.NEGATIVE_INFINITY;
  const inclusive = query.inclusive === "true";
  const withThreads = query.showThreadMessages === "true";
  const shown = messagesIn(actor, room).filter((message) => {
    const ts = Date.parse(message.ts);
    const inTime = inclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest;
    return inTime && (withThreads || message.tmid === undefined || message.tshow === true);
  });
  const count = whole(query.count, 20);
  const offset = whole(query.offset, 0);
  return newestFirst(shown).slice(offset, count === 0 ? undefined : offset + count);
}
