/** Roles inside one room: owner, moderator, leader. As the caller; knows no route. */
import { meteorError } from "../core/failure.ts";
import { subscriptionOf } from "../core/lookups.ts";
import type { RoomDoc, UserDoc } from "../core/state.ts";
import { type Actor, allowed } from "./actor.ts";
import { ownersOf } from "./subscribe.ts";
import { postSystemMessage, touch } from "./system-message.ts";

export const ROOM_ROLES = ["owner", "moderator", "leader"] as const;
export type RoomRole = (typeof ROOM_ROLES)[number];

const article = (role: RoomRole): string => (role === "owner" ? "an owner" : `a ${role}`);
const title = (role: RoomRole): string => `${role[0]?.toUpperCase()}${role.slice(1)}`;

export function addRoomRole(actor: Actor, room: RoomDoc, user: UserDoc, role: RoomRole): void {
  const details = { method: `addRoom${title(role)}` };
  demandRight(actor, room, role, details);
  const subscription = subscriptionOf(actor.state, user._id, room._id);
  if (!subscription) throw meteorError("error-user-not-in-room", "User is not in this room", details);
  if (subscription.roles?.includes(role)) {
    throw meteorError(`error-user-already-${role}`, `User is already ${article(role)}`, details);
  }
  subscription.roles = [...(subscription.roles ?? []), role];
  touch(actor, subscription);
  postSystemMessage(actor, room, { t: "subscription-role-added", msg: user.username, more: { role } });
}

export function removeRoomRole(actor: Actor, room: RoomDoc, user: UserDoc, role: RoomRole): void {
  const details = { method: `removeRoom${title(role)}` };
  demandRight(actor, room, role, details);
  const subscription = subscriptionOf(actor.state, user._id, room._id);
  if (!subscription) throw meteorError("error-invalid-room", "Invalid room", details);
  if (!subscription.roles?.includes(role)) {
    throw meteorError(`error-user-not-${role}`, `User is not ${article(role)}`, details);
  }
  if (role === "owner" && ownersOf(actor, room).length === 1) {
    const reason = "This is the last owner. Please set a new owner before removing this one.";
    throw meteorError("error-remove-last-owner", reason, details);
  }
  subscription.roles = subscription.roles.filter((held) => held !== role);
  touch(actor, subscription);
  postSystemMessage(actor, room, { t: "subscription-role-removed", msg: user.username, more: { role } });
}

function demandRight(actor: Actor, room: RoomDoc, role: RoomRole, details: object): void {
  if (!allowed(actor, `set-${role}`, room._id)) throw meteorError("error-not-allowed", "Not allowed", details);
}
