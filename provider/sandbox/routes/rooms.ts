/** `rooms.*`: rooms of any type, and their administration. */
import { failure, refuse, unauthorized } from "../core/failure.ts";
import { subscriptionOf } from "../core/lookups.ts";
import { paged, pageOf, sorted, sortOf } from "../core/paging.ts";
import { type Call, may, type Route } from "../core/route.ts";
import type { RoomDoc } from "../core/state.ts";
import { flag, number, open, type Schema, strict, text, texts } from "../core/validate.ts";
import { canAccess } from "../rooms/access.ts";
import { userByName } from "../rooms/actor.ts";
import { eraseRoom, setArchived } from "../rooms/archive.ts";
import { anyRoom, roomByName, roomOf } from "../rooms/family.ts";
import { membersByRole } from "../rooms/member-list.ts";
import { adminView, roomView } from "../rooms/present.ts";
import { saveRoomSettings } from "../rooms/settings.ts";
import { teamOfRoom } from "../teams/find.ts";
import { memberFilter } from "./family-members.ts";

const hidden = () => failure("not-allowed", "Not Allowed");

/** What 8.x checks of the settings; 7.7.1 takes any type. */
const settingsBody = (version: string): Schema | undefined =>
  version === "7.7.1"
    ? undefined
    : strict(
        {
          rid: text,
          roomAvatar: { type: "string", nullable: true },
          featured: flag,
          roomName: text,
          roomTopic: text,
          roomAnnouncement: text,
          roomDescription: text,
          roomCustomFields: { type: "object" },
          roomType: text,
          readOnly: flag,
          reactWhenReadOnly: flag,
          systemMessages: texts,
          default: flag,
          joinCode: text,
          retentionEnabled: flag,
          retentionExcludePinned: flag,
          retentionFilesOnly: flag,
          retentionIgnoreThreads: flag,
          retentionMaxAge: number,
          retentionOverrideGlobal: flag,
          encrypted: flag,
          favorite: strict({ favorite: flag, defaultValue: flag }, ["favorite", "defaultValue"]),
        },
        ["rid"],
      );

function adminRooms(call: Call): object {
  if (!may(call, "view-room-administration")) throw failure("error-not-authorized");
  const { filter, types } = call.query;
  const wanted = typeof filter === "string" ? filter.trim().toLowerCase() : "";
  const kinds = Array.isArray(types) ? types : types === undefined ? [] : [types];
  const matches = (room: RoomDoc): boolean =>
    (kinds.length === 0 || kinds.includes(room.t) || (kinds.includes("teams") && room.teamMain === true)) &&
    [room.name, room.fname, ...(room.usernames ?? [])].some((name) => (name ?? "").toLowerCase().includes(wanted));
  const rooms = sorted(Object.values(call.state.rooms).filter(matches), sortOf(call, { default: -1, name: 1 }));
  const { rows, ...numbers } = paged(rooms, pageOf(call));
  return { rooms: rows.map(adminView), ...numbers };
}

function adminRoom(call: Call): object {
  if (!may(call, "view-room-administration")) throw failure("error-not-authorized");
  const room = call.state.rooms[String(call.query.rid)];
  if (!room) throw hidden();
  return adminView(room);
}

function isMember(call: Call): object {
  const { userId, username } = call.query;
  const room = roomOf(call, call.query);
  const user = userId !== undefined ? call.state.users[String(userId)] : userByName(call, String(username));
  if (!user) throw failure("error-user-not-found");
  if (!room || !canAccess(call, room)) throw unauthorized();
  return { isMember: subscriptionOf(call.state, user._id, room._id) !== undefined };
}

function orderedMembers(call: Call): object {
  const room = roomOf(call, call.query);
  if (!room || !canAccess(call, room)) {
    const error = 'The required "roomId" or "roomName" param provided does not match any room';
    throw refuse({ status: 404, json: { success: false, error } });
  }
  // the server sorts the room's members once, and marks the room
  room.rolePrioritiesCreated = 2;
  const rows = membersByRole(call, room, memberFilter(call), sortOf(call, { username: 1 }));
  const { rows: members, ...numbers } = paged(rows, pageOf(call));
  return { members, ...numbers };
}

export const roomRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/v1/rooms.info",
    handler: (call) => {
      const room = anyRoom(call, call.query);
      if (!canAccess(call, room)) throw hidden();
      return { room: roomView(room), ...teamOfRoom(call.state, room) };
    },
  },
  {
    method: "GET",
    path: "/api/v1/rooms.nameExists",
    query: strict({ roomName: text }, ["roomName"]),
    handler: (call) => ({ exists: roomByName(call, String(call.query.roomName)) !== undefined }),
  },
  { method: "GET", path: "/api/v1/rooms.adminRooms", handler: adminRooms },
  { method: "GET", path: "/api/v1/rooms.adminRooms.getRoom", handler: adminRoom },
  {
    method: "POST",
    path: "/api/v1/rooms.saveRoomSettings",
    body: settingsBody,
    handler: (call) => {
      const { rid, ...settings } = call.body;
      return { rid: saveRoomSettings(call, rid, settings)._id };
    },
  },
  {
    method: "POST",
    path: "/api/v1/rooms.changeArchivationState",
    body: open({ rid: text, action: text }, ["rid"]),
    handler: (call) => {
      setArchived(call, String(call.body.rid), call.body.action === "archive");
      return {};
    },
  },
  {
    method: "POST",
    path: "/api/v1/rooms.delete",
    body: (version) => (version === "7.7.1" ? undefined : strict({ roomId: text }, ["roomId"])),
    handler: (call) => {
      if (!call.body.roomId) throw failure("The 'roomId' param is required");
      eraseRoom(call, String(call.body.roomId));
      return {};
    },
  },
  { method: "GET", path: "/api/v1/rooms.isMember", handler: isMember },
  { method: "GET", path: "/api/v1/rooms.membersOrderedByRole", handler: orderedMembers },
];
