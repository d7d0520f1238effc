/** What can be declared of a permission. Knows no calls. */
import { z } from "zod";
import { field, type KindSchema } from "../../engine/schema.ts";

export const permissionInputs = z.strictObject({
  /**
   * The server's id of the permission, with its case, e.g. `create-c` (Workspace > Permissions shows them translated; the API and the
   * documentation have the ids). A change means another permission.
   */
  permissionId: field(z.string().min(1), { replaces: true }),
  /** Roles that hold it, by id or name; a room role ("owner", "moderator", "leader") counts in its rooms. [] with "exact": nobody. */
  roles: field(z.array(z.string().min(1)), { set: true, refers: "Role" }),
  /**
   * How `roles` is meant. "exact" (default): these roles and no others. "include": these roles, others may hold it too; a role that
   * leaves the list loses it again, unless it held it before.
   */
  membership: z.enum(["exact", "include"]).optional(),
});

export type PermissionInputs = z.infer<typeof permissionInputs>;

export const permissionSchema: KindSchema<PermissionInputs> = {
  inputs: permissionInputs,
  outputs: {
    /** Ids of the roles that held it before this resource took it over: where `onDestroy: "restore"` leads back to. */
    previousRoles: {},
  },
  destroy: ["restore", "retain"],
  permissions: [{ anyOf: ["access-permissions"] }],
  document: {
    section: "permissions",
    keys: ["permissionId"],
    short: "roles",
    export: { defaults: { membership: "exact" } },
  },
};
