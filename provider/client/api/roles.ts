/** Roles, and who holds them. Knows no kinds. */
import { z } from "zod";
import type { Client } from "../client.ts";
import { hasCode, orUndefined } from "./codes.ts";

export const ROLE_SCOPES = ["Users", "Subscriptions"] as const;

/** Its id is its name, and everybody who holds it is an admin of the workspace. */
export const ADMIN_ROLE = "admin";

/** Built in and held in the whole workspace: the same on every server, with ids that equal their names. */
export const WORKSPACE_ROLES: readonly string[] = [
  ...[ADMIN_ROLE, "user", "bot", "app", "guest", "anonymous"],
  ...["livechat-agent", "livechat-manager"],
];

const roleSchema = z.object({
  _id: z.string(),
  name: z.string(),
  description: z.string().nullish(),
  /** "Users": held in the whole workspace; "Subscriptions": held in single rooms. */
  scope: z.enum(ROLE_SCOPES).nullish(),
  /** Built in: keeps its name and scope, and can't be deleted. */
  protected: z.boolean().nullish(),
  mandatory2fa: z.boolean().nullish(),
  /** Only `rolesChangedSince` tells it. */
  _updatedAt: z.string().nullish(),
});

export type ApiRole = z.infer<typeof roleSchema>;

/** Name of the list below, for `Lists`. */
export const ROLE_LIST = "roles.list";

/** All of them at once. */
export async function listRoles(client: Client): Promise<ApiRole[]> {
  const { roles } = await client.call({
    name: ROLE_LIST,
    method: "GET",
    path: "/api/v1/roles.list",
    repeat: "read",
    response: z.object({ roles: z.array(roleSchema) }),
  });
  return roles;
}

/** Those made or changed since, with the time of it. */
export async function rolesChangedSince(client: Client, since: Date): Promise<ApiRole[]> {
  const { roles } = await client.call({
    name: "roles.sync",
    method: "GET",
    path: "/api/v1/roles.sync",
    query: { updatedSince: since.toISOString() },
    repeat: "read",
    response: z.object({ roles: z.object({ update: z.array(roleSchema) }) }),
  });
  return roles.update;
}

/** What `roles.create` and `roles.update` take. Left out of an update, description becomes "" and scope "Users". */
export interface RoleFields {
  readonly name: string;
  readonly description: string;
  readonly scope: (typeof ROLE_SCOPES)[number];
  readonly mandatory2fa: boolean;
}

const answer = z.object({ role: roleSchema });

/** ConflictError when a role has the name, or an id that equals it. PermissionError without a licence. */
export async function createRole(client: Client, fields: RoleFields): Promise<ApiRole> {
  const { role } = await client.call({
    name: "roles.create",
    method: "POST",
    path: "/api/v1/roles.create",
    body: fields,
    repeat: "once",
    response: answer,
  });
  return role;
}

/** Without a licence for built-in roles only. */
export async function updateRole(client: Client, roleId: string, fields: RoleFields): Promise<ApiRole> {
  const { role } = await client.call({
    name: "roles.update",
    method: "POST",
    path: "/api/v1/roles.update",
    body: { roleId, ...fields },
    repeat: "idempotent",
    response: answer,
  });
  return role;
}

/** One that is gone is no error. Refused while somebody holds it (`error-role-in-use`). */
export async function deleteRole(client: Client, roleId: string): Promise<void> {
  await orUndefined(
    client.call({
      name: "roles.delete",
      method: "POST",
      path: "/api/v1/roles.delete",
      body: { roleId },
      repeat: "idempotent",
      response: z.unknown(),
    }),
  );
}

/** A page of those who hold the role: in the workspace, or in one room. */
export async function listHolders(
  client: Client,
  role: string,
  roomId: string | undefined,
  offset: number,
  count: number,
): Promise<{ rows: { _id: string; username: string }[]; total: number }> {
  const { users, total } = await client.call({
    name: "roles.getUsersInRole",
    method: "GET",
    path: "/api/v1/roles.getUsersInRole",
    query: { role, roomId, offset, count },
    repeat: "read",
    response: z.object({
      users: z.array(z.object({ _id: z.string(), username: z.string().nullish() })),
      total: z.number(),
    }),
  });
  return { rows: users.map(({ _id, username }) => ({ _id, username: username ?? "" })), total };
}

/** Who holds it already is no error. Of a role for the whole workspace the server ignores `roomId`. */
export async function addUserToRole(
  client: Client,
  body: { roleId: string; username: string; roomId: string | undefined },
): Promise<void> {
  try {
    await client.call({
      name: "roles.addUserToRole",
      method: "POST",
      path: "/api/v1/roles.addUserToRole",
      body,
      repeat: "idempotent",
      response: z.unknown(),
    });
  } catch (error) {
    if (!hasCode(error, "error-user-already-in-role")) throw error;
  }
}

/** Who does not hold it, and a user or role that is gone, are no error. `scope`: the room's id. */
export async function removeUserFromRole(
  client: Client,
  body: { roleId: string; username: string; scope: string | undefined },
): Promise<void> {
  await orUndefined(
    client.call({
      name: "roles.removeUserFromRole",
      method: "POST",
      path: "/api/v1/roles.removeUserFromRole",
      body,
      repeat: "idempotent",
      response: z.unknown(),
    }),
  );
}
