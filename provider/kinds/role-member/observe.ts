/** Finds out whether somebody holds a role. Reads only. */
import type { Account } from "../../client/api/members.ts";
import { findAccount } from "../../client/api/members.ts";
import { listHolders } from "../../client/api/roles.ts";
import { listUsers, USER_LIST } from "../../client/api/users.ts";
import type { Context } from "../../engine/handler.ts";
import { InputError, PermissionError } from "../../errors.ts";

export interface LiveRoleMember {
  readonly user: Account;
  readonly roleId: string;
  readonly roomId?: string | undefined;
}

export const idOf = ({ user, roleId, roomId }: LiveRoleMember): string =>
  [roleId, user._id, ...(roomId === undefined ? [] : [roomId])].join("/");

export function splitId(id: string): { roleId: string; userId: string; roomId: string | undefined } {
  const [roleId, userId, roomId, ...rest] = id.split("/");
  if (!roleId || !userId || roomId === "" || rest.length > 0) {
    throw new InputError(
      `"${id}" is not the id of a role's holder; it has the form <role id>/<user id> or <role id>/<user id>/<room id>.`,
    );
  }
  return { roleId, userId, roomId };
}

const holders = ({ client, lists }: Context, roleId: string, roomId: string) =>
  lists.of<Account>(
    holdersList(roleId, roomId),
    (offset, count) => listHolders(client, roleId, roomId, offset, count),
    ({ _id }) => _id,
  );

export const holdersList = (roleId: string, roomId: string): string => `holders ${roleId} ${roomId}`;

/** The person with this id and its roles in the whole workspace. `fresh`: not from the list that all reads share. */
async function account({ client, lists }: Context, userId: string, fresh: boolean) {
  if (!fresh) {
    const row = await lists
      .of(
        USER_LIST,
        (offset, count) => listUsers(client, offset, count),
        (user) => user._id,
      )
      .row(userId);
    if (row?.username !== undefined && row.roles !== undefined)
      return { _id: userId, username: row.username, roles: row.roles };
  }
  return findAccount(client, { userId });
}

/** Undefined when the person is gone or does not hold the role. */
export async function observe(
  ctx: Context,
  { roleId, userId, roomId }: { roleId: string; userId: string; roomId: string | undefined },
  fresh: boolean,
): Promise<LiveRoleMember | undefined> {
  if (roomId !== undefined) {
    if (fresh) ctx.lists.forget(holdersList(roleId, roomId));
    const user = (await holders(ctx, roleId, roomId).rows()).get(userId);
    return user && { user, roleId, roomId };
  }
  const user = await account(ctx, userId, fresh);
  if (user === undefined) return undefined;
  if (user.roles === undefined) {
    throw new PermissionError(
      `users.info: the account of this connection may not see the roles of "${user.username}".`,
      { operation: "users.info", request: "GET /api/v1/users.info" },
      { hint: "Give it the permission view-full-other-user-info." },
    );
  }
  return user.roles.includes(roleId) ? { user: { _id: user._id, username: user.username }, roleId } : undefined;
}
