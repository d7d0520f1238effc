/** Finding users by what a caller may name. Knows no route. */
import { usersMailed, usersNamed } from "../core/lookups.ts";
import type { State, UserDoc } from "../core/state.ts";

/** Exact, as the server's own look-ups are. */
export const byUsername = (state: State, username: unknown): UserDoc | undefined =>
  typeof username === "string" ? usersNamed(state, username).find((user) => user.username === username) : undefined;

export const byUsernameAnyCase = (state: State, username: string): UserDoc | undefined =>
  usersNamed(state, username)[0];

/** Ignores case. */
export const byEmail = (state: State, address: string): UserDoc | undefined => usersMailed(state, address)[0];

/** `userId`, `username` or `user` of a body or query. */
export function fromParams(state: State, given: Record<string, unknown>): UserDoc | undefined {
  if (typeof given.userId === "string" && given.userId !== "") return state.users[given.userId];
  return byUsername(state, given.username ?? given.user);
}
