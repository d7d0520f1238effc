/** Creates channels and private groups. Asks no permission, knows no route. */
import { failure } from "../core/failure.ts";
import { objectId } from "../core/ids.ts";
import type { RoomDoc, UserDoc } from "../core/state.ts";
import { type Actor, refOf, userByName } from "./actor.ts";
import { validRoomName } from "./names.ts";
import { subscribe } from "./subscribe.ts";

export interface NewRoom {
  t: "c" | "p";
  name: string;
  /** User names; unknown ones are skipped. */
  members?: readonly string[];
  readOnly?: boolean;
  excludeSelf?: boolean;
  customFields?: Record<string, unknown>;
  /** Spread into the room as it is. */
  extraData?: Record<string, unknown>;
}

export function createRoom(actor: Actor, wanted: NewRoom): RoomDoc {
  const name = validRoomName(actor, wanted.name);
  const now = actor.clock.now();
  const extra = wanted.extraData ?? {};
  const room: RoomDoc = {
    _id: objectId(),
    fname: wanted.name,
    _updatedAt: now,
    ...extra,
    ...(wanted.customFields && { customFields: wanted.customFields }),
    name,
    t: wanted.t,
    msgs: 0,
    usersCount: 0,
    u: refOf(actor.user),
    ts: now,
    ro: wanted.readOnly === true || extra.broadcast === true,
    ...(!actor.is8 && { default: false, sysMes: true }),
  };
  const members = (wanted.members ?? [])
    .map((username) => userByName(actor, username))
    .filter((user): user is UserDoc => user !== undefined && user._id !== actor.user._id);
  actor.state.rooms[room._id] = room;
  // The server has stored the room by the time it finds that there is nobody to put into it.
  if (wanted.excludeSelf && members.length === 0) throw failure("Invalid BulkOperation, Batch cannot be empty");
  if (!wanted.excludeSelf) subscribe(actor, room, actor.user, { roles: ["owner"], atCreation: true });
  for (const user of new Set(members)) subscribe(actor, room, user, { atCreation: true });
  return room;
}
