/**
 * What a sandbox holds, said with names in the place of ids, so that two servers can be compared whatever an export makes of
 * them. Shares no code with the provider's own reading.
 */
import type { State } from "../../../provider/sandbox/core/state.ts";

type Doc = Record<string, unknown>;

/** What can't be alike on another server, by reason. docs/export.md tells people the same. */
const DIFFERS = {
  "made anew": "_id createdAt _createdAt ts tlm _updatedAt etag avatarETag previousValue clientId clientSecret",
  "counted or kept by the server": "msgs usersCount lm lastMessage uses __rooms lastLogin open expires pinnedAt",
  "never told": "services settings joinCode joinCodeRequired",
  "of a person who is made without a password": "requirePasswordChange",
  "whoever makes it": "_createdBy _updatedBy createdBy pinnedBy",
} as const;
const DROPPED = new Set(Object.values(DIFFERS).flatMap((keys) => keys.split(" ")));

/** Lists of which the order says nothing; "member" is what everybody in a team is. */
const setOf = (parts: readonly string[]): string[] => parts.filter((part) => part !== "member").sort();

const COLLECTIONS = [
  ...(["users", "rooms", "subscriptions", "messages", "integrations", "teams", "teamMembers", "oauthApps"] as const),
  ...(["userStatuses", "invites", "emojis", "sounds", "settings", "permissions", "roles"] as const),
];
type Collection = (typeof COLLECTIONS)[number];

/** What people call the objects that others name by id. */
function namesOf({ users, rooms, teams, roles }: State): Map<string, string> {
  return new Map([
    ...Object.values(users).map(({ _id, username }) => [_id, `@${username}`] as const),
    ...Object.values(rooms).map(({ _id, name }) => [_id, `#${name}`] as const),
    ...Object.values(teams).map(({ _id, name }) => [_id, `team ${name}`] as const),
    ...Object.values(roles).map(({ _id, name }) => [_id, `role ${name}`] as const),
  ]);
}

function said(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return names.get(value) ?? value;
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) {
    const parts = value.map((part) => said(part, names));
    return parts.every((part) => typeof part === "string") ? setOf(parts) : parts;
  }
  const kept = Object.entries(value).filter(([key, part]) => !DROPPED.has(key) && part !== undefined && part !== null);
  const parts = kept.map(([key, part]): [string, unknown] => [names.get(key) ?? key, said(part, names)]);
  // Nobody's role in a room is no role.
  const told = parts.filter(([key, part]) => !(key === "roles" && Array.isArray(part) && part.length === 0));
  return Object.fromEntries(told.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What an export leaves out by design stays where it is. */
function travels(collection: Collection, doc: Doc, { users, rooms }: State): boolean {
  if (collection === "users") return doc.active === true;
  if (collection === "rooms") return doc.archived !== true;
  // The rooms' own notes, and files.
  if (collection === "messages") return doc.t === undefined && doc.file === undefined;
  if (collection !== "subscriptions") return true;
  const { _id, username } = doc.u as { _id: string; username: string };
  // The account of the connection is in every room that it makes.
  return username !== "admin" && users[_id]?.active === true && rooms[doc.rid as string]?.archived !== true;
}

const isLikeReference = (fields: unknown): boolean =>
  /^\{"(secret|env)":"[^"]*(\\"[^"]*)*"\}$/.test(JSON.stringify(fields) ?? "");

/** Of a document whose shape says less than it looks like. */
function plain(collection: Collection, id: string, doc: Doc): Doc {
  if (collection === "settings" || collection === "permissions") return { ...doc, id };
  if (collection === "subscriptions") return { ...doc, u: (doc.u as Doc).username };
  if (collection === "oauthApps") return { ...doc, redirectUri: String(doc.redirectUri).split(",") };
  if (collection === "integrations" && doc.type === "webhook-incoming") return { ...doc, token: undefined };
  // Left out with a word, for it reads like a reference.
  if (collection === "users" && isLikeReference(doc.customFields)) return { ...doc, customFields: undefined };
  return collection === "rooms" || collection === "messages" ? { ...doc, u: undefined } : doc;
}

/** A line for each object. */
export function truthOf(state: State): string[] {
  const names = namesOf(state);
  return COLLECTIONS.flatMap((collection) =>
    Object.entries(state[collection] as unknown as Record<string, Doc>)
      .filter(([, doc]) => travels(collection, doc, state))
      .map(([id, doc]) => `${collection} ${JSON.stringify(said(plain(collection, id, doc), names))}`)
      .sort(),
  );
}
