/** Calls around user accounts. Knows the API's shapes only, not what a program declares. */
import { z } from "zod";
import type { Client } from "../client.ts";

const email = z.object({ address: z.string(), verified: z.boolean().optional() });

/**
 * A user as the API tells it. `users.list` rows lack bio, nickname, statusText, customFields and createdAt; a caller without
 * the permission view-full-other-user-info does not see emails and roles either.
 */
const user = z.object({
  _id: z.string(),
  username: z.string().optional(),
  name: z.string().optional(),
  type: z.string().optional(),
  active: z.boolean().optional(),
  emails: z.array(email).optional(),
  roles: z.array(z.string()).optional(),
  bio: z.string().optional(),
  nickname: z.string().optional(),
  statusText: z.string().optional(),
  customFields: z.record(z.string(), z.unknown()).optional(),
  requirePasswordChange: z.boolean().optional(),
  createdAt: z.string().optional(),
  lastLogin: z.string().optional(),
  canViewAllInfo: z.boolean().optional(),
});

/** A user as `users.info`, `users.list`, `users.create` and `users.update` answer it. */
export type ApiUser = z.infer<typeof user>;

/** Body of `users.create`. The server wants `password` even beside `setRandomPassword`: "" then. */
export interface NewUser {
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly active?: boolean | undefined;
  readonly bio?: string | undefined;
  readonly nickname?: string | undefined;
  /** Role ids. The server reads an empty list as "the default roles". */
  readonly roles?: readonly string[] | undefined;
  readonly joinDefaultChannels?: boolean | undefined;
  readonly requirePasswordChange?: boolean | undefined;
  readonly setRandomPassword?: boolean | undefined;
  readonly sendWelcomeEmail?: boolean | undefined;
  readonly verified?: boolean | undefined;
  readonly customFields?: Readonly<Record<string, unknown>> | undefined;
}

/** `data` of `users.update`. Leaving out bio or nickname erases it on the server: send both along with anything else. */
export type UserChange = Partial<Omit<NewUser, "joinDefaultChannels" | "active">> & {
  readonly statusText?: string | undefined;
};

export async function createUser(client: Client, body: NewUser): Promise<ApiUser> {
  const answer = await client.call({
    name: "users.create",
    method: "POST",
    path: "/api/v1/users.create",
    body,
    repeat: "once",
    response: z.object({ user }),
  });
  return answer.user;
}

export async function updateUser(client: Client, userId: string, data: UserChange): Promise<ApiUser> {
  const answer = await client.call({
    name: "users.update",
    method: "POST",
    path: "/api/v1/users.update",
    body: { userId, data },
    // Each repetition would mail another password.
    repeat: data.setRandomPassword ? "once" : "idempotent",
    response: z.object({ user }),
  });
  return answer.user;
}

/** Throws NotFoundError. Usernames are matched with their case. */
export async function userInfo(client: Client, by: { userId: string } | { username: string }): Promise<ApiUser> {
  const answer = await client.call({
    name: "users.info",
    method: "GET",
    path: "/api/v1/users.info",
    query: by,
    repeat: "read",
    response: z.object({ user }),
  });
  return answer.user;
}

/** Name of the list below, for `Lists`. */
export const USER_LIST = "users.list";

/** One page of all accounts, bots and deactivated ones included. */
export async function listUsers(
  client: Client,
  offset: number,
  count: number,
): Promise<{ rows: ApiUser[]; total: number }> {
  const answer = await client.call({
    name: "users.list",
    method: "GET",
    path: "/api/v1/users.list",
    query: { offset, count },
    repeat: "read",
    response: z.object({ users: z.array(user), total: z.number() }),
  });
  return { rows: answer.users, total: answer.total };
}

/** Deactivating ends all log-ins and personal access tokens of the user. Same value again is a success. */
export async function setActiveStatus(
  client: Client,
  userId: string,
  activeStatus: boolean,
  confirmRelinquish: boolean,
): Promise<void> {
  await client.call({
    name: "users.setActiveStatus",
    method: "POST",
    path: "/api/v1/users.setActiveStatus",
    body: { userId, activeStatus, confirmRelinquish },
    repeat: "idempotent",
    response: z.unknown(),
  });
}

export async function deleteUser(client: Client, userId: string, confirmRelinquish: boolean): Promise<void> {
  await client.call({
    name: "users.delete",
    method: "POST",
    path: "/api/v1/users.delete",
    body: { userId, confirmRelinquish },
    repeat: "idempotent",
    response: z.unknown(),
  });
}

/** The server fetches the picture from the address itself. */
export async function setAvatar(client: Client, userId: string, avatarUrl: string): Promise<void> {
  await client.call({
    name: "users.setAvatar",
    method: "POST",
    path: "/api/v1/users.setAvatar",
    body: { userId, avatarUrl },
    repeat: "idempotent",
    response: z.unknown(),
  });
}

/** Back to the picture that the server draws from the name. */
export async function resetAvatar(client: Client, userId: string): Promise<void> {
  await client.call({
    name: "users.resetAvatar",
    method: "POST",
    path: "/api/v1/users.resetAvatar",
    body: { userId },
    repeat: "idempotent",
    response: z.unknown(),
  });
}

/** Merged into what the user has. Preferences of others cannot be read back. */
export async function setPreferences(
  client: Client,
  userId: string,
  data: Readonly<Record<string, unknown>>,
): Promise<void> {
  await client.call({
    name: "users.setPreferences",
    method: "POST",
    path: "/api/v1/users.setPreferences",
    body: { userId, data },
    repeat: "idempotent",
    response: z.unknown(),
  });
}
