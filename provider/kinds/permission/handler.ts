/** How the roles of a permission are read, set and put back. A permission always exists: creating means taking it over. */
import {
  type ApiPermission,
  listPermissions,
  PERMISSION_LIST,
  setPermissionRoles,
} from "../../client/api/permissions.ts";
import type { ApiRole } from "../../client/api/roles.ts";
import type { Change, Context, Handler } from "../../engine/handler.ts";
import { nearest } from "../../engine/near.ts";
import { isUnknown } from "../../engine/schema.ts";
import { OwnershipError, ValidationError } from "../../errors.ts";
import { forgetRoleList, requireRoles, roleCalled, roleList } from "../base/role.ts";
import { isDefault } from "./defaults.ts";
import { rolesToHave, rolesToRestore, sameRoles } from "./plan.ts";
import { type PermissionInputs, permissionSchema } from "./schema.ts";

export interface LivePermission extends ApiPermission {
  /** All roles, to tell which names mean which ids. */
  readonly known: ReadonlyMap<string, ApiRole>;
  /** Before this resource took it over: from the state, or as `find` met it. */
  readonly previousRoles?: readonly string[] | undefined;
}

/** Who loses it can't set permissions any more, and so not put this back either. */
const KEY_PERMISSION = "access-permissions";

const describe = ({ permissionId }: Partial<PermissionInputs>) =>
  permissionId === undefined || isUnknown(permissionId) ? "permission" : `permission "${permissionId}"`;

const rows = ({ client, lists }: Context) =>
  lists.of<ApiPermission>(
    PERMISSION_LIST,
    async () => {
      const all = await listPermissions(client);
      return { rows: all, total: all.length };
    },
    (row) => row._id,
  );

/** Fresh. */
async function current(ctx: Context, id: string): Promise<ApiPermission | undefined> {
  ctx.lists.forget(PERMISSION_LIST);
  return (await rows(ctx).rows()).get(id);
}

async function find(ctx: Context, { permissionId }: PermissionInputs): Promise<LivePermission | undefined> {
  const row = await current(ctx, permissionId);
  return row && { ...row, known: await roleList(ctx).rows(), previousRoles: row.roles };
}

async function read(
  ctx: Context,
  id: string,
  { fresh, state }: { fresh: boolean; state?: Record<string, unknown> },
): Promise<LivePermission | undefined> {
  const row = fresh ? await current(ctx, id) : (await rows(ctx).rows()).get(id);
  const previousRoles = state?.previousRoles as readonly string[] | undefined;
  return row && { ...row, known: await roleList(ctx).rows(), previousRoles };
}

/** Throws the error for an id that the server does not have, with the names that may have been meant. */
async function refuseUnknown(ctx: Context, id: string): Promise<never> {
  const near = nearest(id, (await rows(ctx).rows()).keys(), 3);
  throw new ValidationError(
    `permissionId: the server has no permission "${id}"${near.length > 0 ? `; did you mean ${near.map((name) => `"${name}"`).join(" or ")}?` : "."}`,
    { operation: PERMISSION_LIST, request: "GET /api/v1/permissions.listAll" },
    { hint: "The set of permissions is the server's own; some exist only in some versions." },
  );
}

async function update(
  ctx: Context,
  live: LivePermission,
  inputs: PermissionInputs,
  change: Change,
): Promise<LivePermission> {
  const declared = await requireRoles(ctx, inputs.roles, (index) => `roles[${index}]`);
  const known = await roleList(ctx).rows();
  const former = change.reason === "updated" ? ((change.previous.roles as string[] | undefined) ?? []) : [];
  const roles = rolesToHave(live.roles, {
    exact: inputs.membership !== "include",
    roles: declared.map(({ _id }) => _id),
    former: former.map((name) => roleCalled(known, name)?._id ?? name),
    before: live.previousRoles ?? [],
  });
  if (sameRoles(live.roles, roles)) return { ...live, known };
  await refuseLockOut(ctx, live._id, roles);
  await setPermissionRoles(ctx.client, live._id, roles);
  ctx.lists.forget(PERMISSION_LIST);
  return { ...live, roles, known };
}

async function refuseLockOut({ client }: Context, id: string, roles: readonly string[]): Promise<void> {
  if (id !== KEY_PERMISSION) return;
  const self = await client.self();
  if (self.roles.some((role) => roles.includes(role))) return;
  throw new OwnershipError(
    `permission "${id}": without one of the roles ${self.roles.map((role) => `"${role}"`).join(", ")}, the account that Pulumi uses ("${self.username}") could not set permissions any more.`,
    { hint: "Keep one of these roles in `roles`." },
  );
}

async function remove(
  ctx: Context,
  id: string,
  declared: PermissionInputs,
  state: Record<string, unknown> | undefined,
): Promise<void> {
  const live = await current(ctx, id);
  const before = state?.previousRoles as readonly string[] | undefined;
  if (live === undefined) return;
  if (before === undefined) {
    ctx.log(`${describe(declared)} stays as it is: which roles held it before is not known.`);
    return;
  }
  // A role of this program may have gone just before.
  forgetRoleList(ctx);
  const known = await roleList(ctx).rows();
  const roles = rolesToRestore(
    live.roles,
    {
      exact: declared.membership !== "include",
      roles: declared.roles.map((name) => roleCalled(known, name)?._id ?? name),
      before,
    },
    new Set(known.keys()),
  );
  if (sameRoles(live.roles, roles)) return;
  await setPermissionRoles(ctx.client, id, roles);
  ctx.lists.forget(PERMISSION_LIST);
}

/** The live roles as a program would declare them: in its own words where it has some, else by id. */
function rolesIn({ roles, known }: LivePermission, declared: Partial<PermissionInputs>): string[] {
  const named = new Map((declared.roles ?? []).map((name) => [roleCalled(known, name)?._id ?? name, name]));
  const shown = declared.membership === "include" ? roles.filter((role) => named.has(role)) : roles;
  return shown.map((role) => named.get(role) ?? role);
}

export const permissionHandler: Handler<PermissionInputs, LivePermission> = {
  kind: "Permission",
  schema: permissionSchema,
  uniqueKey: false,
  existingIsOurs: true,
  describe,
  async *list(ctx) {
    const known = await roleList(ctx).rows();
    for (const row of (await rows(ctx).rows()).values()) yield { ...row, known };
  },
  find,
  read: (ctx, id, _declared, options) => read(ctx, id, options),
  // Reached only when the look-up found nothing: permissions are made by the server alone.
  create: (ctx, inputs) => refuseUnknown(ctx, inputs.permissionId),
  update,
  delete: (ctx, id, declared, _mode, state) => remove(ctx, id, declared, state),
  isImplied: ({ _id, roles }) => isDefault(_id, roles),
  map: (live, _ctx, declared) => ({
    id: live._id,
    inputs: {
      permissionId: live._id,
      roles: rolesIn(live, declared),
      membership: declared.membership ?? "exact",
    },
    outputs: { previousRoles: live.previousRoles && [...live.previousRoles] },
  }),
};
