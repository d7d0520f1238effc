/** RoleMember: one person with one role, in the whole workspace or in one room. */
import { hasCode, orUndefined } from "../../client/api/codes.ts";
import { findAccount } from "../../client/api/members.ts";
import {
  ADMIN_ROLE,
  type ApiRole,
  addUserToRole,
  listHolders,
  removeUserFromRole,
  WORKSPACE_ROLES,
} from "../../client/api/roles.ts";
import type { Room } from "../../client/api/rooms.ts";
import { USER_LIST } from "../../client/api/users.ts";
import type { Context, Handler } from "../../engine/handler.ts";
import { InputError, OwnershipError } from "../../errors.ts";
import { plainUsername, refuseOwnAccount, requireAccount } from "../base/account.ts";
import { requireRoles, roleList } from "../base/role.ts";
import { plainRoom, requireRoom } from "../base/room.ts";
import { holdersList, idOf, type LiveRoleMember, observe, splitId } from "./observe.ts";
import { type RoleMemberInputs, roleMemberSchema } from "./schema.ts";

const PAGE_SIZE = 100;

const describe = ({ username, role, channel }: Partial<RoleMemberInputs>): string =>
  `role "${role ?? "?"}" of "${username ?? "?"}"${channel === undefined ? "" : ` in "${channel}"`}`;

const notOfRooms = (role: string): string =>
  `the role "${role}" is held in the whole workspace, not in a room: the server would ignore the room and give it everywhere; leave channel out, or name a room role`;

interface Target {
  readonly role: ApiRole;
  readonly room: Room | undefined;
}

/** What the arguments mean, before anything is written. */
async function resolve(ctx: Context, { role: name, channel }: RoleMemberInputs): Promise<Target> {
  const [role] = await requireRoles(ctx, [name], () => "role");
  if (role === undefined) throw new InputError("role: is required.");
  if (channel === undefined) return { role, room: undefined };
  if (role.scope !== "Subscriptions") throw new InputError(`channel: ${notOfRooms(name)}.`);
  return { role, room: await requireRoom(ctx.client, channel) };
}

function forget({ lists }: Context, roleId: string, roomId: string | undefined): void {
  lists.forget(roomId === undefined ? USER_LIST : holdersList(roleId, roomId));
}

async function create(ctx: Context, inputs: RoleMemberInputs): Promise<LiveRoleMember> {
  const { role, room } = await resolve(ctx, inputs);
  const user = await requireAccount(ctx.client, inputs.username);
  try {
    await addUserToRole(ctx.client, { roleId: role._id, username: user.username, roomId: room?._id });
  } catch (error) {
    if (!hasCode(error, "error-user-not-in-room")) throw error;
    throw new InputError(`${describe(inputs)}: "${user.username}" is no member of this room.`, {
      hint: "Make the person a member first, with ChannelMember, Channel's `members` or TeamMember, and use that resource in `dependsOn`.",
      cause: error,
    });
  }
  forget(ctx, role._id, room?._id);
  return { user: { _id: user._id, username: user.username }, roleId: role._id, roomId: room?._id };
}

async function remove(ctx: Context, id: string, declared: RoleMemberInputs): Promise<void> {
  const { roleId, userId, roomId } = splitId(id);
  // By the id: the person may have another username by now.
  const user = await findAccount(ctx.client, { userId });
  if (user === undefined) return;
  if (roleId === ADMIN_ROLE && roomId === undefined)
    await refuseOwnAccount(ctx, userId, `user "${user.username}"`, `stripped of the role ${ADMIN_ROLE}`);
  try {
    await removeUserFromRole(ctx.client, { roleId, username: user.username, scope: roomId });
  } catch (error) {
    if (!hasCode(error, "error-admin-required")) throw error;
    throw new OwnershipError(`${describe(declared)}: this is the workspace's last admin, and the server keeps one.`, {
      hint: 'Make somebody else an admin first, or say `onDestroy: "retain"` for this resource.',
      cause: error,
    });
  }
  forget(ctx, roleId, roomId);
}

/** In the whole workspace only: who holds which role in which room is told for one room and role at a time. */
async function* list(ctx: Context): AsyncGenerator<LiveRoleMember> {
  for (const role of (await roleList(ctx).rows()).values()) {
    if (role.scope === "Subscriptions") continue;
    for (let offset = 0; ; ) {
      const page = await orUndefined(listHolders(ctx.client, role._id, undefined, offset, PAGE_SIZE));
      for (const user of page?.rows ?? []) yield { user, roleId: role._id };
      offset += page?.rows.length ?? 0;
      if (page === undefined || page.rows.length === 0 || offset >= page.total) break;
    }
  }
}

export const roleMemberHandler: Handler<RoleMemberInputs, LiveRoleMember> = {
  kind: "RoleMember",
  schema: roleMemberSchema,
  // Giving a role again changes nothing: somebody holds it or not.
  uniqueKey: true,
  existingIsOurs: true,
  describe,

  normalize: (inputs) => ({
    ...inputs,
    username: plainUsername(inputs.username),
    ...(inputs.channel !== undefined && { channel: plainRoom(inputs.channel) }),
  }),

  validate: ({ role, channel }) =>
    channel !== undefined && role !== undefined && WORKSPACE_ROLES.includes(role)
      ? [{ path: "channel", reason: notOfRooms(role) }]
      : [],

  list,

  async find(ctx, inputs) {
    const { role, room } = await resolve(ctx, inputs);
    const user = await findAccount(ctx.client, { username: inputs.username });
    return user && observe(ctx, { roleId: role._id, userId: user._id, roomId: room?._id }, true);
  },

  read: (ctx, id, _declared, { fresh }) => observe(ctx, splitId(id), fresh),

  create,

  // All of it is its key.
  update: async (_ctx, live) => live,

  delete: (ctx, id, declared) => remove(ctx, id, declared),

  map: (live, _ctx, declared) => ({
    id: idOf(live),
    inputs: {
      username: live.user.username,
      // The id holds role and room: renamed ones are still those that were meant.
      role: declared.role ?? live.roleId,
      ...(live.roomId !== undefined && { channel: declared.channel ?? live.roomId }),
    },
    outputs: { roleId: live.roleId, userId: live.user._id, roomId: live.roomId },
  }),
};
