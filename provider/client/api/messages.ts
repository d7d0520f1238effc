/** Messages in rooms: sending, editing, reactions, pins. Knows no kinds. */
import { z } from "zod";
import type { Client } from "../client.ts";
import { orUndefined } from "./codes.ts";
import { publicSettingsOperation } from "./session.ts";

const text = z.string().nullish();

const messageSchema = z.object({
  _id: z.string(),
  rid: z.string(),
  msg: text,
  ts: z.string(),
  u: z.object({ _id: z.string(), username: text, name: text }),
  /** Kind of a system message; "rm" marks one that was deleted where the workspace shows that. */
  t: text,
  tmid: text,
  alias: text,
  emoji: text,
  avatar: text,
  attachments: z.array(z.record(z.string(), z.unknown())).nullish(),
  customFields: z.record(z.string(), z.unknown()).nullish(),
  /** What it shows, where it is there for a file. */
  file: z.object({ _id: z.string() }).nullish(),
  /** By ":name:". */
  reactions: z.record(z.string(), z.object({ usernames: z.array(z.string()) })).nullish(),
  pinned: z.boolean().nullish(),
  editedAt: text,
  /** Deleted, but kept by the workspace's message history. */
  _hidden: z.boolean().nullish(),
});

export type ApiMessage = z.infer<typeof messageSchema>;

/** Deleted by somebody; what is left only says so, and keeps the id taken. */
export const isDeleted = ({ t, _hidden }: ApiMessage): boolean => t === "rm" || _hidden === true;

export interface NewMessage {
  readonly _id: string;
  readonly rid: string;
  readonly msg: string;
  readonly tmid?: string | undefined;
  readonly alias?: string | undefined;
  readonly emoji?: string | undefined;
  readonly avatar?: string | undefined;
  readonly attachments?: readonly unknown[] | undefined;
  readonly customFields?: Readonly<Record<string, unknown>> | undefined;
}

/** Undefined for one that does not exist, and for one in a room that the account does not see. */
export async function getMessage(client: Client, msgId: string): Promise<ApiMessage | undefined> {
  const found = await orUndefined(
    client.call({
      name: "chat.getMessage",
      method: "GET",
      path: "/api/v1/chat.getMessage",
      query: { msgId },
      repeat: "read",
      response: z.object({ message: messageSchema }),
    }),
  );
  return found?.message;
}

/** The caller joins a public room by it, silently. ConflictError when a message has that id already. */
export async function sendMessage(client: Client, message: NewMessage): Promise<ApiMessage> {
  const answer = await client.call({
    name: "chat.sendMessage",
    method: "POST",
    path: "/api/v1/chat.sendMessage",
    body: { message },
    repeat: "once",
    response: z.object({ message: messageSchema }),
  });
  return answer.message;
}

const write = (client: Client, name: string, body: unknown): Promise<unknown> =>
  client.call({ name, method: "POST", path: `/api/v1/${name}`, body, repeat: "idempotent", response: z.unknown() });

/** Texts and custom fields are all that can be edited. The same again changes nothing. */
export const updateMessage = (
  client: Client,
  { _id, rid }: Pick<ApiMessage, "_id" | "rid">,
  change: { text: string; customFields?: Readonly<Record<string, unknown>> },
): Promise<unknown> => write(client, "chat.update", { roomId: rid, msgId: _id, ...change });

/** One that is gone is no error. */
export async function deleteMessage(client: Client, { _id, rid }: Pick<ApiMessage, "_id" | "rid">): Promise<void> {
  await orUndefined(write(client, "chat.delete", { roomId: rid, msgId: _id }));
}

/** Pinning what is pinned, and unpinning what is not, changes nothing. The first pin posts a note into the room. */
export const setPinned = (client: Client, messageId: string, pinned: boolean): Promise<unknown> =>
  write(client, pinned ? "chat.pinMessage" : "chat.unPinMessage", { messageId });

/** As the calling account. `emoji`: ":name:". Never toggles. */
export const react = (client: Client, messageId: string, emoji: string, shouldReact: boolean): Promise<unknown> =>
  write(client, "chat.react", { messageId, emoji, shouldReact });

/** Room families whose messages can be listed: public rooms, private ones. */
export type MessageFamily = "channels" | "groups";

/** A page of a room's messages, newest first, system messages and threads included. */
export async function listMessages(
  client: Client,
  family: MessageFamily,
  roomId: string,
  offset: number,
  count: number,
): Promise<{ rows: ApiMessage[]; total: number }> {
  const name = `${family}.messages`;
  const { messages, total } = await client.call({
    name,
    method: "GET",
    path: `/api/v1/${name}`,
    query: { roomId, offset, count, sort: JSON.stringify({ ts: -1 }) },
    repeat: "read",
    response: z.object({ messages: z.array(messageSchema), total: z.number() }),
  });
  return { rows: messages, total };
}

/** The setting `Message_MaxAllowedSize`, which everybody may read. Undefined where the server does not tell. */
export async function messageSizeLimit(client: Client): Promise<number | undefined> {
  const id = "Message_MaxAllowedSize";
  const { settings } = await client.call(publicSettingsOperation(id, 0, 100));
  const value = settings.find(({ _id }) => _id === id)?.value;
  return typeof value === "number" ? value : undefined;
}

/** One page of a room's messages within a time, newest first. The server does not tell how many there are. */
export async function messageHistory(
  client: Client,
  family: MessageFamily,
  query: {
    roomId: string;
    oldest?: string | undefined;
    latest?: string | undefined;
    showThreadMessages: boolean;
  },
  offset: number,
  count: number,
): Promise<ApiMessage[]> {
  const name = `${family}.history`;
  const { messages } = await client.call({
    name,
    method: "GET",
    path: `/api/v1/${name}`,
    query: { ...query, inclusive: true, offset, count },
    repeat: "read",
    response: z.object({ messages: z.array(messageSchema) }),
  });
  return messages;
}

/** One page of the messages of a room in which the words occur. The server does not tell how many there are. */
export async function searchMessages(
  client: Client,
  query: { roomId: string; searchText: string },
  offset: number,
  count: number,
): Promise<ApiMessage[]> {
  const { messages } = await client.call({
    name: "chat.search",
    method: "GET",
    path: "/api/v1/chat.search",
    query: { ...query, offset, count },
    repeat: "read",
    response: z.object({ messages: z.array(messageSchema) }),
  });
  return messages;
}
