/** Finds the roles that arguments mean, by id or name. For all kinds that name one. */
import { type ApiRole, listRoles, ROLE_LIST } from "../../client/api/roles.ts";
import type { Context } from "../../engine/handler.ts";
import { nearest } from "../../engine/near.ts";
import { InputError } from "../../errors.ts";

/** All roles, shared by all reads of a run. */
export const roleList = ({ client, lists }: Context) =>
  lists.of<ApiRole>(
    ROLE_LIST,
    async () => {
      const rows = await listRoles(client);
      return { rows, total: rows.length };
    },
    (role) => role._id,
  );

export const forgetRoleList = ({ lists }: Context): void => lists.forget(ROLE_LIST);

/** Ids go before names: a custom role could be called as a built-in one's id. */
export const roleCalled = (roles: ReadonlyMap<string, ApiRole>, name: string): ApiRole | undefined =>
  roles.get(name) ?? [...roles.values()].find((role) => role.name === name);

/**
 * The roles with these ids or names, in this order. The shared list will do for what it has, for ids stay what they are;
 * what it lacks may have been made since. Throws an InputError that names the argument and what may have been meant.
 */
export async function requireRoles(
  ctx: Context,
  names: readonly string[],
  pathOf: (index: number) => string,
): Promise<ApiRole[]> {
  let roles = await roleList(ctx).rows();
  if (names.some((name) => roleCalled(roles, name) === undefined)) {
    forgetRoleList(ctx);
    roles = await roleList(ctx).rows();
  }
  return names.map((name, index) => {
    const role = roleCalled(roles, name);
    if (role !== undefined) return role;
    const known = [...roles.values()].flatMap((other) => [other._id, other.name]);
    const near = nearest(name, new Set(known), 3);
    throw new InputError(
      `${pathOf(index)}: there is no role with the id or name "${name}" at ${ctx.client.url}${near.length > 0 ? `; did you mean ${near.map((one) => `"${one}"`).join(" or ")}?` : "."}`,
      { hint: "If the program makes this role, use its `id` output, so that it comes first." },
    );
  });
}
