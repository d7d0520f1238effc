/** Who may see a room. Knows no route. */
import { subscriptionOf } from "../core/lookups.ts";
import type { RoomDoc } from "../core/state.ts";
import { type Actor, allowed } from "./actor.ts";

export function canAccess(actor: Actor, room: RoomDoc): boolean {
  if (room.t === "c" && allowed(actor, "view-c-room")) return true;
  if (!subscriptionOf(actor.state, actor.user._id, room._id)) return false;
  if (room.t === "c") return allowed(actor, "view-joined-room");
  return allowed(actor, room.t === "p" ? "view-p-room" : "view-d-room");
}
