/** Finds the team that an argument means, and reads teams by id. For all kinds that stand in or for a team. */
import { type ApiTeam, findTeam, listTeams, TEAM_LIST } from "../../client/api/teams.ts";
import type { Client } from "../../client/client.ts";
import type { Context } from "../../engine/handler.ts";
import { InputError, PermissionError } from "../../errors.ts";

const LOOKS_LIKE_ID = /^([0-9a-f]{24}|[0-9A-Za-z]{17})$/;

/** The team with this id, else with this name. Fresh. */
export async function resolveTeam(client: Client, team: string): Promise<ApiTeam | undefined> {
  const byId = LOOKS_LIKE_ID.test(team) ? await findTeam(client, { teamId: team }) : undefined;
  return byId ?? findTeam(client, { teamName: team });
}

/** As resolveTeam; an InputError that names the argument when there is none. */
export async function requireTeam(client: Client, team: string): Promise<ApiTeam> {
  const found = await resolveTeam(client, team);
  if (found !== undefined) return found;
  throw new InputError(`team: there is no team with the id or name "${team}" at ${client.url}.`, {
    hint: "If the program makes this team, use its `id` output, so that it comes first.",
  });
}

/** All teams, shared by all reads of a run. */
export const teamList = ({ client, lists }: Context) =>
  lists.of<ApiTeam>(
    TEAM_LIST,
    (offset, count) => listTeams(client, offset, count),
    (team) => team._id,
  );

/** A list row where the account may see the list and the row is at hand, else asked for by itself. */
export async function observeTeam(ctx: Context, teamId: string): Promise<ApiTeam | undefined> {
  try {
    const row = await teamList(ctx).row(teamId);
    if (row !== undefined) return row ?? undefined;
  } catch (error) {
    if (!(error instanceof PermissionError)) throw error;
  }
  return findTeam(ctx.client, { teamId });
}
