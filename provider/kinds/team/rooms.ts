/** The further rooms of a team: which there are, and making the declared ones hold. */
import { hasCode } from "../../client/api/codes.ts";
import { type ApiTeam, addTeamRooms, listTeamRooms, removeTeamRoom, type TeamRoom } from "../../client/api/teams.ts";
import type { Client } from "../../client/client.ts";
import { InputError } from "../../errors.ts";
import { requireRoom } from "../base/room.ts";
import type { TeamInputs } from "./schema.ts";

const PAGE_SIZE = 100;

/** A team has few; there is no list of them for all teams at once. */
export async function loadRooms(client: Client, teamId: string): Promise<TeamRoom[]> {
  const all: TeamRoom[] = [];
  for (;;) {
    const { rows, total } = await listTeamRooms(client, teamId, all.length, PAGE_SIZE);
    all.push(...rows);
    if (rows.length === 0 || all.length >= total) return all;
  }
}

const isCalled = ({ _id, name, fname }: TeamRoom, declared: string): boolean => [_id, name, fname].includes(declared);

/** The rooms as inputs would declare them: in the program's own words where it has some, else by id. */
export function roomsIn(rooms: readonly TeamRoom[], declared: Partial<TeamInputs>): string[] {
  const words = declared.rooms ?? [];
  const named = rooms.map((room) => ({ room, word: words.find((word) => isCalled(room, word)) }));
  const shown =
    declared.rooms !== undefined && declared.membership !== "exact"
      ? named.filter(({ word }) => word !== undefined)
      : named;
  return shown.map(({ room, word }) => word ?? room._id);
}

/** Additions in one call, then removals. Everything is looked up before anything is written. */
export async function syncRooms(
  client: Client,
  team: ApiTeam,
  live: readonly TeamRoom[],
  inputs: TeamInputs,
): Promise<TeamRoom[]> {
  const words = inputs.rooms ?? [];
  const missing: TeamRoom[] = [];
  for (const [index, word] of words.entries()) {
    if (live.some((room) => isCalled(room, word))) continue;
    missing.push(await requireRoom(client, word, `rooms[${index}]`));
  }
  // A renamed room may be in the team already, under the id that its new name leads to.
  const added = missing.filter(({ _id }) => !live.some((room) => room._id === _id));
  const wanted = new Set([
    ...missing.map(({ _id }) => _id),
    ...live.filter((room) => words.some((word) => isCalled(room, word))).map(({ _id }) => _id),
  ]);
  const surplus = inputs.membership === "exact" ? live.filter(({ _id }) => !wanted.has(_id)) : [];
  if (added.length > 0) await add(client, team, added);
  for (const { _id } of surplus) await removeTeamRoom(client, team._id, _id);
  return [...live.filter((room) => !surplus.includes(room)), ...added];
}

async function add(client: Client, team: ApiTeam, rooms: readonly TeamRoom[]): Promise<void> {
  const names = rooms.map(({ name, _id }) => `"${name ?? _id}"`).join(", ");
  try {
    await addTeamRooms(
      client,
      team._id,
      rooms.map(({ _id }) => _id),
    );
  } catch (error) {
    if (hasCode(error, "room-already-on-team")) {
      throw new InputError(
        `rooms: one of ${names} belongs to another team already, and a room is in one team at most.`,
        {
          hint: "Take it out of that team first.",
          cause: error,
        },
      );
    }
    if (!hasCode(error, "error-no-owner-channel", "invalid-room")) throw error;
    const { username } = await client.self();
    throw new InputError(`rooms: the account that Pulumi uses ("${username}") does not own all of ${names}.`, {
      hint: "Only an owner adds a room to a team: make the account an owner there.",
      cause: error,
    });
  }
}
