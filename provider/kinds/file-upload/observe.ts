/** Finds an upload and the message that shows it. The server keeps neither the content's hash nor the message beside a file. */
import { getMessage, isDeleted } from "../../client/api/messages.ts";
import { findRoom, type Room } from "../../client/api/rooms.ts";
import { type FileMessage, listUploads, messageOfUpload, type Upload } from "../../client/api/uploads.ts";
import { everyRow } from "../../client/paginate.ts";
import type { Context, Declared } from "../../engine/handler.ts";
import { observeRoom } from "../base/room.ts";

export interface LiveUpload {
  readonly room: Pick<Room, "_id" | "t">;
  readonly upload: Upload;
  /** Undefined where nobody asked for it, or where nobody has posted the file yet. */
  readonly message?: FileMessage | undefined;
}

const listName = (roomId: string): string => `files ${roomId}`;

export const forgetUploads = ({ lists }: Context, roomId: string): void => lists.forget(listName(roomId));

export const sharedUploads = ({ client, lists }: Context, room: Pick<Room, "_id" | "t">) =>
  lists.of<Upload>(
    listName(room._id),
    (offset, count) => listUploads(client, room, offset, count),
    ({ _id }) => _id,
  );

/** The newest one that fits. `since`: older ones are not looked at (epoch milliseconds). */
export async function findUpload(
  { client }: Pick<Context, "client">,
  room: Pick<Room, "_id" | "t">,
  fits: (upload: Upload) => boolean,
  since = 0,
): Promise<Upload | undefined> {
  for await (const row of everyRow((offset, count) => listUploads(client, room, offset, count))) {
    if (row.uploadedAt && Date.parse(row.uploadedAt) < since) return undefined;
    if (fits(row)) return row;
  }
  return undefined;
}

/** Undefined when the file, or the message that showed it, is gone. `withMessage`: its text is needed. */
export async function observeUpload(
  ctx: Context,
  id: string,
  { fresh, state }: { fresh: boolean; state: Declared | undefined },
  withMessage: boolean,
): Promise<LiveUpload | undefined> {
  const roomId = state?.roomId;
  if (typeof roomId !== "string") return undefined;
  const room = fresh ? await findRoom(ctx.client, { roomId }) : await observeRoom(ctx, roomId);
  if (room === undefined) return undefined;
  const row = fresh ? undefined : await sharedUploads(ctx, room).row(id);
  const upload = row === undefined ? await findUpload(ctx, room, ({ _id }) => _id === id) : (row ?? undefined);
  if (upload === undefined || !withMessage) return upload && { room, upload, message: stored(state, roomId) };
  const { messageId } = state ?? {};
  if (typeof messageId !== "string") return { room, upload, message: await messageOfUpload(ctx.client, room, upload) };
  const message = await getMessage(ctx.client, messageId);
  return message === undefined || isDeleted(message) ? undefined : { room, upload, message };
}

/** As far as the state tells, without a call. */
function stored(state: Declared | undefined, rid: string): FileMessage | undefined {
  const { messageId } = state ?? {};
  return typeof messageId === "string" ? { _id: messageId, rid, ts: "" } : undefined;
}
