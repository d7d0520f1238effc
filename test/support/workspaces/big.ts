/**
 * A workspace as large as wanted, in no time: made inside the sandbox's own state, without calls, or written as a document that
 * makes the same of an empty server. The same size gives the same names.
 */
import { stringify } from "yaml";
import { Clock } from "../../../provider/sandbox/core/clock.ts";
import { Events } from "../../../provider/sandbox/core/events.ts";
import { type AdminAccount, freshState } from "../../../provider/sandbox/core/fresh.ts";
import type { Call } from "../../../provider/sandbox/core/route.ts";
import type { State, Version } from "../../../provider/sandbox/core/state.ts";
import { createIncoming } from "../../../provider/sandbox/integrations/incoming.ts";
import { createRoom } from "../../../provider/sandbox/rooms/create.ts";
import { createUser } from "../../../provider/sandbox/users/create.ts";

export interface Size {
  readonly people: number;
  readonly rooms: number;
  /** Incoming webhooks. */
  readonly hooks: number;
  /** Of each room, besides the account that made it. Default 3. */
  readonly members?: number;
  /** Members of the first room instead. */
  readonly crowd?: number;
}

export const LARGE: Size = { people: 10_000, rooms: 2_000, hooks: 500, members: 3, crowd: 1_000 };

const person = (index: number) => ({
  username: `person-${index}`,
  name: index % 10 === 0 ? `Persön ${index} 漢字 😀` : `Person ${index}`,
  email: `person-${index}@example.test`,
  roles: index % 100 === 0 ? ["user", "bot"] : ["user"],
});

const room = (index: number, { people, members = 3, crowd }: Size) => ({
  name: `room-${index}`,
  private: index % 4 === 3,
  ...(index % 2 === 0 && { topic: `Topic: "${index}" # of many` }),
  members: Array.from(
    { length: Math.min(index === 0 ? (crowd ?? members) : members, people) },
    (_, nth) => person((index * 7 + nth) % people).username,
  ),
});

const hook = (index: number, { rooms }: Size) => ({
  name: `hook-${index}`,
  channel: `#room-${index % rooms}`,
  username: "rocket.cat",
});

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** What a sandbox begins with, as its `keeper`: nothing is kept. */
export function bigState(size: Size, version: Version = "8.6.1", account?: AdminAccount): State {
  const state = freshState(version, account);
  const admin = Object.values(state.users).find(({ roles }) => roles.includes("admin"));
  const events = new Events();
  const call = { state, clock: new Clock(() => state), events, version, is8: version === "8.6.1", user: admin } as Call;
  for (const index of upTo(size.people))
    createUser(call, { ...person(index), password: "Passw0rd!x", joinDefaultChannels: false });
  for (const index of upTo(size.rooms)) {
    const { name, members, private: isPrivate, topic } = room(index, size);
    createRoom(call, { t: isPrivate ? "p" : "c", name, members, ...(topic !== undefined && { extraData: { topic } }) });
  }
  for (const index of upTo(size.hooks))
    createIncoming(call, { ...hook(index, size), enabled: true, scriptEnabled: false });
  return state;
}

export const keeperOf = (state: State) => ({ state, save: async () => {} });

/** Each person, room, hook and membership (one for each room of each member) is an object of its own. */
export function bigDocument(size: Size, { adopt = false } = {}): string {
  const rooms = upTo(size.rooms).map((index) => room(index, size));
  const body = {
    defaults: {
      users: { setRandomPassword: true, joinDefaultChannels: false, ...(adopt && { adopt }) },
      ...(adopt && { channels: { adopt }, incomingWebhooks: { adopt } }),
    },
    users: Object.fromEntries(
      upTo(size.people)
        .map((index) => person(index))
        .map(({ username, ...rest }) => [username, rest]),
    ),
    channels: Object.fromEntries(rooms.map(({ name, members: _, ...rest }) => [name, rest])),
    channelMembers: Object.fromEntries(
      rooms.map(({ name, members }) => [name, Object.fromEntries(members.map((username) => [username, {}]))]),
    ),
    incomingWebhooks: Object.fromEntries(
      upTo(size.hooks)
        .map((index) => hook(index, size))
        .map(({ name, ...rest }) => [name, rest]),
    ),
  };
  return `name: big\n${stringify(body, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

/** How many objects `bigDocument` declares. */
export const objectsOf = (size: Size): number =>
  size.people +
  size.rooms +
  size.hooks +
  upTo(size.rooms).reduce((sum, index) => sum + room(index, size).members.length, 0);
