/** Team: its name and type, what people read on its main room, and its further rooms. Members: TeamMember. */
import { hasCode } from "../../client/api/codes.ts";
import { findRoom, type Room, saveRoomSettings } from "../../client/api/rooms.ts";
import {
  type ApiTeam,
  createTeam,
  deleteTeam,
  findTeam,
  TEAM_LIST,
  type TeamRoom,
  updateTeam,
} from "../../client/api/teams.ts";
import type { Client } from "../../client/client.ts";
import type { Context, Handler } from "../../engine/handler.ts";
import { isUnknown } from "../../engine/schema.ts";
import { ConflictError } from "../../errors.ts";
import { plainUsername, requireAccount } from "../base/account.ts";
import { forgetRoomLists, observeRoom, plainRoom } from "../base/room.ts";
import { observeTeam, teamList } from "../base/team.ts";
import { loadRooms, roomsIn, syncRooms } from "./rooms.ts";
import { type TeamInputs, teamSchema } from "./schema.ts";

export interface LiveTeam {
  readonly team: ApiTeam;
  /** The main room; loaded only where something of it is managed. */
  readonly main?: Pick<Room, "topic" | "description" | "announcement"> | undefined;
  /** Loaded only where they are managed. */
  readonly rooms?: readonly TeamRoom[] | undefined;
}

/** Keys in the body of `rooms.saveRoomSettings`. */
const TEXTS = { topic: "roomTopic", description: "roomDescription", announcement: "roomAnnouncement" } as const;
const TEXT_INPUTS = Object.keys(TEXTS) as (keyof typeof TEXTS)[];

const describe = ({ name }: Partial<TeamInputs>) => `team "${name === undefined || isUnknown(name) ? "?" : name}"`;

const managesTexts = (declared: Partial<TeamInputs>): boolean => TEXT_INPUTS.some((key) => declared[key] !== undefined);

const typeOf = ({ private: isPrivate }: TeamInputs): 0 | 1 => (isPrivate === true ? 1 : 0);

/** The team with what is managed of it. `fresh`: nothing from lists that other reads share. */
async function whole(
  ctx: Context,
  team: ApiTeam | undefined,
  declared: Partial<TeamInputs>,
  fresh: boolean,
): Promise<LiveTeam | undefined> {
  if (team === undefined) return undefined;
  const { client } = ctx;
  const { _id, roomId, type } = team;
  const main = !managesTexts(declared)
    ? undefined
    : fresh
      ? await findRoom(client, { roomId })
      : await observeRoom(ctx, roomId, type === 1 ? "p" : "c");
  return { team, main, rooms: declared.rooms === undefined ? undefined : await loadRooms(client, _id) };
}

function forget(ctx: Context): void {
  ctx.lists.forget(TEAM_LIST);
  forgetRoomLists(ctx);
}

async function create(ctx: Context, inputs: TeamInputs): Promise<LiveTeam> {
  const { name, owner } = inputs;
  const { client } = ctx;
  const ownerId = owner === undefined ? undefined : (await requireAccount(client, owner, "owner"))._id;
  try {
    const team = await createTeam(client, { name, type: typeOf(inputs), owner: ownerId });
    forget(ctx);
    return { team, main: {}, rooms: [] };
  } catch (error) {
    if (!hasCode(error, "room-name-already-exists", "team-name-already-exists")) throw error;
    const isRoom = hasCode(error, "room-name-already-exists");
    throw new ConflictError(
      `${describe(inputs)}: ${isRoom ? "a room" : "a team or a user"} at ${client.url} has this name already.`,
      error.call,
      {
        hint: isRoom
          ? "A team and its main room have one name. Choose another one, or turn that room into a team in Rocket.Chat and set `adopt: true`."
          : "Choose another name, or set `adopt: true` to manage an existing team.",
        cause: error,
      },
    );
  }
}

async function saveTexts(client: Client, live: LiveTeam, inputs: TeamInputs): Promise<LiveTeam["main"]> {
  const main = live.main ?? {};
  const changed = TEXT_INPUTS.filter((key) => inputs[key] !== undefined && inputs[key] !== (main[key] ?? ""));
  if (changed.length === 0) return live.main;
  await saveRoomSettings(client, live.team.roomId, Object.fromEntries(changed.map((key) => [TEXTS[key], inputs[key]])));
  return { ...main, ...Object.fromEntries(changed.map((key) => [key, inputs[key]])) };
}

async function update(ctx: Context, live: LiveTeam, inputs: TeamInputs): Promise<LiveTeam> {
  const { client } = ctx;
  const { team } = live;
  const data = {
    ...(inputs.name !== team.name && { name: inputs.name }),
    ...(inputs.private !== undefined && typeOf(inputs) !== team.type && { type: typeOf(inputs) }),
  };
  if (Object.keys(data).length > 0) await updateTeam(client, team._id, data);
  const main = await saveTexts(client, live, inputs);
  const rooms =
    live.rooms && inputs.rooms !== undefined ? await syncRooms(client, team, live.rooms, inputs) : undefined;
  forget(ctx);
  return { team: { ...team, ...data }, main, rooms };
}

export const teamHandler: Handler<TeamInputs, LiveTeam> = {
  kind: "Team",
  schema: teamSchema,
  uniqueKey: true,
  describe,

  normalize: (inputs) => ({
    ...inputs,
    name: inputs.name.trim(),
    ...(inputs.owner !== undefined && { owner: plainUsername(inputs.owner) }),
    ...(Array.isArray(inputs.rooms) && { rooms: [...new Set(inputs.rooms.map(plainRoom))] }),
  }),

  async *list(ctx) {
    for (const team of (await teamList(ctx).rows()).values()) {
      const main = await observeRoom(ctx, team.roomId, team.type === 1 ? "p" : "c");
      yield { team, main, rooms: await loadRooms(ctx.client, team._id) };
    }
  },

  find: async (ctx, inputs) => whole(ctx, await findTeam(ctx.client, { teamName: inputs.name }), inputs, true),

  read: async (ctx, id, declared, { fresh }) =>
    whole(ctx, fresh ? await findTeam(ctx.client, { teamId: id }) : await observeTeam(ctx, id), declared, fresh),

  create,
  update: (ctx, live, inputs) => update(ctx, live, inputs),

  async delete(ctx, id) {
    await deleteTeam(ctx.client, id);
    forget(ctx);
  },

  map: ({ team, main, rooms }, _ctx, declared) => ({
    id: team._id,
    inputs: {
      name: team.name,
      private: team.type === 1,
      ...(main && Object.fromEntries(TEXT_INPUTS.map((key) => [key, main[key] ?? ""]))),
      ...(rooms && { rooms: roomsIn(rooms, declared), membership: declared.membership ?? "include" }),
    },
    outputs: {
      roomId: team.roomId,
      creator: team.createdBy?.username ?? undefined,
      createdAt: team.createdAt ?? undefined,
    },
  }),

  origin: ({ team }) => ({
    createdBy: team.createdBy?._id,
    createdAt: team.createdAt ? new Date(team.createdAt) : undefined,
  }),
};
