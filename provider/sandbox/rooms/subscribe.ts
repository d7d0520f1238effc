/** Puts users into rooms and takes them out: subscriptions, counters, the user's own list. Asks no permission. */
import { objectId } from "../core/ids.ts";
import { dropSubscription, putSubscription, subscriptionOf, subscriptionsIn } from "../core/lookups.ts";
import type { RoomDoc, SubscriptionDoc, UserDoc } from "../core/state.ts";
import { type Actor, refOf, shortRefOf } from "./actor.ts";
import { postSystemMessage, touch } from "./system-message.ts";

export interface Subscribing {
  roles?: string[];
  /** Release 7.7.1 leaves the display name out for those who are there from the room's creation. */
  atCreation?: boolean;
}

/** Makes the membership without a message in the room. */
export function subscribe(actor: Actor, room: RoomDoc, user: UserDoc, how: Subscribing = {}): SubscriptionDoc {
  const now = actor.clock.now();
  const subscription: SubscriptionDoc = {
    _id: objectId(),
    rid: room._id,
    u: how.atCreation && !actor.is8 ? shortRefOf(user) : refOf(user),
    name: room.name ?? user.username,
    ...(room.fname !== undefined && { fname: room.fname }),
    t: room.t,
    ts: now,
    _updatedAt: now,
    open: true,
    ...(how.roles && { roles: how.roles }),
    ...(room.archived && { archived: true }),
  };
  putSubscription(actor.state, subscription);
  room.usersCount++;
  user.__rooms = [...(user.__rooms ?? []), room._id];
  touch(actor, room);
  return subscription;
}

/** Takes the membership away without a message in the room. False when there was none. */
export function unsubscribe(actor: Actor, room: RoomDoc, user: UserDoc): boolean {
  const subscription = subscriptionOf(actor.state, user._id, room._id);
  if (!subscription) return false;
  dropSubscription(actor.state, subscription);
  room.usersCount--;
  user.__rooms = (user.__rooms ?? []).filter((id) => id !== room._id);
  touch(actor, room);
  return true;
}

/**
 * Joins `user` and says so in the room: "added" when `by` is somebody else, else "joined".
 * Does nothing for a member.
 */
export function addToRoom(actor: Actor, room: RoomDoc, user: UserDoc, by?: UserDoc): void {
  if (subscriptionOf(actor.state, user._id, room._id)) return;
  subscribe(actor, room, user);
  postSystemMessage(
    actor,
    room,
    by ? { t: "au", msg: user.username, u: shortRefOf(by) } : { t: "uj", msg: user.username, u: refOf(user) },
  );
}

/** What a new account gets: membership of every default room. */
export function joinDefaultRooms(actor: Actor, user: UserDoc): void {
  for (const room of Object.values(actor.state.rooms)) {
    if (room.default && room.t === "c" && !room.archived) addToRoom(actor, room, user);
  }
}

/** The subscriptions of a room, oldest first. */
export const membersOf = (actor: Actor, room: RoomDoc): SubscriptionDoc[] => subscriptionsIn(actor.state, room._id);

export const ownersOf = (actor: Actor, room: RoomDoc): SubscriptionDoc[] =>
  membersOf(actor, room).filter((sub) => sub.roles?.includes("owner"));
