/** The calls behind a room's people: loads them, and carries out a plan. */
import {
  addRole,
  findAccount,
  invite,
  isMember,
  isUnknownInvitee,
  kick,
  listMembers,
  listRoles,
  removeRole,
} from "../../client/api/members.ts";
import type { Room } from "../../client/api/rooms.ts";
import type { Client } from "../../client/client.ts";
import { everyRow } from "../../client/paginate.ts";
import type { Context } from "../../engine/handler.ts";
import { InputError, NotFoundError, OwnershipError } from "../../errors.ts";
import { after, type People, type Person, plan, wanted } from "./people.ts";
import type { ChannelInputs } from "./schema.ts";

/** Undefined for an archived room: the server does not tell its people. */
export async function loadPeople(
  ctx: Context,
  room: Room,
  declared: Partial<ChannelInputs>,
): Promise<People | undefined> {
  if (room.archived === true) return undefined;
  const { client } = ctx;
  const self = (await client.self()).username;
  const byName = new Map<string, Person>();
  try {
    for await (const { _id, username } of everyRow((offset, count) => listMembers(client, room, offset, count))) {
      byName.set(username, { id: _id, roles: new Set() });
    }
    // The list leaves deactivated members out.
    for (const username of wanted(declared)) {
      if (!byName.has(username) && (await isMember(client, room._id, { username })))
        byName.set(username, { roles: new Set() });
    }
    for (const { user, roles } of await listRoles(client, room)) {
      byName.set(user.username, { id: user._id, roles: new Set(roles) });
    }
  } catch (error) {
    if (room.t === "p" && error instanceof NotFoundError) throw hiddenMembers(room, self, error);
    throw error;
  }
  return { self, byName };
}

const hiddenMembers = (room: Room, self: string, cause: unknown): OwnershipError =>
  new OwnershipError(`The members of the private room "${room.name}" are not visible to "${self}": it is no member.`, {
    hint: `Rocket.Chat shows a private room's members to members only. Let an owner add "${self}", or declare no members, owners, moderators and leaders.`,
    cause,
  });

/** The people right after creation, as far as the answer proves them; saves reading them back. */
export async function peopleAsCreated(client: Client, room: Room, inputs: ChannelInputs): Promise<People | undefined> {
  const { userId, username: self } = await client.self();
  const byName = new Map<string, Person>([...wanted(inputs)].map((name) => [name, { roles: new Set<string>() }]));
  if (inputs.excludeSelf !== true) byName.set(self, { id: userId, roles: new Set(["owner"]) });
  // Names that are no user's are passed over in silence; teams bring people we do not know.
  return inputs.teams === undefined && room.usersCount === byName.size ? { self, byName } : undefined;
}

/** Makes the declared people hold. Additions come first, so that an owner is there when another one goes. */
export async function syncPeople(ctx: Context, room: Room, people: People, inputs: ChannelInputs): Promise<People> {
  const steps = plan(people, inputs);
  const { client } = ctx;
  if (steps.invite.length > 0) await add(client, room, steps.invite);
  for (const { username, role } of steps.grant) await addRole(client, room, role, { username });
  for (const { username, role } of steps.revoke) await removeRole(client, room, role, { username });
  for (const { _id } of steps.kick) await kick(client, room, _id);
  return after(people, steps);
}

/** Unknown names among others are passed over in silence: the count of members tells. */
async function add(client: Client, room: Room, usernames: readonly string[]): Promise<void> {
  try {
    const count = await invite(client, room, usernames);
    if (count !== undefined && count === (room.usersCount ?? 0) + usernames.length) return;
  } catch (error) {
    if (!isUnknownInvitee(error)) throw error;
  }
  const unknown: string[] = [];
  for (const username of usernames) {
    if ((await findAccount(client, { username })) === undefined) unknown.push(`"${username}"`);
  }
  if (unknown.length === 0) return;
  throw new InputError(`channel "${room.name}": no such user at ${client.url}: ${unknown.join(", ")}.`, {
    hint: "Usernames are case-sensitive. If the program makes these users, use their `username` output, so that they come first.",
  });
}
