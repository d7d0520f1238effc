/** Teams and who belongs to them. Knows no route. */
import { failure } from "../core/failure.ts";
import type { RoomDoc, State, TeamDoc, TeamMemberDoc } from "../core/state.ts";

/** `teamId` or `teamName` of a body or query. */
export function teamOf(state: State, given: Record<string, unknown>): TeamDoc | undefined {
  if (typeof given.teamId === "string") return state.teams[given.teamId];
  return Object.values(state.teams).find((team) => team.name === given.teamName);
}

export function demandTeam(state: State, given: Record<string, unknown>): TeamDoc {
  const team = teamOf(state, given);
  if (!team) throw failure("team-does-not-exist");
  return team;
}

export const membersOfTeam = (state: State, team: TeamDoc): TeamMemberDoc[] =>
  Object.values(state.teamMembers).filter((member) => member.teamId === team._id);

export const memberOf = (state: State, team: TeamDoc, userId: string): TeamMemberDoc | undefined =>
  membersOfTeam(state, team).find((member) => member.userId === userId);

/** The rooms of a team beside its main room. */
export const roomsOfTeam = (state: State, team: TeamDoc): RoomDoc[] =>
  Object.values(state.rooms).filter((room) => room.teamId === team._id && !room.teamMain);

/** What rooms.info adds for a room of a team. */
export function teamOfRoom(state: State, room: RoomDoc): { team?: object } {
  const team = room.teamId === undefined ? undefined : state.teams[room.teamId];
  return team ? { team: { _id: team._id, name: team.name, roomId: team.roomId, type: team.type } } : {};
}

/** A deleted account leaves its teams. */
export function forgetInTeams(state: State, userId: string): void {
  for (const member of Object.values(state.teamMembers))
    if (member.userId === userId) delete state.teamMembers[member._id];
}
