/** Single changes of a room that leave a message in it or touch other documents. Asks no permission. */
import { meteorError } from "../core/failure.ts";
import type { RoomDoc } from "../core/state.ts";
import { renameChannelInIntegrations } from "../integrations/effects.ts";
import type { Actor } from "./actor.ts";
import { demandFreeHandle, validRoomName } from "./names.ts";
import { membersOf } from "./subscribe.ts";
import { postSystemMessage } from "./system-message.ts";

export function rename(actor: Actor, room: RoomDoc, wanted: string): void {
  if (wanted === room.name || wanted === room.fname) return;
  const name = validRoomName(actor, wanted.trim(), room._id);
  demandFreeHandle(actor, name);
  const before = room.name;
  room.name = name;
  room.fname = wanted;
  for (const subscription of membersOf(actor, room)) {
    subscription.name = name;
    subscription.fname = wanted;
  }
  if (before !== undefined) renameChannelInIntegrations(actor.state, before, name);
  postSystemMessage(actor, room, { t: "r", msg: name });
}

/** Topic or description; writing the same value again does nothing. */
export function setMessage(actor: Actor, room: RoomDoc, member: "topic" | "description", text: string): void {
  if ((room[member] ?? "") === text) return;
  room[member] = text;
  postSystemMessage(actor, room, { t: `room_changed_${member}`, msg: text });
}

export function announce(actor: Actor, room: RoomDoc, text: string): void {
  if ((room.announcement ?? "") === text) return;
  room.announcement = text;
  room.announcementDetails = null;
  postSystemMessage(actor, room, { t: "room_changed_announcement", msg: text });
}

export function setType(actor: Actor, room: RoomDoc, type: string): void {
  if (type === room.t) return;
  if (type !== "c" && type !== "p") {
    const details = { function: "RocketChat.saveRoomType", type };
    throw meteorError("error-invalid-room-type", "error-invalid-room-type", details);
  }
  room.t = type;
  if (type === "p") delete room.default;
  for (const subscription of membersOf(actor, room)) subscription.t = type;
  postSystemMessage(actor, room, { t: "room_changed_privacy", msg: type === "p" ? "private" : "public" });
}

/** An empty code lifts the need for one. */
export function setJoinCode(room: RoomDoc, code: string): void {
  room.joinCodeRequired = code.trim() !== "";
  if (room.joinCodeRequired) room.joinCode = code;
  else delete room.joinCode;
}
