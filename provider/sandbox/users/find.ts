/** Finding users by what a caller may name. Knows no route. */
import type { State, UserDoc } from "../core/state.ts";

/** Exact, as the server's own look-ups are. */
export const byUsername = (state: State, username: unknown): UserDoc | undefined =>
  Object.values(state.users).find((user) => user.username === username);

export function byUsernameAnyCase(state: State, username: string): UserDoc | undefined {
  const wanted = username.toLowerCase();
  return Object.values(state.users).find((user) => user.username.toLowerCase() === wanted);
}

export function byEmail(state: State, address: string): UserDoc | undefined {
  const wanted = address.toLowerCase();
  return Object.values(state.users).find((user) =>
    (user.emails ?? []).some((email) => email.address.toLowerCase() === wanted),
  );
}

/** `userId`, `username` or `user` of a body or query. */
export function fromParams(state: State, given: Record<string, unknown>): UserDoc | undefined {
  if (typeof given.userId === "string" && given.userId !== "") return state.users[given.userId];
  return byUsername(state, given.username ?? given.user);
}
