/**
 * Rooms: channels (`t` = "c") and private groups ("p"). One set of functions for both; which family of endpoints a room
 * needs is decided here. Knows no kinds.
 */
import { z } from "zod";
import { PermissionError } from "../../errors.ts";
import type { Client } from "../client.ts";
import { hasCode, orUndefined } from "./codes.ts";

const flag = z.union([z.boolean(), z.string()]).nullish();
const text = z.string().nullish();

const roomSchema = z.object({
  _id: z.string(),
  name: text,
  /** The name as it was typed, where the server makes a slug of it. */
  fname: text,
  t: z.string(),
  u: z.object({ _id: z.string(), username: text }).nullish(),
  ts: text,
  topic: text,
  description: text,
  announcement: text,
  ro: flag,
  reactWhenReadOnly: flag,
  default: flag,
  featured: flag,
  favorite: flag,
  archived: flag,
  broadcast: flag,
  encrypted: flag,
  joinCodeRequired: flag,
  customFields: z.record(z.string(), z.unknown()).nullish(),
  /** Hidden kinds of system messages; 7.x has `true` here until something is set. */
  sysMes: z.union([z.boolean(), z.array(z.string())]).nullish(),
  retention: z
    .object({
      enabled: flag,
      overrideGlobal: flag,
      maxAge: z.number().nullish(),
      excludePinned: flag,
      filesOnly: flag,
      ignoreThreads: flag,
    })
    .nullish(),
  usersCount: z.number().nullish(),
  lastMessage: z.unknown().optional(),
  teamMain: flag,
  /** The parent room of a discussion. */
  prid: text,
});

export interface Room extends z.infer<typeof roomSchema> {
  /** Set on the short form that an admin gets of a private room it is no member of: not every member could be read. */
  partial?: true;
}

export type RoomType = "c" | "p";

/**
 * By id or by exact name; also private rooms that the account is no member of, if it may administrate rooms. Throws when the room
 * exists but is hidden from the account: taking that for "gone" would lose it.
 */
export async function findRoom(
  client: Client,
  key: { roomId: string } | { roomName: string },
): Promise<Room | undefined> {
  try {
    const { room } = await client.call({
      name: "rooms.info",
      method: "GET",
      path: "/api/v1/rooms.info",
      query: key,
      repeat: "read",
      response: z.object({ room: roomSchema }),
    });
    return isChannel(room) ? room : undefined;
  } catch (error) {
    if (!hasCode(error, ...NO_ACCESS))
      return orUndefined(Promise.reject(error), "error-room-not-found", "error-invalid-room");
    try {
      const hidden =
        "roomId" in key ? await adminRoom(client, key.roomId) : await adminRoomByName(client, key.roomName);
      return hidden && isChannel(hidden) ? { ...hidden, partial: true } : undefined;
    } catch (denied) {
      throw hasCode(denied, ...NO_ACCESS) ? error : denied;
    }
  }
}

/** Built-in and generated ids; a name of such a form is still found, by the second look. */
const LOOKS_LIKE_ID = /^([0-9a-f]{24}|[0-9A-Za-z]{17}|GENERAL)$/;

/** The room that a program means by an id or a name, without "#". */
export async function resolveRoom(client: Client, channel: string): Promise<Room | undefined> {
  const byId = LOOKS_LIKE_ID.test(channel) ? await findRoom(client, { roomId: channel }) : undefined;
  return byId ?? findRoom(client, { roomName: channel });
}

/** rooms.info and adminRooms.getRoom have the code and the text swapped. */
const NO_ACCESS = ["not-allowed", "Not Allowed", "error-not-authorized"] as const;

const isChannel = (room: Room): boolean => room.t === "c" || room.t === "p";

const adminRoom = (client: Client, rid: string): Promise<Room> =>
  client.call({
    name: "rooms.adminRooms.getRoom",
    method: "GET",
    path: "/api/v1/rooms.adminRooms.getRoom",
    query: { rid },
    repeat: "read",
    response: roomSchema,
  });

