/** Routes that list rooms of a family, and the messages inside one. */
import { failure } from "../core/failure.ts";
import { subscriptionOf } from "../core/lookups.ts";
import { paged, pageOf, sorted, sortOf } from "../core/paging.ts";
import type { Call, Route } from "../core/route.ts";
import type { MessageDoc, RoomDoc } from "../core/state.ts";
import { open, text } from "../core/validate.ts";
import { historyOf, messagesIn } from "../messages/history.ts";
import { type Family, familyRoom } from "../rooms/family.ts";
import { roomView } from "../rooms/present.ts";

function listed(call: Call, family: Family, rooms: readonly RoomDoc[]): object {
  const { rows, ...numbers } = paged(sorted(rooms, sortOf(call, { name: 1 })), pageOf(call));
  return { [family.prefix]: rows.map(roomView), ...numbers };
}

const ofFamily = (call: Call, family: Family): RoomDoc[] =>
  Object.values(call.state.rooms).filter((room) => room.t === family.t);

const mine = (call: Call) => (room: RoomDoc) => subscriptionOf(call.state, call.user._id, room._id) !== undefined;

/** Public rooms of teams show only to their members. */
const inTheOpen = (call: Call) => (room: RoomDoc) => room.teamId === undefined || mine(call)(room);

function counters(call: Call, family: Family): object {
  const room = familyRoom(call, family, call.query, { archivedToo: true });
  const subscription = subscriptionOf(call.state, call.user._id, room._id);
  const latest = room.lm ?? room._updatedAt;
  const since = subscription?.ts;
  const unread = (message: MessageDoc) => since !== undefined && message.ts >= since && message.ts <= latest;
  return {
    joined: subscription !== undefined,
    members: room.usersCount,
    unreads: subscription ? messagesIn(call, room).filter(unread).length : null,
    unreadsFrom: since ?? null,
    msgs: room.msgs,
    latest,
    userMentions: subscription ? 0 : null,
  };
}

const historyQuery = {
  oneOf: [open({ roomId: text }, ["roomId"]), open({ roomName: text }, ["roomName"])],
};

export function listRoutes(family: Family): Route[] {
  const base = `/api/v1/${family.prefix}`;
  const own: Route[] =
    family.t === "c"
      ? [
          {
            method: "GET",
            path: `${base}.list`,
            permissions: { any: ["view-c-room", "view-joined-room"] },
            handler: (call) => listed(call, family, ofFamily(call, family).filter(inTheOpen(call))),
          },
          {
            method: "GET",
            path: `${base}.list.joined`,
            handler: (call) => listed(call, family, ofFamily(call, family).filter(mine(call))),
          },
        ]
      : [
          {
            method: "GET",
            path: `${base}.list`,
            handler: (call) => listed(call, family, ofFamily(call, family).filter(mine(call))),
          },
          {
            method: "GET",
            path: `${base}.listAll`,
            permissions: ["view-room-administration"],
            handler: (call) => listed(call, family, ofFamily(call, family)),
          },
        ];
  return [
    ...own,
    { method: "GET", path: `${base}.counters`, handler: (call) => counters(call, family) },
    {
      method: "GET",
      path: `${base}.online`,
      // the releases no longer take the `query` that this call lives on
      handler: () => {
        throw failure("Invalid query");
      },
    },
    {
      method: "GET",
      path: `${base}.history`,
      legacy: true,
      ...(family.t === "c" && { query: historyQuery }),
      handler: (call) => {
        const room = familyRoom(call, family, call.query, { archivedToo: true });
        return { messages: historyOf(call, room, call.query) };
      },
    },
    {
      method: "GET",
      path: `${base}.messages`,
      handler: (call) => {
        const room = familyRoom(call, family, call.query, { archivedToo: true });
        const rows = sorted(messagesIn(call, room).reverse(), sortOf(call, { ts: -1 }));
        const { rows: messages, ...numbers } = paged(rows, pageOf(call));
        return { messages, ...numbers };
      },
    },
  ];
}
