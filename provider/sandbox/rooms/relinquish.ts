/**
 * What happens to the rooms of an account that goes: who inherits, which rooms end. Used by the calls on users, before
 * they delete or deactivate somebody. Knows no route.
 */
import { meteorError } from "../core/failure.ts";
import { dropSubscription, subscriptionsBy } from "../core/lookups.ts";
import type { RoomDoc, SubscriptionDoc, UserDoc } from "../core/state.ts";
import { disableIntegrationsOf } from "../integrations/effects.ts";
import { settingText } from "../settings/read.ts";
import type { Actor } from "./actor.ts";
import { dropRoom } from "./archive.ts";
import { membersOf, ownersOf } from "./subscribe.ts";
import { touch } from "./system-message.ts";

/** What would become of one room. Neither member: nothing. */
export interface Consequence {
  room: RoomDoc;
  /** The oldest other active member, when the one who goes is the only owner. */
  heir?: SubscriptionDoc;
  removed: boolean;
}

export function consequencesOf(actor: Actor, user: UserDoc): Consequence[] {
  const { state } = actor;
  const mine = subscriptionsBy(state, user._id).filter(({ t }) => t !== "d");
  return mine.flatMap((subscription): Consequence[] => {
    const room = state.rooms[subscription.rid];
    if (!room) return [];
    const others = membersOf(actor, room).filter((sub) => sub.u._id !== user._id);
    if (!subscription.roles?.includes("owner")) return [{ room, removed: others.length === 0 }];
    if (ownersOf(actor, room).length > 1) return [{ room, removed: false }];
    const heir = others.find((sub) => state.users[sub.u._id]?.active);
    return [heir ? { room, heir, removed: false } : { room, removed: room.t === "p" }];
  });
}

/** Throws `user-last-owner` where rooms would change hands or end and the caller didn't confirm it. */
export function demandRelinquish(consequences: readonly Consequence[], confirmed: boolean): void {
  const shouldBeRemoved = consequences.filter(({ removed }) => removed).map(({ room }) => room.fname ?? room.name);
  const shouldChangeOwner = consequences.filter(({ heir }) => heir).map(({ room }) => room.fname ?? room.name);
  if (confirmed || shouldBeRemoved.length + shouldChangeOwner.length === 0) return;
  throw meteorError("user-last-owner", "", { shouldBeRemoved, shouldChangeOwner });
}

/** Hands rooms over and ends those that nobody inherits. @returns the ids of the ended ones. */
export function relinquish(actor: Actor, consequences: readonly Consequence[]): string[] {
  for (const { heir } of consequences) {
    if (!heir || heir.roles?.includes("owner")) continue;
    heir.roles = [...(heir.roles ?? []), "owner"];
    touch(actor, heir);
  }
  const ended = consequences.filter(({ removed }) => removed).map(({ room }) => room);
  for (const room of ended) dropRoom(actor.state, room);
  return ended.map((room) => room._id);
}

/** Takes every trace of a deleted account out of rooms: memberships, direct rooms, its messages, its integrations' enabled. */
export function forgetInRooms(actor: Actor, user: UserDoc): void {
  const { state } = actor;
  for (const room of Object.values(state.rooms))
    if (room.t === "d" && room.uids?.includes(user._id)) dropRoom(state, room);
  for (const subscription of subscriptionsBy(state, user._id)) {
    dropSubscription(state, subscription);
    const room = state.rooms[subscription.rid];
    if (!room) continue;
    room.usersCount--;
    touch(actor, room);
  }
  eraseMessages(actor, user);
  disableIntegrationsOf(state, user._id);
}

function eraseMessages({ state }: Actor, user: UserDoc): void {
  const erasure = settingText(state, "Message_ErasureType");
  if (erasure === "Keep") return;
  for (const message of Object.values(state.messages)) {
    if (message.u._id !== user._id) continue;
    if (erasure === "Unlink") message.u = { _id: "rocket.cat", username: "rocket.cat", name: "Rocket.Cat" };
    else delete state.messages[message._id];
  }
  for (const room of Object.values(state.rooms)) {
    if (erasure === "Delete" && room.lastMessage?.u._id === user._id) delete room.lastMessage;
  }
}
