/** All roles of the workspace: the built-in ones, as they were changed, and custom ones. Knows no route. */
import { type BuiltInRole, builtInRoles } from "../data/catalogue.ts";
import type { RoleDoc, State } from "./state.ts";

const withTime = (state: State, role: BuiltInRole): RoleDoc =>
  state.roles[role._id] ?? { ...role, _updatedAt: state.createdAt };

export function allRoles(state: State): RoleDoc[] {
  const builtIn = builtInRoles(state.version).map((role) => withTime(state, role));
  return [...builtIn, ...Object.values(state.roles).filter((role) => !role.protected)];
}

export const roleById = (state: State, id: unknown): RoleDoc | undefined =>
  allRoles(state).find((role) => role._id === id);
