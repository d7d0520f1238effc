/** Which roles a permission is to have, from what it has and what is declared. Pure: ids only, no calls. */

export interface Wanted {
  readonly exact: boolean;
  /** Ids of the declared roles. */
  readonly roles: readonly string[];
  /** Ids that were declared until now. */
  readonly former?: readonly string[];
  /** Ids that held it before this resource took it over. */
  readonly before: readonly string[];
}

/** The roles to write. "include" takes back what was given by this resource alone. */
export function rolesToHave(live: readonly string[], { exact, roles, former = [], before }: Wanted): string[] {
  if (exact) return [...new Set(roles)];
  const takenBack = former.filter((role) => !roles.includes(role) && !before.includes(role));
  return [...new Set([...live.filter((role) => !takenBack.includes(role)), ...roles])];
}

/** The roles after the resource is gone. `known`: roles that still exist; the server refuses others. */
export function rolesToRestore(
  live: readonly string[],
  { exact, roles, before }: Wanted,
  known: ReadonlySet<string>,
): string[] {
  const target = exact ? before : live.filter((role) => before.includes(role) || !roles.includes(role));
  return target.filter((role) => known.has(role));
}

export const sameRoles = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((role) => b.includes(role));
