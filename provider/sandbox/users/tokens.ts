/** Login tokens and personal access tokens of a user. Knows no route. */
import type { Clock } from "../core/clock.ts";
import { authToken, hashToken } from "../core/ids.ts";
import type { LoginToken, State, UserDoc } from "../core/state.ts";

/** The server keeps no more logins than this of one user. */
const MOST_LOGINS = 50;

export const isAccessToken = (token: LoginToken): boolean => token.type === "personalAccessToken";

/** Makes a login token; the clear text is returned and kept nowhere. */
export function addLogin(user: UserDoc, clock: Clock): string {
  const token = authToken();
  const { services } = user;
  services.loginTokens.push({ when: clock.now(), hashedToken: hashToken(token) });
  const logins = services.loginTokens.filter((known) => !isAccessToken(known));
  const surplus = new Set(logins.slice(0, Math.max(0, logins.length - MOST_LOGINS)));
  services.loginTokens = services.loginTokens.filter((known) => !surplus.has(known));
  return token;
}

/** Whose token it was last; looked at first, so that resuming doesn't search a large workspace. */
const lastHolders = new WeakMap<State, Map<string, UserDoc>>();

export function userOfToken(state: State, token: string): UserDoc | undefined {
  const hash = hashToken(token);
  const holds = (user: UserDoc): boolean => user.services.loginTokens.some((known) => known.hashedToken === hash);
  const holders = lastHolders.get(state) ?? new Map<string, UserDoc>();
  lastHolders.set(state, holders);
  const last = holders.get(hash);
  if (last && state.users[last._id] === last && holds(last)) return last;
  const found = Object.values(state.users).find(holds);
  if (found) holders.set(hash, found);
  else holders.delete(hash);
  return found;
}

/** Ends every login; the server keeps personal access tokens in the same list, so they end too. */
export function endLogins(user: UserDoc): void {
  user.services.loginTokens = [];
}
