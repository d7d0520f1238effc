/** The REST calls beside a realtime connection: what was posted while it was away, and whether a message arrived. */
import { z } from "zod";
import { orUndefined } from "../api/codes.ts";
import { findRoom } from "../api/rooms.ts";
import type { Client } from "../client.ts";
import { messageSchema } from "./message.ts";
import type { RoomMessage } from "./realtime.ts";

/** The most that a server gives at once by default. */
const PAGE = 100;
/** A longer absence is told, not made up for: the server allows ten calls a minute. */
const MOST_PAGES = 5;

const FAMILIES: Record<string, string> = { c: "channels", p: "groups" };

/** Newest first, at most `count`; those of `since` itself too. */
async function page(client: Client, family: string, query: Record<string, string | number | boolean>) {
  const { messages } = await client.call({
    name: `${family}.history`,
    method: "GET",
    path: `/api/v1/${family}.history`,
    query: { ...query, showThreadMessages: true },
    repeat: "read",
    response: z.object({ messages: z.array(messageSchema) }),
  });
  return messages;
}

/** The endpoints that a room's type needs; rooms that are neither channel nor group are direct ones. */
const familyOf = async (client: Client, roomId: string): Promise<string> =>
  FAMILIES[(await findRoom(client, { roomId }))?.t ?? "d"] ?? "im";

export interface Missed {
  /** Oldest first. */
  readonly messages: readonly RoomMessage[];
  readonly complete: boolean;
}

/** What was posted since `since`, that moment included. */
export async function missedMessages(client: Client, roomId: string, since: Date): Promise<Missed> {
  const family = await familyOf(client, roomId);
  const found: RoomMessage[] = [];
  for (let i = 0; i < MOST_PAGES; i++) {
    const query = { roomId, oldest: since.toISOString(), inclusive: true, count: PAGE, offset: i * PAGE };
    const messages = await page(client, family, query);
    found.push(...messages);
    if (messages.length < PAGE) return { messages: found.reverse(), complete: true };
  }
  return { messages: found.reverse(), complete: false };
}

/** The newest message of a room. */
export async function newestMessage(client: Client, roomId: string): Promise<RoomMessage | undefined> {
  return (await page(client, await familyOf(client, roomId), { roomId, count: 1 }))[0];
}

/** Undefined when there is no such message, or none that this account sees. */
export async function messageById(client: Client, id: string): Promise<RoomMessage | undefined> {
  const answer = client.call({
    name: "chat.getMessage",
    method: "GET",
    path: "/api/v1/chat.getMessage",
    query: { msgId: id },
    repeat: "read",
    response: z.object({ message: messageSchema }),
  });
  return (await orUndefined(answer))?.message;
}
