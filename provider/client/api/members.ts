/**
 * Members of rooms and their room roles. `channels.*` serves public rooms, `groups.*` private ones, and those only for
 * their own members. Knows no kinds.
 */
import { z } from "zod";
import type { Client } from "../client.ts";
import { featuresOf } from "../versions.ts";
import { hasCode, orUndefined } from "./codes.ts";
import type { Room } from "./rooms.ts";

export const ROOM_ROLES = ["owner", "moderator", "leader"] as const;
export type RoomRole = (typeof ROOM_ROLES)[number];

const account = z.object({ _id: z.string(), username: z.string() });
export type Account = z.infer<typeof account>;

const family = (room: Pick<Room, "t">): "channels" | "groups" => (room.t === "p" ? "groups" : "channels");

/** A page of the members. Deactivated ones are left out by the server: absence proves nothing, ask `isMember`. */
export async function listMembers(
  client: Client,
  room: Pick<Room, "_id" | "t">,
  offset: number,
  count: number,
): Promise<{ rows: Account[]; total: number }> {
  const name = `${family(room)}.members`;
  const { members, total } = await client.call({
    name,
    method: "GET",
    path: `/api/v1/${name}`,
    query: { roomId: room._id, offset, count },
    repeat: "read",
    response: z.object({ members: z.array(account.extend({ username: z.string().nullish() })), total: z.number() }),
  });
  return { rows: members.map(({ _id, username }) => ({ _id, username: username ?? "" })), total };
}

/** Everybody with a room role, deactivated users included. Refused for archived rooms. */
export async function listRoles(
  client: Client,
  room: Pick<Room, "_id" | "t">,
): Promise<{ user: Account; roles: readonly string[] }[]> {
  const name = `${family(room)}.roles`;
  const { roles } = await client.call({
    name,
    method: "GET",
    path: `/api/v1/${name}`,
    query: { roomId: room._id },
    repeat: "read",
    response: z.object({ roles: z.array(z.object({ u: account, roles: z.array(z.string()).nullish() })) }),
  });
  return roles.map(({ u, roles: held }) => ({ user: u, roles: held ?? [] }));
}

/** False for users and rooms that do not exist. PermissionError for a private room that the account is no member of. */
export async function isMember(
  client: Client,
  roomId: string,
  user: { userId: string } | { username: string },
): Promise<boolean> {
  const answer = await orUndefined(
    client.call({
      name: "rooms.isMember",
      method: "GET",
      path: "/api/v1/rooms.isMember",
      query: { roomId, ...user },
      repeat: "read",
      response: z.object({ isMember: z.boolean() }),
    }),
    "error-user-not-found",
    "error-room-not-found",
    "error-invalid-room",
  );
  return answer?.isMember ?? false;
}

/** The account with exactly this username, or with this id; its roles in the workspace and whether it is active where the caller may see them. */
export async function findAccount(
  client: Client,
  key: { username: string } | { userId: string },
): Promise<(Account & { roles?: string[] | undefined; active?: boolean | undefined }) | undefined> {
  const answer = await orUndefined(
    client.call({
      name: "users.info",
      method: "GET",
      path: "/api/v1/users.info",
      query: key,
      repeat: "read",
      response: z.object({
        user: account.extend({ roles: z.array(z.string()).optional(), active: z.boolean().optional() }),
      }),
    }),
    "User not found.",
    "error-invalid-user",
  );
  return answer?.user;
}

const post = (client: Client, name: string, body: unknown): Promise<unknown> =>
  client.call({ name, method: "POST", path: `/api/v1/${name}`, body, repeat: "idempotent", response: z.unknown() });

const counted = z.object({ usersCount: z.number().nullish() }).optional();
const invited = z.object({ channel: counted, group: counted });

/**
 * Members already are no error. Returns how many members the room then has. An unknown name alone is refused (see
 * `isUnknownInvitee`); among others it is passed over in silence.
 */
export async function invite(client: Client, room: Room, usernames: readonly string[]): Promise<number | undefined> {
  const name = `${family(room)}.invite`;
  const { strictRooms } = featuresOf(await client.server());
  // Rocket.Chat 8.8: channels.invite takes one user a call; the other versions and groups.invite take a list.
  const oneByOne = usernames.length === 1 || (room.t === "c" && strictRooms);
  let count: number | undefined;
  for (const who of oneByOne ? usernames.map((username) => ({ username })) : [{ usernames }]) {
    const { channel, group } = await client.call({
      name,
      method: "POST",
      path: `/api/v1/${name}`,
      body: { roomId: room._id, ...who },
      repeat: "idempotent",
      response: invited,
    });
    count = (channel ?? group)?.usersCount ?? undefined;
  }
  return count;
}

/** channels.invite has the code and the text swapped. */
export const isUnknownInvitee = (error: unknown): boolean =>
  hasCode(error, "invalid-user-invite-list", "Cannot invite if no users are provided", "error-empty-invite-list");

/** Who is no member any more, or not a user, is no error. A room that is gone or hidden is one. */
export async function kick(client: Client, room: Pick<Room, "_id" | "t">, userId: string): Promise<void> {
  try {
    await post(client, `${family(room)}.kick`, { roomId: room._id, userId });
  } catch (error) {
    if (!hasCode(error, "error-user-not-in-room", "error-invalid-user")) throw error;
  }
}

const verb = (role: RoomRole): string => role.charAt(0).toUpperCase() + role.slice(1);

export async function addRole(
  client: Client,
  room: Pick<Room, "_id" | "t">,
  role: RoomRole,
  user: { username: string } | { userId: string },
): Promise<void> {
  try {
    await post(client, `${family(room)}.add${verb(role)}`, { roomId: room._id, ...user });
  } catch (error) {
    if (!hasCode(error, `error-user-already-${role}`)) throw error;
  }
}

export async function removeRole(
  client: Client,
  room: Pick<Room, "_id" | "t">,
  role: RoomRole,
  user: { username: string } | { userId: string },
): Promise<void> {
  try {
    await post(client, `${family(room)}.remove${verb(role)}`, { roomId: room._id, ...user });
  } catch (error) {
    if (!hasCode(error, `error-user-not-${role}`)) throw error;
  }
}
