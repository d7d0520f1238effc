/** Which room `#name`, `@user`, a name or an id means to somebody who posts. Knows no route. */
import type { RoomDoc } from "../core/state.ts";
import { type Actor, userByName } from "../rooms/actor.ts";
import { directRoom } from "../rooms/direct.ts";
import { roomByName } from "../rooms/family.ts";

/** Undefined where nothing has that name. A direct room is made when there is none. */
export function targetRoom(actor: Actor, target: string): RoomDoc | undefined {
  const mark = target[0];
  const name = target.slice(1);
  if (mark === "#") return roomByName(actor, name) ?? actor.state.rooms[name];
  if (mark === "@") {
    const user = userByName(actor, name);
    return user && directRoom(actor, [actor.user, user]);
  }
  return actor.state.rooms[target] ?? roomByName(actor, target);
}
