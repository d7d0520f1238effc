/** Look-ups of people: getUser, getUsers. */
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { orUndefined } from "../client/api/codes.ts";
import { type ApiUser, listUsers, userInfo } from "../client/api/users.ts";
import { nameMatcher } from "./glob.ts";
import { type Inputs, invoke, invokeOutput, type LookUp } from "./invoke.ts";
import { collect, limit } from "./pages.ts";

/** A person or bot, as the account of the connection may see it. What the server does not tell is undefined. */
export interface UserResult {
  /** Id of the person. */
  readonly id: string;
  readonly username: string;
  /** Name shown to people. */
  readonly name: string;
  /** "user", "bot" or "app". */
  readonly type: string | undefined;
  /** False for deactivated ones. */
  readonly active: boolean | undefined;
  /** Role ids. Without the permission `view-full-other-user-info`: undefined, as `emails` and `lastLogin`. */
  readonly roles: readonly string[] | undefined;
  /** Addresses, the main one first. */
  readonly emails: readonly { readonly address: string; readonly verified: boolean }[] | undefined;
  /** Told by getUser only, as the next three. */
  readonly bio: string | undefined;
  readonly nickname: string | undefined;
  readonly customFields: Readonly<Record<string, unknown>> | undefined;
  /** When the account was made, in ISO 8601. */
  readonly createdAt: string | undefined;
  /** ISO 8601; undefined for those who never logged in. */
  readonly lastLogin: string | undefined;
}

const toResult = (user: ApiUser): UserResult => ({
  id: user._id,
  username: user.username ?? "",
  name: user.name ?? "",
  type: user.type,
  active: user.active,
  roles: user.roles,
  emails: user.emails?.map(({ address, verified = false }) => ({ address, verified })),
  bio: user.bio,
  nickname: user.nickname,
  customFields: user.customFields,
  createdAt: user.createdAt,
  lastLogin: user.lastLogin,
});

const userArgs = z.strictObject({
  /** Username; case matters, an "@" in front is dropped. This or `userId`. */
  username: z.string().min(1).optional(),
  /** Id of the person. This or `username`. */
  userId: z.string().min(1).optional(),
});

export type GetUserArgs = z.infer<typeof userArgs>;

const one: LookUp<GetUserArgs, UserResult | undefined> = {
  name: "getUser",
  args: userArgs,
  refuse: ({ username, userId }) =>
    (username === undefined) === (userId === undefined) ? "give either username or userId" : undefined,
  async find({ client }, { username, userId }) {
    const by = userId === undefined ? { username: (username ?? "").replace(/^@/, "") } : { userId };
    const user = await orUndefined(userInfo(client, by));
    return user && toResult(user);
  },
};

/** One person, or undefined when there is none of that name or id. One call. */
export function getUser(args: GetUserArgs, opts?: pulumi.InvokeOptions): Promise<UserResult | undefined> {
  return invoke(one, args, opts);
}

/** As `getUser`, with outputs for arguments. */
export function getUserOutput(
  args: Inputs<GetUserArgs>,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<UserResult | undefined> {
  return invokeOutput(one, args, opts);
}

const usersArgs = z.strictObject({
  /** Only holders of this role, by its id. */
  role: z.string().min(1).optional(),
  /** Default: both. */
  status: z.enum(["active", "deactivated"]).optional(),
  /** Pattern of the username: `*` is any text, `?` one character; case does not count. */
  username: z.string().min(1).optional(),
  /** At most so many. Default: all. */
  limit: limit.optional(),
});

export type GetUsersArgs = z.infer<typeof usersArgs>;

const many: LookUp<GetUsersArgs, UserResult[]> = {
  name: "getUsers",
  args: usersArgs,
  async find({ client }, { role, status, username, limit: most }) {
    const fits = nameMatcher(username);
    const keep = (user: ApiUser) =>
      fits(user.username ?? "") &&
      (role === undefined || user.roles?.includes(role) === true) &&
      (status === undefined || user.active === (status === "active"));
    return (await collect((offset, count) => listUsers(client, offset, count), keep, most)).map(toResult);
  },
};

/** All people that fit, bots included, by username. One call per hundred accounts. */
export function getUsers(args: GetUsersArgs = {}, opts?: pulumi.InvokeOptions): Promise<UserResult[]> {
  return invoke(many, args, opts);
}

/** As `getUsers`, with outputs for arguments. */
export function getUsersOutput(
  args: Inputs<GetUsersArgs> = {},
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<UserResult[]> {
  return invokeOutput(many, args, opts);
}
