/** Archives, revives and deletes rooms, as the caller. Knows no route. */
import { meteorError } from "../core/failure.ts";
import { dropSubscription, subscriptionsIn } from "../core/lookups.ts";
import type { RoomDoc, State } from "../core/state.ts";
import { type Actor, allowed } from "./actor.ts";
import { membersOf } from "./subscribe.ts";
import { postSystemMessage } from "./system-message.ts";

/** Repeating it is no error, and says so in the room again. */
export function setArchived(actor: Actor, rid: string, archived: boolean): void {
  const method = archived ? "archiveRoom" : "unarchiveRoom";
  const room = actor.state.rooms[rid];
  if (!room) throw meteorError("error-invalid-room", "Invalid room", { method });
  if (!allowed(actor, archived ? "archive-room" : "unarchive-room", rid)) {
    throw meteorError("error-not-authorized", "Not authorized", { method });
  }
  room.archived = archived;
  for (const subscription of membersOf(actor, room)) subscription.archived = archived;
  postSystemMessage(actor, room, { t: archived ? "room-archived" : "room-unarchived", msg: "" });
}

export function eraseRoom(actor: Actor, rid: string): void {
  const details = { method: "eraseRoom" };
  const room = actor.state.rooms[rid];
  if (!room) throw meteorError("error-invalid-room", "Invalid room", details);
  if (!allowed(actor, `delete-${room.t}`, rid)) throw meteorError("error-not-allowed", "Not allowed", details);
  if (room.teamMain && actor.is8)
    throw meteorError("error-cannot-delete-team-channel", "Cannot delete a team channel", details);
  dropRoom(actor.state, room);
}

/** Removes the room with its messages and memberships. Asks nobody. */
export function dropRoom(state: State, room: RoomDoc): void {
  delete state.rooms[room._id];
  for (const subscription of subscriptionsIn(state, room._id)) dropSubscription(state, subscription);
  for (const message of Object.values(state.messages)) if (message.rid === room._id) delete state.messages[message._id];
  for (const user of Object.values(state.users)) {
    if (user.__rooms?.includes(room._id)) user.__rooms = user.__rooms.filter((id) => id !== room._id);
  }
}
