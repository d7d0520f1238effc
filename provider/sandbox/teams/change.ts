/** Making and ending teams, members coming and going. As the caller; asks no permission, knows no route. */
import { failure, Refusal } from "../core/failure.ts";
import { objectId } from "../core/ids.ts";
import { subscriptionOf } from "../core/lookups.ts";
import type { RoomDoc, TeamDoc, UserDoc } from "../core/state.ts";
import { type Actor, shortRefOf } from "../rooms/actor.ts";
import { createRoom } from "../rooms/create.ts";
import { roomByName } from "../rooms/family.ts";
import { addToRoom, membersOf, unsubscribe } from "../rooms/subscribe.ts";
import { postSystemMessage, touch } from "../rooms/system-message.ts";
import { byUsername } from "../users/find.ts";
import { memberOf, membersOfTeam, roomsOfTeam, teamOf } from "./find.ts";

export interface NewTeam {
  name: string;
  type: 0 | 1;
  /** Ids or user names; unknown ones are skipped. */
  members?: readonly string[] | undefined;
  /** A user id; the caller when left out, who else is not even a member. */
  owner?: string | undefined;
  room?: { id?: string; readOnly?: boolean; topic?: string; extraData?: Record<string, unknown> } | undefined;
}

function demandFreeName(actor: Actor, name: string): void {
  if (teamOf(actor.state, { teamName: name }) || byUsername(actor.state, name))
    throw failure("team-name-already-exists");
}

function join(actor: Actor, team: TeamDoc, user: UserDoc, roles: string[] | undefined): void {
  const _id = objectId();
  actor.state.teamMembers[_id] = {
    _id,
    teamId: team._id,
    userId: user._id,
    ...(roles && { roles }),
    createdAt: actor.clock.now(),
    createdBy: shortRefOf(actor.user),
  };
}

function mainRoom(actor: Actor, wanted: NewTeam, teamId: string, people: readonly UserDoc[], owner: UserDoc): RoomDoc {
  const { id, readOnly, topic, extraData } = wanted.room ?? {};
  const existing = id === undefined ? undefined : actor.state.rooms[id];
  if (existing) return existing;
  try {
    return createRoom(
      { ...actor, user: owner },
      {
        t: wanted.type === 1 ? "p" : "c",
        name: wanted.name,
        members: people.map(({ username }) => username),
        ...(readOnly !== undefined && { readOnly }),
        extraData: { ...extraData, ...(topic !== undefined && { topic }), teamId, teamMain: true },
      },
    );
  } catch (error) {
    throw error instanceof Refusal ? failure("error-team-creation") : error;
  }
}

export function createTeam(actor: Actor, wanted: NewTeam): TeamDoc {
  const { state } = actor;
  demandFreeName(actor, wanted.name);
  if (!wanted.room?.id && roomByName(actor, wanted.name)) throw failure("room-name-already-exists");
  const owner = wanted.owner === undefined ? actor.user : (state.users[wanted.owner] ?? actor.user);
  const people = (wanted.members ?? [])
    .map((member) => state.users[member] ?? byUsername(state, member))
    .filter((user): user is UserDoc => user !== undefined && user._id !== owner._id);
  const now = actor.clock.now();
  const _id = objectId();
  const room = mainRoom(actor, wanted, _id, people, owner);
  Object.assign(room, { teamId: _id, teamMain: true });
  const { name, type } = wanted;
  const createdBy = shortRefOf(actor.user);
  const team: TeamDoc = { _id, name, type, createdAt: now, createdBy, _updatedAt: now, roomId: room._id };
  state.teams[_id] = team;
  for (const user of people) join(actor, team, user, undefined);
  join(actor, team, owner, ["owner"]);
  return team;
}

/** Turns a room into a team's main room; its members become the team's. */
export function convertToTeam(actor: Actor, room: RoomDoc): TeamDoc {
  const members = membersOf(actor, room).map(({ u }) => u._id);
  const type = room.t === "p" ? 1 : 0;
  const team = createTeam(actor, { name: room.name ?? "", type, members, room: { id: room._id } });
  postSystemMessage(actor, room, { t: "user-converted-to-team", msg: team.name });
  return team;
}

export function addTeamMember(actor: Actor, team: TeamDoc, user: UserDoc, roles: string[] | undefined): void {
  if (memberOf(actor.state, team, user._id)) return;
  join(actor, team, user, roles);
  const room = actor.state.rooms[team.roomId];
  if (!room) return;
  addToRoom(actor, room, user, actor.user);
  setRoomRoles(actor, team, user._id, roles);
  for (const other of roomsOfTeam(actor.state, team)) if (other.teamDefault) addToRoom(actor, other, user, actor.user);
}

function setRoomRoles(actor: Actor, team: TeamDoc, userId: string, roles: string[] | undefined): void {
  const subscription = subscriptionOf(actor.state, userId, team.roomId);
  if (!subscription || roles === undefined) return;
  subscription.roles = roles;
  touch(actor, subscription);
}

export function setTeamRoles(actor: Actor, team: TeamDoc, userId: string, roles: string[] | undefined): void {
  const member = memberOf(actor.state, team, userId);
  if (!member) return;
  if (roles) member.roles = roles;
  setRoomRoles(actor, team, userId, roles);
}

export function removeTeamMember(actor: Actor, team: TeamDoc, user: UserDoc, rooms: readonly string[]): void {
  const { state } = actor;
  const member = memberOf(state, team, user._id);
  if (!member) throw failure("member-does-not-exist");
  const owners = membersOfTeam(state, team).filter(({ roles }) => roles?.includes("owner"));
  if (owners.length === 1 && owners[0] === member) throw failure("last-owner-can-not-be-removed");
  delete state.teamMembers[member._id];
  const room = state.rooms[team.roomId];
  if (room && unsubscribe(actor, room, user))
    postSystemMessage(actor, room, { t: "removed-user-from-team", msg: user.username });
  for (const other of roomsOfTeam(state, team)) if (rooms.includes(other._id)) unsubscribe(actor, other, user);
}

/** Ends the team. Its rooms go back to the workspace; what becomes of the main room is the caller's matter. */
export function endTeam(actor: Actor, team: TeamDoc): void {
  const { state } = actor;
  for (const room of roomsOfTeam(state, team)) {
    delete room.teamId;
    delete room.teamDefault;
  }
  for (const member of membersOfTeam(state, team)) delete state.teamMembers[member._id];
  delete state.teams[team._id];
}
