/** How roles are made, changed and deleted. Custom ones need a licence; built-in ones can be adopted. */
import * as api from "../../client/api/roles.ts";
import type { Context, Handler, Origin } from "../../engine/handler.ts";
import { isUnknown } from "../../engine/schema.ts";
import { InputError } from "../../errors.ts";
import { forgetRoleList, roleCalled, roleList } from "../base/role.ts";
import { explainInUse, explainLicence } from "./refusals.ts";
import { type RoleInputs, roleSchema } from "./schema.ts";

export type LiveRole = api.ApiRole;

/** Older roles are nobody's unfinished work. */
const RECENT_MS = 24 * 60 * 60 * 1000;

const describe = ({ name }: Partial<RoleInputs>) => (name === undefined || isUnknown(name) ? "role" : `role "${name}"`);

const fresh = async (ctx: Context): Promise<ReadonlyMap<string, LiveRole>> => {
  forgetRoleList(ctx);
  return roleList(ctx).rows();
};

/** With the time of its last change, which a recent one has and a list does not tell. */
async function find(ctx: Context, { name }: RoleInputs): Promise<LiveRole | undefined> {
  const role = roleCalled(await fresh(ctx), name);
  if (role === undefined || role.protected) return role;
  const recent = await api.rolesChangedSince(ctx.client, new Date(Date.now() - RECENT_MS));
  return recent.find(({ _id }) => _id === role._id) ?? role;
}

async function create(ctx: Context, inputs: RoleInputs): Promise<LiveRole> {
  const { name, description = "", scope = "Users", mandatory2fa = false } = inputs;
  const role = await explainLicence(describe(inputs), () =>
    api.createRole(ctx.client, { name, description, scope, mandatory2fa }),
  );
  forgetRoleList(ctx);
  return role;
}

const read = (role: LiveRole): api.RoleFields => ({
  name: role.name,
  description: role.description ?? "",
  scope: role.scope ?? "Users",
  mandatory2fa: role.mandatory2fa ?? false,
});

/** How the server describes a built-in role: "Livechat Agent". */
const titleOf = (id: string): string => id.replaceAll(/(?:^|-)(\w)/g, (part) => part.replace("-", " ").toUpperCase());

async function update(ctx: Context, live: LiveRole, inputs: RoleInputs): Promise<LiveRole> {
  const before = read(live);
  const { name, description, scope, mandatory2fa } = inputs;
  const after = {
    name,
    description: description ?? before.description,
    scope: scope ?? before.scope,
    mandatory2fa: mandatory2fa ?? before.mandatory2fa,
  };
  if (JSON.stringify(before) === JSON.stringify(after)) return live;
  if (live.protected) refuseOfBuiltIn(before, after);
  const role = await explainLicence(describe(inputs), () => api.updateRole(ctx.client, live._id, after));
  forgetRoleList(ctx);
  return role;
}

function refuseOfBuiltIn(before: api.RoleFields, after: api.RoleFields): void {
  for (const key of ["name", "scope"] as const) {
    if (before[key] === after[key]) continue;
    throw new InputError(
      `${key}: role "${before.name}" is built in; its ${key} stays "${before[key]}", but "${after[key]}" was declared.`,
      { hint: "Of a built-in role only description and mandatory2fa can be changed." },
    );
  }
}

async function remove(ctx: Context, id: string, declared: RoleInputs): Promise<void> {
  const role = (await fresh(ctx)).get(id);
  if (role === undefined) return;
  if (role.protected) {
    ctx.log(`${describe(declared)} is built in: it stays, as it is now.`);
    return;
  }
  await explainInUse(ctx, role, () => api.deleteRole(ctx.client, id));
  forgetRoleList(ctx);
}

export const roleHandler: Handler<RoleInputs, LiveRole> = {
  kind: "Role",
  schema: roleSchema,
  uniqueKey: true,
  describe,
  async *list(ctx) {
    yield* (await roleList(ctx).rows()).values();
  },
  find,
  read: async (ctx, id, _declared, options) => (options.fresh ? await fresh(ctx) : await roleList(ctx).rows()).get(id),
  create,
  update: (ctx, live, inputs) => update(ctx, live, inputs),
  delete: (ctx, id, declared) => remove(ctx, id, declared),
  map: (role) => ({ id: role._id, inputs: { ...read(role) }, outputs: { protected: role.protected === true } }),
  isImplied: (role) =>
    role.protected === true && !role.mandatory2fa && ["", titleOf(role._id)].includes(role.description ?? ""),
  // The server does not tell who made it, and of the time only that of the last change.
  origin: ({ _updatedAt }): Origin => ({ createdAt: _updatedAt ? new Date(_updatedAt) : undefined }),
};
