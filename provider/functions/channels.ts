/** Look-ups of rooms: getChannel, getChannels. */
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { listRooms, type Room, type RoomType, resolveRoom } from "../client/api/rooms.ts";
import { nameMatcher } from "./glob.ts";
import { type Inputs, invoke, invokeOutput, type LookUp } from "./invoke.ts";
import { collect, limit } from "./pages.ts";

/** A room, public or private. */
export interface ChannelResult {
  /** Id of the room; outlives a renaming. */
  readonly id: string;
  readonly name: string;
  readonly private: boolean;
  readonly topic: string;
  readonly description: string;
  readonly announcement: string;
  readonly readOnly: boolean;
  readonly archived: boolean;
  readonly default: boolean;
  readonly broadcast: boolean;
  readonly encrypted: boolean;
  readonly customFields: Readonly<Record<string, unknown>>;
  /** Number of members. */
  readonly usersCount: number | undefined;
  /** Username of the account that made it. */
  readonly creator: string | undefined;
  /** ISO 8601. */
  readonly createdAt: string | undefined;
}

/** Some answers have texts where others have flags. */
const isOn = (flag: unknown): boolean => flag === true || flag === "true";

const toResult = (room: Room): ChannelResult => ({
  id: room._id,
  name: room.name ?? room.fname ?? "",
  private: room.t === "p",
  topic: room.topic ?? "",
  description: room.description ?? "",
  announcement: room.announcement ?? "",
  readOnly: isOn(room.ro),
  archived: isOn(room.archived),
  default: isOn(room.default),
  broadcast: isOn(room.broadcast),
  encrypted: isOn(room.encrypted),
  customFields: room.customFields ?? {},
  usersCount: room.usersCount ?? undefined,
  creator: room.u?.username ?? undefined,
  createdAt: room.ts ?? undefined,
});

const channelArgs = z.strictObject({
  /** Id or name of the room; case matters, a "#" in front is dropped. */
  channel: z.string().min(1),
});

export type GetChannelArgs = z.infer<typeof channelArgs>;

const one: LookUp<GetChannelArgs, ChannelResult | undefined> = {
  name: "getChannel",
  args: channelArgs,
  async find({ client }, { channel }) {
    const room = await resolveRoom(client, channel.replace(/^#/, ""));
    return room && toResult(room);
  },
};

/**
 * One room, archived ones too, or undefined when there is none of that id or name. A private room that the account is no member of is
 * found by those who may administrate rooms (`view-room-administration`). One call by name, up to two by id.
 */
export function getChannel(args: GetChannelArgs, opts?: pulumi.InvokeOptions): Promise<ChannelResult | undefined> {
  return invoke(one, args, opts);
}

/** As `getChannel`, with outputs for arguments. */
export function getChannelOutput(
  args: Inputs<GetChannelArgs>,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<ChannelResult | undefined> {
  return invokeOutput(one, args, opts);
}

const channelsArgs = z.strictObject({
  /** Default: both. */
  type: z.enum(["public", "private"]).optional(),
  /** True: archived ones only; false: none of them. Default: both. */
  archived: z.boolean().optional(),
  /** Pattern of the name: `*` is any text, `?` one character; case does not count. */
  name: z.string().min(1).optional(),
  /** At most so many. Default: all. */
  limit: limit.optional(),
});

export type GetChannelsArgs = z.infer<typeof channelsArgs>;

const many: LookUp<GetChannelsArgs, ChannelResult[]> = {
  name: "getChannels",
  args: channelsArgs,
  async find({ client }, { type, archived, name, limit: most = Number.POSITIVE_INFINITY }) {
    const fits = nameMatcher(name);
    // A discussion belongs to its parent room.
    const keep = (room: Room) =>
      !room.prid && fits(room.name ?? "") && (archived === undefined || isOn(room.archived) === archived);
    const rooms: Room[] = [];
    const types: readonly RoomType[] = type === undefined ? ["c", "p"] : [type === "private" ? "p" : "c"];
    for (const t of types) {
      if (rooms.length >= most) break;
      const load = (offset: number, count: number) => listRooms(client, t, offset, count);
      rooms.push(...(await collect(load, keep, most - rooms.length)));
    }
    return rooms.map(toResult);
  },
};

/**
 * All rooms that fit, public ones first; without discussions. Private ones: all for those who may administrate rooms, else one's own. One
 * call per hundred rooms of a type.
 */
export function getChannels(args: GetChannelsArgs = {}, opts?: pulumi.InvokeOptions): Promise<ChannelResult[]> {
  return invoke(many, args, opts);
}

/** As `getChannels`, with outputs for arguments. */
export function getChannelsOutput(
  args: Inputs<GetChannelsArgs> = {},
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<ChannelResult[]> {
  return invokeOutput(many, args, opts);
}
