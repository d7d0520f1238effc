/** Lets `roles` hold names of custom roles beside ids: ids go to the server, what was declared comes back. */
import { ROOM_ROLES } from "../../client/api/members.ts";
import { WORKSPACE_ROLES } from "../../client/api/roles.ts";
import type { Context } from "../../engine/handler.ts";
import { requireRoles, roleCalled, roleList } from "../base/role.ts";

const BUILT_IN = new Set<string>([...WORKSPACE_ROLES, ...ROOM_ROLES]);
const LOOKS_LIKE_ID = /^([0-9a-f]{24}|[0-9A-Za-z]{17})$/;

interface WithRoles {
  readonly roles?: string[] | undefined;
}

/** Built-in roles have their names for ids, and ids need no look-up: most programs cost no call. */
const holdsNames = ({ roles = [] }: WithRoles): boolean =>
  roles.some((role) => !BUILT_IN.has(role) && !LOOKS_LIKE_ID.test(role));

/** An unknown name is an InputError with what may have been meant. */
export async function withRoleIds<T extends WithRoles>(ctx: Context, inputs: T): Promise<T> {
  if (!holdsNames(inputs)) return inputs;
  const roles = await requireRoles(ctx, inputs.roles ?? [], (index) => `roles[${index}]`);
  return { ...inputs, roles: roles.map(({ _id }) => _id) };
}

/** A live account's roles in the words of the program, where that has some. */
export async function inDeclaredWords<T extends WithRoles>(ctx: Context, user: T, declared: WithRoles): Promise<T> {
  if (!holdsNames(declared) || user.roles === undefined) return user;
  const known = await roleList(ctx).rows();
  const words = new Map(declared.roles?.map((word) => [roleCalled(known, word)?._id ?? word, word]));
  return { ...user, roles: user.roles.map((role) => words.get(role) ?? role) };
}

/** The way back: `ids` is `inputs` with ids. */
export function inIds<T extends WithRoles>(user: T, inputs: WithRoles, ids: WithRoles): T {
  if (user.roles === undefined) return user;
  const idOf = new Map(inputs.roles?.map((word, index) => [word, ids.roles?.[index] ?? word]));
  return { ...user, roles: user.roles.map((role) => idOf.get(role) ?? role) };
}
