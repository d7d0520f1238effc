/** Teams, their members and rooms. What people read of a team (topic, description) lies on its main room. Knows no kinds. */
import { z } from "zod";
import type { Client } from "../client.ts";
import { hasCode, orUndefined } from "./codes.ts";
import type { Account, RoomRole } from "./members.ts";

const teamSchema = z.object({
  _id: z.string(),
  name: z.string(),
  /** 0: public, 1: private. */
  type: z.number(),
  /** The main room. */
  roomId: z.string(),
  createdAt: z.string().nullish(),
  createdBy: z.object({ _id: z.string(), username: z.string().nullish() }).nullish(),
});

export type ApiTeam = z.infer<typeof teamSchema>;

const write = (client: Client, name: string, body: unknown): Promise<unknown> =>
  client.call({ name, method: "POST", path: `/api/v1/${name}`, body, repeat: "idempotent", response: z.unknown() });

/** Undefined for a team that does not exist; PermissionError for a private one that is hidden from the account. */
export async function findTeam(
  client: Client,
  key: { teamId: string } | { teamName: string },
): Promise<ApiTeam | undefined> {
  const answer = await orUndefined(
    client.call({
      name: "teams.info",
      method: "GET",
      path: "/api/v1/teams.info",
      query: key,
      repeat: "read",
      response: z.object({ teamInfo: teamSchema }),
    }),
  );
  return answer?.teamInfo;
}

/** Name of the list below, for `Lists`. */
export const TEAM_LIST = "teams.listAll";

/** A page of all teams. Needs the permission `view-all-teams`. */
export async function listTeams(
  client: Client,
  offset: number,
  count: number,
): Promise<{ rows: ApiTeam[]; total: number }> {
  const { teams, total } = await client.call({
    name: TEAM_LIST,
    method: "GET",
    path: "/api/v1/teams.listAll",
    query: { offset, count },
    repeat: "read",
    response: z.object({ teams: z.array(teamSchema), total: z.number() }),
  });
  return { rows: teams, total };
}

/** ConflictError when a team or user (`team-name-already-exists`) or a room (`room-name-already-exists`) has the name. */
export async function createTeam(
  client: Client,
  body: { name: string; type: 0 | 1; owner: string | undefined },
): Promise<ApiTeam> {
  const { team } = await client.call({
    name: "teams.create",
    method: "POST",
    path: "/api/v1/teams.create",
    body,
    repeat: "once",
    response: z.object({ team: teamSchema }),
  });
  return team;
}

/** Renames and retypes the main room too. */
export const updateTeam = (client: Client, teamId: string, data: { name?: string; type?: 0 | 1 }): Promise<unknown> =>
  write(client, "teams.update", { teamId, data });

/** With its main room and that room's messages. The team's other rooms stay. One that is gone is no error. */
export async function deleteTeam(client: Client, teamId: string): Promise<void> {
  await orUndefined(write(client, "teams.delete", { teamId }));
}

export interface TeamMember {
  readonly user: Account;
  readonly roles: readonly string[];
}

/** A page of the members. Deactivated ones may be left out by the server: absence proves nothing. */
export async function listTeamMembers(
  client: Client,
  teamId: string,
  offset: number,
  count: number,
): Promise<{ rows: TeamMember[]; total: number }> {
  const { members, total } = await client.call({
    name: "teams.members",
    method: "GET",
    path: "/api/v1/teams.members",
    query: { teamId, offset, count },
    repeat: "read",
    response: z.object({
      members: z.array(
        z.object({
          user: z.object({ _id: z.string(), username: z.string().nullish() }),
          roles: z.array(z.string()).nullish(),
        }),
      ),
      total: z.number(),
    }),
  });
  const rows = members.map(({ user: { _id, username }, roles }) => ({
    user: { _id, username: username ?? "" },
    roles: roles ?? [],
  }));
  return { rows, total };
}

/** Who is a member already keeps the roles held, and is no error. The server crashes on an unknown user: look first. */
export const addTeamMember = (
  client: Client,
  teamId: string,
  userId: string,
  roles: readonly RoomRole[] | undefined,
): Promise<unknown> => write(client, "teams.addMembers", { teamId, members: [{ userId, roles }] });

/** Exactly these roles, in the team and in its main room. */
export const setTeamRoles = (
  client: Client,
  teamId: string,
  userId: string,
  roles: readonly RoomRole[],
): Promise<unknown> => write(client, "teams.updateMember", { teamId, member: { userId, roles } });

/** From the team and its main room; other rooms of the team keep the person. Who is no member is no error. */
export async function removeTeamMember(client: Client, teamId: string, userId: string): Promise<void> {
  try {
    await write(client, "teams.removeMember", { teamId, userId });
  } catch (error) {
    if (!hasCode(error, "member-does-not-exist", "team-does-not-exist")) throw error;
  }
}

const teamRoom = z.object({ _id: z.string(), name: z.string().nullish(), fname: z.string().nullish() });
export type TeamRoom = z.infer<typeof teamRoom>;

/** A page of the team's rooms beside its main room; without `view-all-team-channels` those of the account only. */
export async function listTeamRooms(
  client: Client,
  teamId: string,
  offset: number,
  count: number,
): Promise<{ rows: TeamRoom[]; total: number }> {
  const { rooms, total } = await client.call({
    name: "teams.listRooms",
    method: "GET",
    path: "/api/v1/teams.listRooms",
    query: { teamId, offset, count },
    repeat: "read",
    response: z.object({ rooms: z.array(teamRoom), total: z.number() }),
  });
  return { rows: rooms, total };
}

/** All or none. Each must be a room that the account owns and that is in no team. */
export const addTeamRooms = (client: Client, teamId: string, rooms: readonly string[]): Promise<unknown> =>
  write(client, "teams.addRooms", { teamId, rooms });

/** The room goes back to the workspace. One that is not in the team is no error. */
export async function removeTeamRoom(client: Client, teamId: string, roomId: string): Promise<void> {
  await orUndefined(write(client, "teams.removeRoom", { teamId, roomId }), "room-not-on-that-team", "invalid-room");
}
