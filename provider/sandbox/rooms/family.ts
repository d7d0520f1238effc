/**
 * What `channels.*` and `groups.*` have in common and where they differ: their words, and how a call names its room.
 * Knows no route.
 */
import { meteorError } from "../core/failure.ts";
import { subscriptionOf } from "../core/lookups.ts";
import type { RoomDoc } from "../core/state.ts";
import type { Actor } from "./actor.ts";

export interface Family {
  t: "c" | "p";
  prefix: "channels" | "groups";
  /** The member of an answer that holds the room. */
  key: "channel" | "group";
  /** What the server's sentences call such a room. */
  noun: "channel" | "private group";
}

export const CHANNELS: Family = { t: "c", prefix: "channels", key: "channel", noun: "channel" };
export const GROUPS: Family = { t: "p", prefix: "groups", key: "group", noun: "private group" };

const asText = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

const noMatch = (what: string) =>
  meteorError("error-room-not-found", `The required "roomId" or "roomName" param provided does not match any ${what}`);

/** The room that `roomId` or `roomName` names, of any type. */
export function roomOf(actor: Actor, params: Record<string, unknown>): RoomDoc | undefined {
  const id = asText(params.roomId);
  if (id !== undefined) return actor.state.rooms[id];
  const name = asText(params.roomName);
  return name === undefined ? undefined : roomByName(actor, name);
}

export const roomByName = (actor: Actor, name: string): RoomDoc | undefined =>
  Object.values(actor.state.rooms).find((room) => room.name === name);

export interface Finding {
  /** Take archived rooms too. */
  archivedToo?: boolean;
  /** Take groups that the caller is no member of. */
  asOutsider?: boolean;
}

/** The room of this family that a call names. Throws the family's own "not found" and "is archived". */
export function familyRoom(
  actor: Actor,
  family: Family,
  params: Record<string, unknown>,
  finding: Finding = {},
): RoomDoc {
  if (family.t === "p" && asText(params.roomId) === undefined && asText(params.roomName) === undefined) {
    throw meteorError("error-room-param-not-provided", 'The parameter "roomId" or "roomName" is required');
  }
  const room = roomOf(actor, params);
  if (!room || room.t !== family.t) throw noMatch(family.key);
  if (family.t === "p" && !finding.asOutsider && !subscriptionOf(actor.state, actor.user._id, room._id)) {
    throw noMatch(family.key);
  }
  if (room.archived && !finding.archivedToo) {
    throw meteorError("error-room-archived", `The ${family.noun}, ${room.name}, is archived`);
  }
  return room;
}

/** The room of any type for `rooms.*`. Throws when none is named or there is none. */
export function anyRoom(actor: Actor, params: Record<string, unknown>): RoomDoc {
  if (asText(params.roomId) === undefined && asText(params.roomName) === undefined) {
    throw meteorError("error-roomid-param-not-provided", 'The parameter "roomId" or "roomName" is required');
  }
  const room = roomOf(actor, params);
  if (!room) throw noMatch("channel");
  return room;
}
