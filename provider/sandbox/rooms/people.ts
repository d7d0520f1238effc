/** Which accounts a call on a room names, in the notations of the server. Knows no route. */
import { failure, meteorError } from "../core/failure.ts";
import type { UserDoc } from "../core/state.ts";
import { type Actor, userByName } from "./actor.ts";
import type { Family } from "./family.ts";

type Params = Record<string, unknown>;

const asText = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** `userId`, `username` or `user` (a name); exactly one account. */
export function userFrom(actor: Actor, params: Params): UserDoc {
  const id = asText(params.userId);
  const name = asText(params.username) ?? asText(params.user);
  if (id === undefined && name === undefined) {
    const reason = 'The required "userId" or "username" param was not provided';
    throw meteorError("error-user-param-not-provided", reason);
  }
  const user = id !== undefined ? actor.state.users[id] : userByName(actor, name!);
  if (user) return user;
  throw meteorError(
    "error-invalid-user",
    'The required "userId" or "username" param provided does not match any users',
  );
}

/** As `userFrom`, or many by `userIds` or `usernames`; unknown ones among many are skipped. */
export function usersToInvite(actor: Actor, family: Family, params: Params): UserDoc[] {
  const ids = listed(params.userIds) ?? single(params.userId);
  const names = listed(params.usernames) ?? single(params.username) ?? single(params.user);
  if (!ids && !names) {
    const reason = 'Please provide "userId" or "username" or "userIds" or "usernames" as param';
    throw meteorError("error-users-params-not-provided", reason);
  }
  const users = ids ? ids.map((id) => actor.state.users[id]) : names!.map((name) => userByName(actor, name));
  const found = users.filter((user) => user !== undefined);
  if (found.length > 0) return found;
  // channels.invite hands text and code over in the wrong order
  if (family.t === "c") throw failure("invalid-user-invite-list", "Cannot invite if no users are provided");
  throw meteorError("error-empty-invite-list", "Cannot invite if no valid users are provided");
}

const listed = (value: unknown): string[] | undefined =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : undefined;

function single(value: unknown): string[] | undefined {
  const text = asText(value);
  return text === undefined ? undefined : [text];
}
