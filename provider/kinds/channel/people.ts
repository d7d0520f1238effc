/** Members and room roles of a room: what is there, what is wanted, and the steps between. Pure: no calls. */

import type { Account, RoomRole } from "../../client/api/members.ts";
import { OwnershipError } from "../../errors.ts";
import { type ChannelInputs, PEOPLE, PEOPLE_INPUTS, type PeopleInput } from "./schema.ts";

export interface Person {
  /** Missing only for deactivated members, whom the server's list leaves out. */
  readonly id?: string | undefined;
  readonly roles: ReadonlySet<string>;
}

export interface People {
  /** Username of the account that Pulumi uses. */
  readonly self: string;
  readonly byName: ReadonlyMap<string, Person>;
}

export const managesPeople = (inputs: Partial<ChannelInputs>): boolean =>
  PEOPLE_INPUTS.some((key) => inputs[key] !== undefined);

/** Everybody who is declared to be in the room. */
export const wanted = (inputs: Partial<ChannelInputs>): Set<string> =>
  new Set(PEOPLE_INPUTS.flatMap((key) => inputs[key] ?? []));

const holders = (people: People, key: PeopleInput): string[] => {
  const role = PEOPLE[key];
  return [...people.byName].filter(([, { roles }]) => role === undefined || roles.has(role)).map(([name]) => name);
};

/** The lists as inputs would declare them, so that a room in the declared form equals its declaration. */
export function readPeople(people: People, declared: Partial<ChannelInputs>): Partial<Record<PeopleInput, string[]>> {
  const all = wanted(declared);
  return Object.fromEntries(
    PEOPLE_INPUTS.map((key) => {
      const own = declared[key];
      const live = holders(people, key);
      if (own === undefined) return [key, live];
      if (declared.membership !== "exact") return [key, live.filter((name) => own.includes(name))];
      const implied = (name: string) => name === people.self || (key === "members" && all.has(name));
      return [key, live.filter((name) => own.includes(name) || !implied(name))];
    }),
  );
}

export interface Plan {
  readonly invite: readonly string[];
  readonly grant: readonly { readonly username: string; readonly role: RoomRole }[];
  readonly revoke: readonly { readonly username: string; readonly role: RoomRole }[];
  readonly kick: readonly Account[];
}

/** Throws OwnershipError when the room would be left without an owner. */
export function plan(people: People, inputs: ChannelInputs): Plan {
  const all = wanted(inputs);
  const invite = [...all].filter((name) => !people.byName.has(name));
  const exact = inputs.membership === "exact";
  const kick: Account[] = [];
  if (exact && inputs.members !== undefined) {
    for (const [username, { id }] of people.byName) {
      if (!all.has(username) && username !== people.self && id !== undefined) kick.push({ _id: id, username });
    }
  }
  const leaving = new Set(kick.map(({ username }) => username));
  const grant: Plan["grant"][number][] = [];
  const revoke: Plan["revoke"][number][] = [];
  for (const key of PEOPLE_INPUTS) {
    const role = PEOPLE[key];
    const own = inputs[key];
    if (role === undefined || own === undefined) continue;
    const live = holders(people, key);
    for (const username of own) if (!live.includes(username)) grant.push({ username, role });
    if (!exact) continue;
    for (const username of live) {
      if (!own.includes(username) && username !== people.self && !leaving.has(username))
        revoke.push({ username, role });
    }
  }
  refuseNoOwner(people, inputs, { invite, grant, revoke, kick });
  return { invite, grant, revoke, kick };
}

function refuseNoOwner(people: People, inputs: ChannelInputs, { grant, revoke, kick }: Plan): void {
  const before = holders(people, "owners");
  const lost = new Set([
    ...kick.map(({ username }) => username),
    ...revoke.filter(({ role }) => role === "owner").map(({ username }) => username),
  ]);
  const stays = before.some((name) => !lost.has(name)) || grant.some(({ role }) => role === "owner");
  if (before.length === 0 || stays) return;
  throw new OwnershipError(
    `channel "${inputs.name}" would be left without an owner: membership "exact" takes ${before.map((name) => `"${name}"`).join(", ")} away and names nobody else.`,
    { hint: "A room keeps at least one owner. List one in owners (and so as a member)." },
  );
}

/** The people after the plan was carried out. */
export function after(people: People, { invite, grant, revoke, kick }: Plan): People {
  const byName = new Map(people.byName);
  for (const username of invite) byName.set(username, { roles: new Set() });
  for (const { username } of kick) byName.delete(username);
  for (const { username, role } of grant) {
    const person = byName.get(username);
    byName.set(username, { ...person, roles: new Set([...(person?.roles ?? []), role]) });
  }
  for (const { username, role } of revoke) {
    const person = byName.get(username);
    byName.set(username, { ...person, roles: new Set([...(person?.roles ?? [])].filter((held) => held !== role)) });
  }
  return { ...people, byName };
}
