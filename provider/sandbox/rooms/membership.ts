/** Coming and going: invite, add everybody, join, kick, leave. As the caller; knows no route. */
import { meteorError } from "../core/failure.ts";
import { subscriptionOf } from "../core/lookups.ts";
import type { RoomDoc, UserDoc } from "../core/state.ts";
import { settingNumber } from "../settings/read.ts";
import { canAccess } from "./access.ts";
import { type Actor, allowed } from "./actor.ts";
import { addToRoom, ownersOf, unsubscribe } from "./subscribe.ts";
import { postSystemMessage } from "./system-message.ts";

/** Puts `users` into the room; members among them are left as they are. */
export function invite(actor: Actor, room: RoomDoc, users: readonly UserDoc[]): void {
  const inside = subscriptionOf(actor.state, actor.user._id, room._id) !== undefined;
  const may =
    (inside && allowed(actor, "add-user-to-joined-room", room._id)) || allowed(actor, `add-user-to-any-${room.t}-room`);
  if (!may) throw meteorError("error-not-allowed", "Not allowed", { method: "addUsersToRoom" });
  for (const user of users) addToRoom(actor, room, user, actor.user);
}

/** Every account of the workspace joins, deactivated ones too. */
export function addEverybody(actor: Actor, room: RoomDoc): void {
  const details = { method: "addAllToRoom" };
  if (!allowed(actor, "add-all-to-room")) throw meteorError(403, "Access to Method Forbidden", details);
  const users = Object.values(actor.state.users);
  if (users.length > settingNumber(actor.state, "API_User_Limit")) {
    throw meteorError("error-user-limit-exceeded", "User Limit Exceeded", details);
  }
  for (const user of users) addToRoom(actor, room, user);
}

/** A code is asked of members too. */
export function join(actor: Actor, room: RoomDoc, code: unknown): void {
  const details = { method: "joinRoom" };
  if (!canAccess(actor, room)) throw meteorError("error-not-allowed", "Not allowed", details);
  if (room.joinCodeRequired && !allowed(actor, "join-without-join-code")) {
    if (!code) throw meteorError("error-code-required", "Code required", details);
    if (code !== room.joinCode) throw meteorError("error-code-invalid", "Invalid code", details);
  }
  addToRoom(actor, room, actor.user);
}

export function leave(actor: Actor, room: RoomDoc): void {
  const details = { method: "leaveRoom" };
  if (!subscriptionOf(actor.state, actor.user._id, room._id)) {
    throw meteorError("error-user-not-in-room", "You are not in this room", details);
  }
  demandOtherOwner(actor, room, actor.user, details);
  unsubscribe(actor, room, actor.user);
  postSystemMessage(actor, room, { t: "ul", msg: actor.user.username });
}

export function kick(actor: Actor, room: RoomDoc, user: UserDoc): void {
  const details = { method: "removeUserFromRoom" };
  if (!allowed(actor, "remove-user", room._id)) throw meteorError("error-not-allowed", "Not allowed", details);
  const member = subscriptionOf(actor.state, user._id, room._id) !== undefined;
  if (!member && !allowed(actor, `kick-user-from-any-${room.t}-room`)) {
    throw meteorError("error-user-not-in-room", "User is not in this room", details);
  }
  demandOtherOwner(actor, room, user, details);
  unsubscribe(actor, room, user);
  postSystemMessage(actor, room, { t: "ru", msg: user.username });
}

function demandOtherOwner(actor: Actor, room: RoomDoc, user: UserDoc, details: object): void {
  const owners = ownersOf(actor, room);
  if (owners.length === 1 && owners[0]?.u._id === user._id) {
    const reason = "You are the last owner. Please set new owner before leaving the room.";
    throw meteorError("error-you-are-last-owner", reason, details);
  }
}
