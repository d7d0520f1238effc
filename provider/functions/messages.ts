/** Look-ups of messages: getMessages, searchMessages. */
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { type ApiMessage, isDeleted, messageHistory, searchMessages as search } from "../client/api/messages.ts";
import { type Room, resolveRoom } from "../client/api/rooms.ts";
import type { Client } from "../client/client.ts";
import { InputError } from "../errors.ts";
import { type Inputs, invoke, invokeOutput, type LookUp } from "./invoke.ts";
import { collect, limit } from "./pages.ts";

export interface MessageResult {
  readonly id: string;
  readonly roomId: string;
  readonly text: string;
  /** Who wrote it. */
  readonly author: { readonly id: string; readonly username: string };
  /** Name shown instead of the author's; "" where there is none. */
  readonly alias: string;
  /** ISO 8601, as `editedAt`. */
  readonly createdAt: string;
  readonly editedAt: string | undefined;
  /** Id of the message in whose thread it stands. */
  readonly threadMessageId: string | undefined;
  readonly pinned: boolean;
  /** Who reacted, by emoji: `{ ":tada:": ["alice"] }`. */
  readonly reactions: Readonly<Record<string, readonly string[]>>;
  /** As the server tells them. */
  readonly attachments: readonly Readonly<Record<string, unknown>>[];
}

const toResult = (message: ApiMessage): MessageResult => ({
  id: message._id,
  roomId: message.rid,
  text: message.msg ?? "",
  author: { id: message.u._id, username: message.u.username ?? "" },
  alias: message.alias ?? "",
  createdAt: message.ts,
  editedAt: message.editedAt ?? undefined,
  threadMessageId: message.tmid ?? undefined,
  pinned: message.pinned ?? false,
  reactions: Object.fromEntries(
    Object.entries(message.reactions ?? {}).map(([emoji, { usernames }]) => [emoji, usernames]),
  ),
  attachments: message.attachments ?? [],
});

const DEFAULT_LIMIT = 100;

const channel = z.string().min(1);

async function requireRoom(client: Client, name: string, wanted: string): Promise<Room> {
  const room = await resolveRoom(client, wanted.replace(/^#/, ""));
  if (room !== undefined) return room;
  throw new InputError(`${name}: channel: there is no room with the id or name "${wanted}" at ${client.url}.`);
}

/** Notes of the room itself ("joined the room") are left out. */
const isWritten = (message: ApiMessage): boolean => !message.t && !isDeleted(message);

const moment = z.iso.datetime({ offset: true });

const messagesArgs = z.strictObject({
  /** Id or name of the room; case matters, a "#" in front is dropped. */
  channel,
  /** Not older than this, ISO 8601: "2026-01-31T00:00:00Z". Default: no limit. */
  since: moment.optional(),
  /** Not newer than this, ISO 8601. Default: now. */
  until: moment.optional(),
  /** Also what was written in threads. Default true. */
  threads: z.boolean().optional(),
  /** At most so many. Default 100. */
  limit: limit.optional(),
});

export type GetMessagesArgs = z.infer<typeof messagesArgs>;

const history: LookUp<GetMessagesArgs, MessageResult[]> = {
  name: "getMessages",
  args: messagesArgs,
  async find({ client }, { channel: wanted, since, until, threads = true, limit: most = DEFAULT_LIMIT }) {
    const room = await requireRoom(client, "getMessages", wanted);
    const query = { roomId: room._id, oldest: since, latest: until, showThreadMessages: threads };
    const family = room.t === "p" ? "groups" : "channels";
    const load = (offset: number, count: number) => messageHistory(client, family, query, offset, count);
    return (await collect(load, isWritten, most)).map(toResult);
  },
};

/**
 * Messages of a room that the account sees, newest first, without the room's own notes. A room that does not exist is an error. One call for the
 * room and one per hundred messages.
 */
export function getMessages(args: GetMessagesArgs, opts?: pulumi.InvokeOptions): Promise<MessageResult[]> {
  return invoke(history, args, opts);
}

/** As `getMessages`, with outputs for arguments. */
export function getMessagesOutput(
  args: Inputs<GetMessagesArgs>,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<MessageResult[]> {
  return invokeOutput(history, args, opts);
}

const searchArgs = z.strictObject({
  /** Id or name of the room; case matters, a "#" in front is dropped. */
  channel,
  /** Words; a message with any of them is found. The server also takes a regular expression between slashes. */
  text: z.string().min(1),
  /** At most so many. Default 100. */
  limit: limit.optional(),
});

export type SearchMessagesArgs = z.infer<typeof searchArgs>;

const searching: LookUp<SearchMessagesArgs, MessageResult[]> = {
  name: "searchMessages",
  args: searchArgs,
  async find({ client }, { channel: wanted, text, limit: most = DEFAULT_LIMIT }) {
    const { _id } = await requireRoom(client, "searchMessages", wanted);
    const load = (offset: number, count: number) => search(client, { roomId: _id, searchText: text }, offset, count);
    return (await collect(load, isWritten, most)).map(toResult);
  },
};

/** Messages of a room in which the words occur, newest first. A room that does not exist is an error. Calls as `getMessages`. */
export function searchMessages(args: SearchMessagesArgs, opts?: pulumi.InvokeOptions): Promise<MessageResult[]> {
  return invoke(searching, args, opts);
}

/** As `searchMessages`, with outputs for arguments. */
export function searchMessagesOutput(
  args: Inputs<SearchMessagesArgs>,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<MessageResult[]> {
  return invokeOutput(searching, args, opts);
}
