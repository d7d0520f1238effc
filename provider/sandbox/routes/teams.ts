/** teams.*: create, info, lists, members, update, delete, conversions. Their rooms: teams-rooms.ts. */

import { failure, unauthorized } from "../core/failure.ts";
import { paged, pageOf, pageProperties, sorted, sortOf } from "../core/paging.ts";
import { type Call, crash, demandAny, may, type Route } from "../core/route.ts";
import type { TeamDoc } from "../core/state.ts";
import { type Schema, strict, text, texts } from "../core/validate.ts";
import { dropRoom } from "../rooms/archive.ts";
import { CHANNELS, familyRoom, GROUPS } from "../rooms/family.ts";
import { rename, setType } from "../rooms/setters.ts";
import { postSystemMessage } from "../rooms/system-message.ts";
import {
  addTeamMember,
  convertToTeam,
  createTeam,
  endTeam,
  type NewTeam,
  removeTeamMember,
  setTeamRoles,
} from "../teams/change.ts";
import { demandTeam, memberOf, membersOfTeam, roomsOfTeam, teamOf } from "../teams/find.ts";
import { pick } from "../users/views.ts";

/** One of `teamId`, `teamName` and the given members; nothing else. */
export const ofTeam = (more: Record<string, Schema>, required: readonly string[] = []): Schema => ({
  type: "object",
  oneOf: ["teamId", "teamName"].map((key) => strict({ [key]: text, ...more }, [key, ...required])),
});

/** A right that is looked at in the team's main room. */
export function demandIn(call: Call, team: TeamDoc, permission: string): void {
  if (!may(call, permission, team.roomId)) throw unauthorized();
}

/** Release 7.7.1 looks at the body by hand. */
function demandBody(call: Call): void {
  if (call.is8) return;
  const { name, type } = call.body;
  if (name === undefined) throw failure("Match error: Missing key 'name'");
  if (type === undefined) throw failure("Match error: Missing key 'type'");
  if (type !== 0 && type !== 1)
    throw failure("Match error: Failed Match.OneOf, Match.Maybe or Match.Optional validation in field type");
}

function create(call: Call) {
  demandAny(call, ["create-team"]);
  demandBody(call);
  return { team: createTeam(call, call.body as unknown as NewTeam) };
}

function info(call: Call) {
  if (!call.is8 && call.query.teamId === undefined && call.query.teamName === undefined)
    throw failure("Match error: Failed Match.OneOf, Match.Maybe or Match.Optional validation");
  const team = teamOf(call.state, call.query);
  if (!team) throw failure("Team not found");
  if (!call.state.rooms[team.roomId]) throw failure("Room not found");
  const visible = team.type === 0 || memberOf(call.state, team, call.user._id) || may(call, "view-all-teams");
  if (!visible) throw unauthorized();
  return { teamInfo: team };
}

function list(call: Call, teams: readonly TeamDoc[]) {
  const counted = teams.map((team) => ({
    ...team,
    rooms: roomsOfTeam(call.state, team).length,
    numberOfUsers: membersOfTeam(call.state, team).length,
  }));
  const { rows, ...numbers } = paged(sorted(counted, sortOf(call, {})), pageOf(call));
  return { teams: rows, ...numbers };
}

function members(call: Call) {
  const team = demandTeam(call.state, call.query);
  const rows = membersOfTeam(call.state, team).flatMap(({ userId, roles, createdBy, createdAt }) => {
    const user = call.state.users[userId];
    if (!user) return [];
    const shown = pick(user, ["_id", "username", "name", "status", "settings"]);
    return [{ user: shown, ...(roles && { roles }), createdBy, createdAt }];
  });
  const { rows: part, ...numbers } = paged(rows, pageOf(call));
  return { members: part, ...numbers };
}

interface Member {
  userId: string;
  roles?: string[];
}

function addMembers(call: Call) {
  const team = demandTeam(call.state, call.body);
  demandIn(call, team, "add-team-member");
  for (const { userId, roles } of call.body.members as Member[]) {
    const user = call.state.users[userId];
    if (!user) throw crash("Cannot read properties of null (reading '_id')");
    addTeamMember(call, team, user, roles);
  }
  return {};
}

function updateMember(call: Call) {
  const team = demandTeam(call.state, call.body);
  demandIn(call, team, "edit-team-member");
  const { userId, roles } = call.body.member as Member;
  setTeamRoles(call, team, userId, roles);
  return {};
}

function removeMember(call: Call) {
  const team = demandTeam(call.state, call.body);
  demandIn(call, team, "edit-team-member");
  const user = call.state.users[call.body.userId as string];
  if (!user?.active) throw failure("invalid-user");
  removeTeamMember(call, team, user, (call.body.rooms as string[] | undefined) ?? []);
  return {};
}

