/** Reads a message in the notation of the realtime stream or of the REST API. Knows no connection. */
import { z } from "zod";
import type { RoomMessage } from "./realtime.ts";

/** `{"$date": ms}` in the stream, ISO text in REST answers. */
const moment = z.union([
  z.object({ $date: z.number() }).transform(({ $date }) => new Date($date)),
  z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
]);

export const messageSchema = z
  .object({
    _id: z.string(),
    rid: z.string(),
    msg: z.string().nullish(),
    u: z.object({ _id: z.string(), username: z.string(), name: z.string().nullish() }),
    alias: z.string().nullish(),
    ts: moment,
    _updatedAt: moment.nullish(),
    editedAt: moment.nullish(),
    t: z.string().nullish(),
    tmid: z.string().nullish(),
    pinned: z.boolean().nullish(),
    reactions: z.record(z.string(), z.object({ usernames: z.array(z.string()) })).nullish(),
    attachments: z.array(z.unknown()).nullish(),
  })
  .transform(
    (message): RoomMessage => ({
      id: message._id,
      roomId: message.rid,
      text: message.msg ?? "",
      author: {
        id: message.u._id,
        username: message.u.username,
        ...(message.u.name != null && { name: message.u.name }),
      },
      ...(message.alias && { alias: message.alias }),
      at: message.ts,
      ...(message._updatedAt && { updatedAt: message._updatedAt }),
      ...(message.editedAt && { editedAt: message.editedAt }),
      ...(message.t && { systemType: message.t }),
      ...(message.tmid && { threadId: message.tmid }),
      pinned: message.pinned ?? false,
      reactions: Object.fromEntries(
        Object.entries(message.reactions ?? {}).map(([emoji, { usernames }]) => [emoji, usernames]),
      ),
      attachments: message.attachments ?? [],
    }),
  );
