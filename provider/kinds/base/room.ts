/** Finds the room that an argument means, and reads rooms by id. For all kinds that stand in or for a room; knows none of them. */
import { findRoom, listRooms, ROOM_LISTS, type Room, type RoomType, resolveRoom } from "../../client/api/rooms.ts";
import type { Client } from "../../client/client.ts";
import type { Context } from "../../engine/handler.ts";
import { isUnknown } from "../../engine/schema.ts";
import { InputError } from "../../errors.ts";

/** The room with this id, else with this name; an InputError that names the argument when there is none. Fresh. */
export async function requireRoom(client: Client, channel: string, argument = "channel"): Promise<Room> {
  const room = await resolveRoom(client, channel);
  if (room !== undefined) return room;
  throw new InputError(`${argument}: there is no room with the id or name "${channel}" at ${client.url}.`, {
    hint: "If the program makes this room, use its `id` output, so that it comes first.",
  });
}

/** All rooms of one type, shared by all reads of a run. */
export const roomList = ({ client, lists }: Context, type: RoomType) =>
  lists.of<Room>(
    ROOM_LISTS[type],
    (offset, count) => listRooms(client, type, offset, count),
    (room) => room._id,
  );

export function forgetRoomLists({ lists }: Context): void {
  for (const name of Object.values(ROOM_LISTS)) lists.forget(name);
}

/**
 * A list row where one is at hand, else asked for by itself. A missing row proves nothing: rooms of teams are listed for their
 * members only. `first`: the type that it probably has.
 */
export async function observeRoom(ctx: Context, roomId: string, first: RoomType = "c"): Promise<Room | undefined> {
  for (const type of first === "p" ? (["p", "c"] as const) : (["c", "p"] as const)) {
    const row = await roomList(ctx, type).row(roomId);
    if (row) return row;
    if (row === undefined) break;
  }
  return findRoom(ctx.client, { roomId });
}

/** A room's id or name without the "#" that people put in front. */
export const plainRoom = (channel: string): string => (isUnknown(channel) ? channel : channel.trim().replace(/^#/, ""));
