/** ChannelMember: one person in one room, with room roles. */

import { hasCode, orUndefined } from "../../client/api/codes.ts";
import {
  addRole,
  findAccount,
  invite,
  kick,
  listMembers,
  listRoles,
  ROOM_ROLES,
  removeRole,
} from "../../client/api/members.ts";
import { findRoom, type Room, resolveRoom } from "../../client/api/rooms.ts";
import { everyRow } from "../../client/paginate.ts";
import type { Context, Handler } from "../../engine/handler.ts";
import { InputError, NotFoundError, OwnershipError } from "../../errors.ts";
import { plainUsername, requireAccount } from "../base/account.ts";
import { observeRoom, plainRoom, requireRoom, roomList } from "../base/room.ts";
import { type LiveMember, membersList, observe, observeShared, rolesList, userById } from "./observe.ts";
import { type ChannelMemberInputs, channelMemberSchema } from "./schema.ts";

const idOf = (roomId: string, userId: string): string => `${roomId}/${userId}`;

function splitId(id: string): { roomId: string; userId: string } {
  const [roomId, userId, ...rest] = id.split("/");
  if (!roomId || !userId || rest.length > 0) {
    throw new InputError(`"${id}" is not the id of a membership; it has the form <room id>/<user id>.`);
  }
  return { roomId, userId };
}

function forgetLists({ lists }: Context, roomId: string): void {
  lists.forget(membersList(roomId));
  lists.forget(rolesList(roomId));
}

const describe = ({ username, channel }: Partial<ChannelMemberInputs>): string =>
  `membership of "${username ?? "?"}" in "${channel ?? "?"}"`;

export const channelMemberHandler: Handler<ChannelMemberInputs, LiveMember> = {
  kind: "ChannelMember",
  schema: channelMemberSchema,
  // Inviting a member again changes nothing: there is one membership per person and room.
  uniqueKey: true,
  existingIsOurs: true,
  describe,

  normalize(inputs) {
    return { ...inputs, channel: plainRoom(inputs.channel), username: plainUsername(inputs.username) };
  },

  async *list(ctx) {
    for (const type of ["c", "p"] as const) {
      for (const room of (await roomList(ctx, type).rows()).values()) {
        if (!room.prid && room.archived !== true) yield* membersOf(ctx, room);
      }
    }
  },

  async find({ client }, { channel, username, roles }) {
    const room = await resolveRoom(client, channel);
    const user = room && (await findAccount(client, { username }));
    return user && observe(client, room, user, roles !== undefined);
  },

  async read(ctx, id, declared, { fresh }) {
    const { roomId, userId } = splitId(id);
    const withRoles = declared.roles !== undefined;
    const room = fresh ? await findRoom(ctx.client, { roomId }) : await observeRoom(ctx, roomId);
    if (room === undefined) return undefined;
    const row = fresh ? undefined : await observeShared(ctx, room, userId, withRoles);
    if (row !== undefined) return row;
    const user = await userById(ctx.client, userId);
    return user && observe(ctx.client, room, user, withRoles);
  },

  async create(ctx, { channel, username }) {
    const { client } = ctx;
    const room = await requireRoom(client, channel);
    const user = await requireAccount(client, username);
    await invite(client, room, [username]);
    forgetLists(ctx, room._id);
    return { room, user };
  },

  async update(ctx, live, inputs) {
    if (inputs.roles === undefined) return live;
    const { client } = ctx;
    const { room, user } = live;
    const holder = live.roles ?? (await listRoles(client, room)).find((row) => row.user._id === user._id)?.roles ?? [];
    for (const role of ROOM_ROLES) {
      if (inputs.roles.includes(role) && !holder.includes(role))
        await addRole(client, room, role, { userId: user._id });
    }
    for (const role of ROOM_ROLES) {
      if (inputs.roles.includes(role) || !holder.includes(role)) continue;
      await lastOwnerGuard(describe(inputs), () => removeRole(client, room, role, { userId: user._id }));
    }
    forgetLists(ctx, room._id);
    return { ...live, roles: inputs.roles };
  },

  async delete(ctx, id, declared) {
    const { client } = ctx;
    const { roomId, userId } = splitId(id);
    const room = await findRoom(client, { roomId });
    if (room === undefined) return;
    // Asked first: an admin's kick of somebody who is no member posts a message all the same.
    const user = { _id: userId, username: declared.username };
    if ((await observe(client, room, user, false)) === undefined) return;
    try {
      await lastOwnerGuard(describe(declared), () => kick(client, room, userId));
    } catch (error) {
      if (!(error instanceof NotFoundError) || (await findRoom(client, { roomId })) !== undefined) throw error;
    }
    forgetLists(ctx, roomId);
  },

  // Who is in a team is in its main room.
  isImplied: ({ room }) => room.teamMain === true,

  map({ room, user, roles }, _ctx, declared) {
    return {
      id: idOf(room._id, user._id),
      inputs: {
        // The id holds the room: a renamed room is still the one that was meant.
        channel: declared.channel ?? room._id,
        username: user.username,
        ...(roles && { roles: [...roles] }),
      },
      outputs: { roomId: room._id, userId: user._id },
    };
  },
};

async function* membersOf({ client, log }: Context, room: Room): AsyncIterable<LiveMember> {
  const holders = await orUndefined(listRoles(client, room));
  if (holders === undefined) {
    log(`The members of the private room "${room.name}" were left out: this account is no member and can't see them.`);
    return;
  }
  const roles = new Map(holders.map((row) => [row.user._id, row.roles]));
  for await (const user of everyRow((offset, count) => listMembers(client, room, offset, count))) {
    yield { room, user, roles: ROOM_ROLES.filter((role) => roles.get(user._id)?.includes(role)) };
  }
}

async function lastOwnerGuard(what: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!hasCode(error, "error-you-are-last-owner", "error-remove-last-owner")) throw error;
    throw new OwnershipError(`${what}: this is the room's last owner, and the server keeps one.`, {
      hint: 'Make somebody else an owner first, or say `onDestroy: "retain"` for this membership.',
      cause: error,
    });
  }
}