function update(call: Call) {
  const team = demandTeam(call.state, call.body);
  demandIn(call, team, "edit-team");
  const { name, type } = call.body.data as { name?: string; type?: 0 | 1 };
  const room = call.state.rooms[team.roomId];
  if (name !== undefined && name !== team.name) {
    if (room) rename(call, room, name);
    team.name = name;
  }
  if (type !== undefined && type !== team.type) {
    if (room) setType(call, room, type === 1 ? "p" : "c");
    team.type = type;
  }
  team._updatedAt = call.clock.now();
  return {};
}

/** Drops those of the team's rooms that the call names. */
function dropNamed(call: Call, team: TeamDoc): void {
  const named = (call.body.roomsToRemove as string[] | undefined) ?? [];
  for (const room of roomsOfTeam(call.state, team)) if (named.includes(room._id)) dropRoom(call.state, room);
}

function remove(call: Call) {
  const team = demandTeam(call.state, call.body);
  demandIn(call, team, "delete-team");
  const room = call.state.rooms[team.roomId];
  if (!room) throw failure("invalid-room");
  dropNamed(call, team);
  endTeam(call, team);
  dropRoom(call.state, room);
  return {};
}

function convertToChannel(call: Call) {
  const team = demandTeam(call.state, call.body);
  demandIn(call, team, "convert-team");
  dropNamed(call, team);
  endTeam(call, team);
  const room = call.state.rooms[team.roomId];
  if (room) {
    delete room.teamId;
    delete room.teamMain;
    postSystemMessage(call, room, { t: "user-converted-to-channel", msg: team.name });
  }
  return {};
}

function convert(call: Call, family: typeof CHANNELS) {
  const { channelId, channelName, roomId, roomName } = call.body;
  const room = familyRoom(call, family, { roomId: channelId ?? roomId, roomName: channelName ?? roomName });
  if (!may(call, "create-team") || !may(call, "edit-room", room._id)) throw unauthorized();
  return { team: convertToTeam(call, room) };
}

const type: Schema = { type: "number", enum: [0, 1] };
const member = strict({ userId: text, roles: texts }, ["userId"]);
const is8 = (schema: Schema) => (version: string) => (version === "8.6.1" ? schema : undefined);
const createBody = strict(
  { name: text, type, members: texts, owner: text, room: { type: "object" }, sidepanel: { type: "object" } },
  ["name", "type"],
);
const updateBody: Schema = {
  ...strict({
    teamId: text,
    teamName: text,
    data: { anyOf: ["name", "type"].map((key) => strict({ name: text, type }, [key])) },
  }),
  required: ["data"],
};

export const teamRoutes: readonly Route[] = [
  { method: "POST", path: "/api/v1/teams.create", body: is8(createBody), handler: create },
  { method: "GET", path: "/api/v1/teams.info", query: is8(ofTeam({})), handler: info },
  {
    method: "GET",
    path: "/api/v1/teams.list",
    query: strict(pageProperties),
    handler: (call) =>
      list(
        call,
        Object.values(call.state.teams).filter((team) => memberOf(call.state, team, call.user._id)),
      ),
  },
  {
    method: "GET",
    path: "/api/v1/teams.listAll",
    permissions: ["view-all-teams"],
    query: strict(pageProperties),
    handler: (call) => list(call, Object.values(call.state.teams)),
  },
  { method: "GET", path: "/api/v1/teams.members", handler: members },
  {
    method: "POST",
    path: "/api/v1/teams.addMembers",
    body: ofTeam({ members: { type: "array", items: member, minItems: 1 } }, ["members"]),
    handler: addMembers,
  },
  {
    method: "POST",
    path: "/api/v1/teams.updateMember",
    body: ofTeam({ member }, ["member"]),
    handler: updateMember,
  },
  {
    method: "POST",
    path: "/api/v1/teams.removeMember",
    body: ofTeam({ userId: text, rooms: texts }, ["userId"]),
    handler: removeMember,
  },
  { method: "POST", path: "/api/v1/teams.update", body: updateBody, handler: update },
  { method: "POST", path: "/api/v1/teams.delete", body: ofTeam({ roomsToRemove: texts }), handler: remove },
  {
    method: "POST",
    path: "/api/v1/teams.convertToChannel",
    body: ofTeam({ roomsToRemove: texts }),
    handler: convertToChannel,
  },
  { method: "POST", path: "/api/v1/channels.convertToTeam", handler: (call) => convert(call, CHANNELS) },
  { method: "POST", path: "/api/v1/groups.convertToTeam", handler: (call) => convert(call, GROUPS) },
];
