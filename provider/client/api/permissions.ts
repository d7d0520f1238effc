/** Permissions: which roles may do what. The server has a fixed set of them. Knows no kinds. */
import { z } from "zod";
import type { Client } from "../client.ts";

const permissionSchema = z.object({ _id: z.string(), roles: z.array(z.string()) });

export type ApiPermission = z.infer<typeof permissionSchema>;

/** Name of the list below, for `Lists`. */
export const PERMISSION_LIST = "permissions.listAll";

/** All of them at once, one for every setting among them. */
export async function listPermissions(client: Client): Promise<ApiPermission[]> {
  const { update } = await client.call({
    name: PERMISSION_LIST,
    method: "GET",
    path: "/api/v1/permissions.listAll",
    repeat: "read",
    response: z.object({ update: z.array(permissionSchema) }),
  });
  return update;
}

/** Replaces the roles of one permission; others are not touched. A role that does not exist refuses the whole call. */
export async function setPermissionRoles(client: Client, _id: string, roles: readonly string[]): Promise<void> {
  await client.call({
    name: "permissions.update",
    method: "POST",
    path: "/api/v1/permissions.update",
    body: { permissions: [{ _id, roles }] },
    repeat: "idempotent",
    response: z.unknown(),
  });
}
