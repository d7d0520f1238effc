/** Direct rooms. Knows no route. */
import { objectId } from "../core/ids.ts";
import type { RoomDoc, UserDoc } from "../core/state.ts";
import type { Actor } from "./actor.ts";
import { subscribe } from "./subscribe.ts";

/** The direct room of exactly these users, made when there is none. */
export function directRoom(actor: Actor, users: readonly UserDoc[]): RoomDoc {
  const members = [...new Map(users.map((user) => [user._id, user])).values()];
  const wanted = members
    .map((user) => user._id)
    .sort()
    .join();
  const known = Object.values(actor.state.rooms).find(
    (room) => room.t === "d" && [...(room.uids ?? [])].sort().join() === wanted,
  );
  if (known) return known;
  const now = actor.clock.now();
  const usernames = members.map((user) => user.username);
  const room: RoomDoc = {
    // Release 7.7.1 derives the id of a room of two from theirs.
    _id: actor.is8 || members.length > 2 ? objectId() : pairId(members),
    t: "d",
    usernames,
    usersCount: 0,
    msgs: 0,
    ts: now,
    uids: members.map((user) => user._id),
    ...(!actor.is8 && { default: false, ro: false, sysMes: true, _USERNAMES: usernames }),
    _updatedAt: now,
  };
  actor.state.rooms[room._id] = room;
  for (const user of members) {
    // The users' own lists hold no direct rooms.
    const rooms = user.__rooms;
    subscribe(actor, room, user, { atCreation: true });
    if (rooms) user.__rooms = rooms;
    else delete user.__rooms;
  }
  return room;
}

function pairId(members: readonly UserDoc[]): string {
  const ids = members.map((user) => user._id).sort();
  return ids.length === 1 ? `${ids[0]}${ids[0]}` : ids.join("");
}