async function adminRoomByName(client: Client, name: string): Promise<Room | undefined> {
  for (let offset = 0; ; ) {
    const { rooms, total } = await client.call({
      name: "rooms.adminRooms",
      method: "GET",
      path: "/api/v1/rooms.adminRooms",
      query: { filter: name, offset, count: 100 },
      repeat: "read",
      response: z.object({ rooms: z.array(roomSchema), total: z.number() }),
    });
    const hit = rooms.find((room) => room.name === name) ?? rooms.find((room) => room.fname === name);
    offset += rooms.length;
    if (hit !== undefined || rooms.length === 0 || offset >= total) return hit;
  }
}

/** Names of the lists below, for `Lists`. */
export const ROOM_LISTS = { c: "channels.list", p: "groups.listAll" } as const;

/** A page of all public rooms, or of all private ones (of one's own only, without the right to administrate rooms). */
export async function listRooms(
  client: Client,
  type: RoomType,
  offset: number,
  count: number,
): Promise<{ rows: Room[]; total: number }> {
  const page = z.object({
    channels: z.array(roomSchema).optional(),
    groups: z.array(roomSchema).optional(),
    total: z.number(),
  });
  const load = (name: string) =>
    client.call({
      name,
      method: "GET",
      path: `/api/v1/${name}`,
      query: { offset, count },
      repeat: "read",
      response: page,
    });
  const answer =
    type === "c"
      ? await load("channels.list")
      : ((await load("groups.listAll").catch((error: unknown) => {
          if (error instanceof PermissionError) return undefined;
          throw error;
        })) ?? (await load("groups.list")));
  return { rows: answer.channels ?? answer.groups ?? [], total: answer.total };
}

export interface NewRoom {
  readonly name: string;
  readonly members?: readonly string[] | undefined;
  readonly teams?: readonly string[] | undefined;
  readonly readOnly?: boolean | undefined;
  readonly excludeSelf?: boolean | undefined;
  readonly customFields?: Readonly<Record<string, unknown>> | undefined;
  readonly extraData?: Readonly<Record<string, unknown>> | undefined;
}

/** ConflictError when a room (`error-duplicate-channel-name`) or an archived one (`error-archived-duplicate-name`) has the name. */
export async function createRoom(client: Client, type: RoomType, room: NewRoom): Promise<Room> {
  const name = type === "c" ? "channels.create" : "groups.create";
  const answer = await client.call({
    name,
    method: "POST",
    path: `/api/v1/${name}`,
    body: room,
    repeat: "once",
    response: z.union([z.object({ channel: roomSchema }), z.object({ group: roomSchema })]),
  });
  return "channel" in answer ? answer.channel : answer.group;
}

const write = (client: Client, name: string, body: unknown): Promise<unknown> =>
  client.call({ name, method: "POST", path: `/api/v1/${name}`, body, repeat: "idempotent", response: z.unknown() });

/** Any room settings in one call; membership is not needed. Equal values are accepted but post system messages: leave them out. */
export const saveRoomSettings = (
  client: Client,
  rid: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<unknown> => write(client, "rooms.saveRoomSettings", { rid, ...settings });

export const setCustomFields = (client: Client, { _id, t }: Room, customFields: unknown): Promise<unknown> =>
  write(client, t === "p" ? "groups.setCustomFields" : "channels.setCustomFields", { roomId: _id, customFields });

/** Public rooms only, and not to clear it. */
export const setJoinCode = (client: Client, roomId: string, joinCode: string): Promise<unknown> =>
  write(client, "channels.setJoinCode", { roomId, joinCode });

/** Both types, members or not. Each call posts a system message, so look before. */
export const setArchived = (client: Client, rid: string, archived: boolean): Promise<unknown> =>
  write(client, "rooms.changeArchivationState", { rid, action: archived ? "archive" : "unarchive" });

/** Both types, members or not, archived or not. A room that is gone is no error. */
export async function deleteRoom(client: Client, roomId: string): Promise<void> {
  await orUndefined(write(client, "rooms.delete", { roomId }), "error-invalid-room", "error-room-not-found");
}
