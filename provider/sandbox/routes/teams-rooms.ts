/** The rooms of teams: add, remove, default, list. */
import { failure } from "../core/failure.ts";
import { subscriptionOf } from "../core/lookups.ts";
import { paged, pageOf, sorted, sortOf } from "../core/paging.ts";
import type { Call, Route } from "../core/route.ts";
import type { RoomDoc } from "../core/state.ts";
import { flag, strict, text, texts } from "../core/validate.ts";
import { roomView } from "../rooms/present.ts";
import { addToRoom } from "../rooms/subscribe.ts";
import { postSystemMessage, touch } from "../rooms/system-message.ts";
import { demandTeam, membersOfTeam, roomsOfTeam } from "../teams/find.ts";
import { demandIn, ofTeam } from "./teams.ts";

function announce(call: Call, roomId: string, t: string, msg: string): void {
  const room = call.state.rooms[roomId];
  if (room) postSystemMessage(call, room, { t, msg });
}

/** Answers show the rooms as they were found, with the change in place. */
function addRooms(call: Call) {
  const team = demandTeam(call.state, call.body);
  demandIn(call, team, "move-room-to-team");
  const rooms = (call.body.rooms as string[]).map((id): RoomDoc => {
    const room = call.state.rooms[id];
    if (!room) throw failure("invalid-room");
    if (room.teamId) throw failure("room-already-on-team");
    if (!subscriptionOf(call.state, call.user._id, id)?.roles?.includes("owner"))
      throw failure("error-no-owner-channel");
    return room;
  });
  const shown = rooms.map((room) => ({ ...roomView(room), teamId: team._id }));
  for (const room of rooms) {
    room.teamId = team._id;
    touch(call, room);
    announce(call, team.roomId, "user-added-room-to-team", room.fname ?? room.name ?? "");
  }
  return { rooms: shown };
}

function removeRoom(call: Call) {
  const team = demandTeam(call.state, call.body);
  demandIn(call, team, "remove-team-channel");
  const room = call.state.rooms[call.body.roomId as string];
  if (!room) throw failure("invalid-room");
  if (room.teamId !== team._id) throw failure("room-not-on-that-team");
  delete room.teamId;
  delete room.teamDefault;
  const shown = roomView(room);
  touch(call, room);
  announce(call, team.roomId, "user-removed-room-from-team", room.fname ?? room.name ?? "");
  return { room: shown };
}

/** A default room of a team takes in all of its members. */
function updateRoom(call: Call) {
  const room = call.state.rooms[call.body.roomId as string];
  if (!room) throw failure("invalid-room");
  const team = demandTeam(call.state, { teamId: room.teamId });
  demandIn(call, team, "edit-team-channel");
  const isDefault = call.body.isDefault === true;
  const before = { ...roomView(room), teamDefault: isDefault };
  room.teamDefault = isDefault;
  touch(call, room);
  if (isDefault) {
    for (const { userId } of membersOfTeam(call.state, team)) {
      const user = call.state.users[userId];
      if (user) addToRoom(call, room, user, call.user);
    }
  }
  return { room: { ...before, usersCount: room.usersCount } };
}

function listRooms(call: Call) {
  const team = demandTeam(call.state, call.query);
  const rooms = sorted(roomsOfTeam(call.state, team), sortOf(call, {}));
  const { rows, ...numbers } = paged(rooms.map(roomView), pageOf(call));
  return { rooms: rows, ...numbers };
}

export const teamRoomRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/v1/teams.addRooms",
    body: (version) => ofTeam({ rooms: { ...texts, ...(version === "8.6.1" && { minItems: 1 }) } }, ["rooms"]),
    handler: addRooms,
  },
  {
    method: "POST",
    path: "/api/v1/teams.removeRoom",
    body: ofTeam({ roomId: text }, ["roomId"]),
    handler: removeRoom,
  },
  {
    method: "POST",
    path: "/api/v1/teams.updateRoom",
    body: strict({ roomId: text, isDefault: flag }, ["roomId", "isDefault"]),
    handler: updateRoom,
  },
  { method: "GET", path: "/api/v1/teams.listRooms", handler: listRooms },
];
