/** Who does something to rooms, where and when. A route's call is one; a hook makes its own. Knows no route. */
import { usersNamed } from "../core/lookups.ts";
import { hasPermission } from "../core/permissions.ts";
import type { Call } from "../core/route.ts";
import type { UserDoc, UserRef } from "../core/state.ts";

export type Actor = Pick<Call, "state" | "clock" | "events" | "version" | "is8" | "user">;

export const allowed = (actor: Actor, permission: string, roomId?: string): boolean =>
  hasPermission(actor.state, actor.user, permission, roomId);

/** The user as other documents name it. */
export const refOf = (user: UserDoc): UserRef => ({
  _id: user._id,
  username: user.username,
  ...(user.name !== undefined && { name: user.name }),
});

/** The reference without the display name, as some system messages and authors carry it. */
export const shortRefOf = (user: UserDoc): UserRef => ({ _id: user._id, username: user.username });

export const userByName = (actor: Actor, username: string): UserDoc | undefined =>
  usersNamed(actor.state, username).find((user) => user.username === username);
