/** Reads messages for refreshes, from list pages that all resources of a room share. Imports no Pulumi; knows no kind. */
import { type ApiMessage, getMessage, isDeleted, listMessages, type MessageFamily } from "../../client/api/messages.ts";
import { findRoom, listRooms, type Room } from "../../client/api/rooms.ts";
import { everyRow } from "../../client/paginate.ts";
import type { Context } from "../../engine/handler.ts";
import { NotFoundError, OwnershipError, PermissionError } from "../../errors.ts";

const listName = (roomId: string): string => `messages ${roomId}`;

/** After a write, so that a later refresh in the same process reads anew. */
export const forgetMessages = ({ lists }: Context, roomId: string): void => lists.forget(listName(roomId));

function sharedList({ client, lists }: Context, roomId: string) {
  // The id does not tell the family; the first page finds out.
  let family: MessageFamily = "channels";
  return lists.of<ApiMessage>(
    listName(roomId),
    async (offset, count) => {
      try {
        return await listMessages(client, family, roomId, offset, count);
      } catch (error) {
        if (family === "groups" || !(error instanceof NotFoundError || error instanceof PermissionError)) throw error;
        family = "groups";
        return listMessages(client, family, roomId, offset, count);
      }
    },
    ({ _id }) => _id,
  );
}

/**
 * The message, or undefined when it is gone. `roomId`: where it is known to be; undefined asks for the message alone. Throws when
 * its room is hidden from the account: that is not "gone".
 */
export async function readMessage(
  ctx: Context,
  id: string,
  roomId: string | undefined,
  fresh: boolean,
): Promise<ApiMessage | undefined> {
  let row: ApiMessage | null | undefined;
  if (!fresh && roomId !== undefined) {
    try {
      row = await sharedList(ctx, roomId).row(id);
    } catch (error) {
      if (!(error instanceof NotFoundError || error instanceof PermissionError)) throw error;
    }
  }
  const message = row ?? (await getMessage(ctx.client, id));
  if (message === undefined && roomId !== undefined) await refuseHidden(ctx, roomId);
  return message === undefined || isDeleted(message) ? undefined : message;
}

async function refuseHidden({ client }: Context, roomId: string): Promise<void> {
  const room = await findRoom(client, { roomId });
  if (room?.partial !== true) return;
  throw new OwnershipError(
    `The private room "${room.name ?? roomId}" does not show its messages to the account that Pulumi uses.`,
    { hint: "Let an owner of the room add that account." },
  );
}

/** Every message of the account itself, in all rooms that it sees; without the room's own notes and without those that show a file. */
export async function* ownMessages(ctx: Context): AsyncIterable<ApiMessage> {
  const { client } = ctx;
  const { userId } = await client.self();
  for await (const message of allMessages(ctx)) if (message.u._id === userId && !message.file) yield message;
}

/** Every message in all rooms that the account sees; without the rooms' own notes and without deleted ones. */
export async function* allMessages({ client, log }: Context): AsyncIterable<ApiMessage> {
  for (const [type, family] of [
    ["c", "channels"],
    ["p", "groups"],
  ] as const) {
    for await (const room of everyRow<Room>((offset, count) => listRooms(client, type, offset, count))) {
      try {
        for await (const message of everyRow((offset, count) => listMessages(client, family, room._id, offset, count)))
          if (!message.t && !isDeleted(message)) yield message;
      } catch (error) {
        if (!(error instanceof NotFoundError || error instanceof PermissionError)) throw error;
        log(`The messages of the room "${room.name}" were left out: this account does not see them.`);
      }
    }
  }
}
