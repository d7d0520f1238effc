/** Lists of a room's members and of its role holders. Knows no route. */
import { type Sort, sorted } from "../core/paging.ts";
import type { RoomDoc, SubscriptionDoc, UserDoc } from "../core/state.ts";
import type { Actor } from "./actor.ts";
import { membersOf } from "./subscribe.ts";

const ROW = ["_id", "_updatedAt", "name", "username", "nickname", "status", "avatarETag", "federated"] as const;

function row(user: UserDoc): Record<string, unknown> {
  const document = user as unknown as Record<string, unknown>;
  return Object.fromEntries(ROW.filter((key) => document[key] !== undefined).map((key) => [key, document[key]]));
}

export interface MemberFilter {
  /** Inside name or username, ignoring case. */
  text?: string | undefined;
  status?: readonly string[] | undefined;
}

/** Deactivated accounts are left out, though they are members. */
function activeMembers(actor: Actor, room: RoomDoc, { text, status }: MemberFilter): [UserDoc, SubscriptionDoc][] {
  const wanted = text?.toLowerCase();
  return membersOf(actor, room).flatMap((subscription): [UserDoc, SubscriptionDoc][] => {
    const user = actor.state.users[subscription.u._id];
    if (!user?.active) return [];
    if (wanted && ![user.name, user.username].some((name) => name?.toLowerCase().includes(wanted))) return [];
    if (status && status.length > 0 && !status.includes(user.status)) return [];
    return [[user, subscription]];
  });
}

export const memberRows = (actor: Actor, room: RoomDoc, filter: MemberFilter, sort: Sort): Record<string, unknown>[] =>
  sorted(
    activeMembers(actor, room, filter).map(([user]) => row(user)),
    sort,
  );

const priority = (roles: readonly string[] | undefined): number =>
  roles?.includes("owner") ? 0 : roles?.includes("moderator") ? 1 : 2;

/** Owners first, then moderators, then the others, each by `sort`. */
export function membersByRole(actor: Actor, room: RoomDoc, filter: MemberFilter, sort: Sort): object[] {
  const rows = activeMembers(actor, room, filter).map(([user, { _id, ts, roles }]) => ({
    ...row(user),
    // release 7.7.1 shows the roles only
    ...(actor.is8 && { subscription: { ...(roles && { roles }), ts, _id } }),
    ...(roles && { roles }),
  }));
  return sorted(rows, sort).sort((a, b) => priority(a.roles) - priority(b.roles));
}

/** Subscriptions that hold a role. */
export const roleRows = (actor: Actor, room: RoomDoc): object[] =>
  membersOf(actor, room)
    .filter(({ roles }) => roles && roles.length > 0)
    .map(({ _id, rid, u, roles }) => ({ _id, rid, roles, u: { ...u, name: u.name ?? null } }));

export const moderatorRefs = (actor: Actor, room: RoomDoc): object[] =>
  membersOf(actor, room)
    .filter(({ roles }) => roles?.includes("moderator"))
    .map(({ u }) => u);
