/** Who may do what: roles of the user plus the roles of its subscription, against the permission's list. */
import { builtInPermissions } from "../data/catalogue.ts";
import { subscriptionOf } from "./lookups.ts";
import type { State, UserDoc } from "./state.ts";

/** The roles that hold `permission`; undefined where there is no such permission. */
export function rolesOf(state: State, permission: string): readonly string[] | undefined {
  return state.permissions[permission]?.roles ?? builtInPermissions(state.version)[permission];
}

/** @param roomId also count the roles that the user has in that room. */
export function hasPermission(
  state: State,
  user: UserDoc | undefined,
  permission: string,
  roomId?: string | undefined,
): boolean {
  if (!user) return false;
  const allowed = rolesOf(state, permission) ?? [];
  if (user.roles.some((role) => allowed.includes(role))) return true;
  if (roomId === undefined) return false;
  return (subscriptionOf(state, user._id, roomId)?.roles ?? []).some((role) => allowed.includes(role));
}

export const hasAnyPermission = (
  state: State,
  user: UserDoc | undefined,
  permissions: readonly string[],
  roomId?: string | undefined,
): boolean => permissions.some((permission) => hasPermission(state, user, permission, roomId));
