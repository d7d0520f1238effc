/** TeamMember: one person in one team, with roles there. */
import { hasCode } from "../../client/api/codes.ts";
import { type Account, findAccount, isMember, ROOM_ROLES, type RoomRole } from "../../client/api/members.ts";
import {
  type ApiTeam,
  addTeamMember,
  findTeam,
  listTeamMembers,
  removeTeamMember,
  setTeamRoles,
  type TeamMember,
} from "../../client/api/teams.ts";
import { sameField } from "../../engine/compare.ts";
import type { Context, Handler } from "../../engine/handler.ts";
import { InputError, OwnershipError } from "../../errors.ts";
import { plainUsername, requireAccount } from "../base/account.ts";
import { observeTeam, requireTeam, resolveTeam, teamList } from "../base/team.ts";
import { type TeamMemberInputs, teamMemberInputs, teamMemberSchema } from "./schema.ts";

export interface LiveTeamMember {
  readonly team: ApiTeam;
  readonly user: Account;
  /** Undefined right after an addition, which does not tell, and of deactivated people. */
  readonly roles?: readonly RoomRole[] | undefined;
}

const idOf = ({ team, user }: LiveTeamMember): string => `${team._id}/${user._id}`;

function splitId(id: string): { teamId: string; userId: string } {
  const [teamId, userId, ...rest] = id.split("/");
  if (!teamId || !userId || rest.length > 0) {
    throw new InputError(`"${id}" is not the id of a team's member; it has the form <team id>/<user id>.`);
  }
  return { teamId, userId };
}

const describe = ({ username, team }: Partial<TeamMemberInputs>): string =>
  `membership of "${username ?? "?"}" in the team "${team ?? "?"}"`;

const listName = (teamId: string): string => `team members ${teamId}`;

const members = ({ client, lists }: Context, teamId: string) =>
  lists.of<TeamMember>(
    listName(teamId),
    (offset, count) => listTeamMembers(client, teamId, offset, count),
    ({ user }) => user._id,
  );

const known = (roles: readonly string[]): RoomRole[] => ROOM_ROLES.filter((role) => roles.includes(role));

/** The membership in a team that exists. There is no call for a single one. */
async function observe(
  ctx: Context,
  team: ApiTeam,
  userId: string,
  fresh: boolean,
): Promise<LiveTeamMember | undefined> {
  if (fresh) ctx.lists.forget(listName(team._id));
  const row = (await members(ctx, team._id).rows()).get(userId);
  if (row !== undefined) return { team, user: row.user, roles: known(row.roles) };
  // The list may leave deactivated people out; the main room counts them still.
  const user = await findAccount(ctx.client, { userId });
  return user?.active === false && (await isMember(ctx.client, team.roomId, { userId })) ? { team, user } : undefined;
}

/** As the server says them, or in words that name the argument. */
async function explained(inputs: TeamMemberInputs, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (hasCode(error, "last-owner-can-not-be-removed", "error-remove-last-owner")) {
      throw new OwnershipError(`${describe(inputs)}: this is the team's last owner, and the server keeps one.`, {
        hint: 'Make somebody else an owner first, or say `onDestroy: "retain"` for this membership.',
        cause: error,
      });
    }
    if (!hasCode(error, "invalid-user")) throw error;
    throw new OwnershipError(`${describe(inputs)}: the server lets nobody remove a deactivated person from a team.`, {
      hint: 'Activate the account first, or say `onDestroy: "retain"` for this membership.',
      cause: error,
    });
  }
}

async function create(ctx: Context, { team: name, username, roles }: TeamMemberInputs): Promise<LiveTeamMember> {
  const team = await requireTeam(ctx.client, name);
  const user = await requireAccount(ctx.client, username);
  await addTeamMember(ctx.client, team._id, user._id, roles);
  ctx.lists.forget(listName(team._id));
  return { team, user: { _id: user._id, username: user.username } };
}

async function update(ctx: Context, live: LiveTeamMember, inputs: TeamMemberInputs): Promise<LiveTeamMember> {
  if (inputs.roles === undefined) return live;
  // Who was a member before has kept other roles than those asked for.
  const held = live.roles ?? (await observe(ctx, live.team, live.user._id, true))?.roles;
  if (held !== undefined && sameField(teamMemberInputs.shape.roles, held, inputs.roles))
    return { ...live, roles: held };
  const { roles } = inputs;
  await explained(inputs, () => setTeamRoles(ctx.client, live.team._id, live.user._id, roles));
  ctx.lists.forget(listName(live.team._id));
  return { ...live, roles };
}

async function* list(ctx: Context): AsyncGenerator<LiveTeamMember> {
  for (const team of (await teamList(ctx).rows()).values()) {
    for (const { user, roles } of (await members(ctx, team._id).rows()).values()) {
      yield { team, user, roles: known(roles) };
    }
  }
}

export const teamMemberHandler: Handler<TeamMemberInputs, LiveTeamMember> = {
  kind: "TeamMember",
  schema: teamMemberSchema,
  // Adding a member again changes nothing: there is one membership per person and team.
  uniqueKey: true,
  existingIsOurs: true,
  describe,
  normalize: (inputs) => ({ ...inputs, team: inputs.team.trim(), username: plainUsername(inputs.username) }),
  list,

  async find(ctx, { team: name, username }) {
    const team = await resolveTeam(ctx.client, name);
    const user = team && (await findAccount(ctx.client, { username }));
    return user && observe(ctx, team, user._id, true);
  },

  async read(ctx, id, _declared, { fresh }) {
    const { teamId, userId } = splitId(id);
    const team = fresh ? await findTeam(ctx.client, { teamId }) : await observeTeam(ctx, teamId);
    return team && observe(ctx, team, userId, fresh);
  },

  create,
  update: (ctx, live, inputs) => update(ctx, live, inputs),

  async delete(ctx, id, declared) {
    const { teamId, userId } = splitId(id);
    const user = await findAccount(ctx.client, { userId });
    const team = user && (await findTeam(ctx.client, { teamId }));
    if (team === undefined) return;
    // Of deactivated people the server says the same whether they are members or not.
    if (user?.active === false && (await observe(ctx, team, userId, true)) === undefined) return;
    await explained(declared, () => removeTeamMember(ctx.client, teamId, userId));
    ctx.lists.forget(listName(teamId));
  },

  map: ({ team, user, roles }, _ctx, declared) => ({
    id: idOf({ team, user }),
    inputs: {
      // The id holds the team: a renamed one is still the one that was meant.
      team: declared.team ?? team._id,
      username: user.username,
      ...(roles && { roles: [...roles] }),
    },
    outputs: { teamId: team._id, userId: user._id },
  }),
};
