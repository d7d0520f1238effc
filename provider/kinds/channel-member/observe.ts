/** Finds out whether somebody is a member of a room, and with which roles. Reads only. */
import {
  type Account,
  findAccount,
  isMember,
  listMembers,
  listRoles,
  ROOM_ROLES,
  type RoomRole,
} from "../../client/api/members.ts";
import type { Room } from "../../client/api/rooms.ts";
import type { Client } from "../../client/client.ts";
import type { Context } from "../../engine/handler.ts";
import { NotFoundError, OwnershipError, PermissionError } from "../../errors.ts";

export interface LiveMember {
  readonly room: Pick<Room, "_id" | "t" | "name" | "teamMain">;
  readonly user: Account;
  /** Undefined where nobody asked, and in archived rooms, which do not tell. */
  readonly roles?: readonly RoomRole[] | undefined;
}

const known = (roles: readonly string[]): RoomRole[] => ROOM_ROLES.filter((role) => roles.includes(role));

/** Private rooms show their people to members only; the server's "not found" would be taken for "gone". */
const hidden = (room: Pick<Room, "name" | "_id">, cause: unknown): OwnershipError =>
  new OwnershipError(
    `The private room "${room.name ?? room._id}" does not show its members to the account that Pulumi uses.`,
    {
      hint: "Rocket.Chat shows the members of a private room to its members only: let an owner of the room add that account.",
      cause,
    },
  );

/** By single calls, always fresh. */
export async function observe(
  client: Client,
  room: Room,
  user: Account,
  withRoles: boolean,
): Promise<LiveMember | undefined> {
  try {
    if (!(await isMember(client, room._id, { userId: user._id }))) return undefined;
    if (!withRoles || room.archived === true) return { room, user };
    const holder = (await listRoles(client, room)).find((row) => row.user._id === user._id);
    return { room, user, roles: known(holder?.roles ?? []) };
  } catch (error) {
    if (error instanceof PermissionError || error instanceof NotFoundError) throw hidden(room, error);
    throw error;
  }
}

export const membersList = (roomId: string): string => `members ${roomId}`;
export const rolesList = (roomId: string): string => `roles ${roomId}`;

/** From list pages that all memberships of the room share. Undefined: not found there, which proves nothing. */
export async function observeShared(
  { client, lists }: Context,
  room: Room,
  userId: string,
  withRoles: boolean,
): Promise<LiveMember | undefined> {
  if (room.archived === true) return undefined;
  try {
    const members = lists.of(
      membersList(room._id),
      (offset, count) => listMembers(client, room, offset, count),
      ({ _id }) => _id,
    );
    const user = await members.row(userId);
    if (!user) return undefined;
    if (!withRoles) return { room, user };
    const roles = lists.of(
      rolesList(room._id),
      async () => {
        const rows = await listRoles(client, room);
        return { rows, total: rows.length };
      },
      (row) => row.user._id,
    );
    return { room, user, roles: known((await roles.rows()).get(userId)?.roles ?? []) };
  } catch (error) {
    if (error instanceof PermissionError || error instanceof NotFoundError) throw hidden(room, error);
    throw error;
  }
}

/** The person of an id, also when deactivated. */
export const userById = (client: Client, userId: string): Promise<Account | undefined> =>
  findAccount(client, { userId });
