/** How user accounts are read, made, changed and put away. Knows neither Pulumi nor the program. */
import type { z } from "zod";
import { orUndefined } from "../../client/api/codes.ts";
import * as api from "../../client/api/users.ts";
import type { Context, Handler, Mapped } from "../../engine/handler.ts";
import { isUnknown, rulesOf } from "../../engine/schema.ts";
import { ConflictError, PermissionError } from "../../errors.ts";
import { refuseOwnAccount } from "../base/account.ts";
import { explainLastOwner, explainTaken } from "./guard.ts";
import { inDeclaredWords, inIds, withRoleIds } from "./roles.ts";
import { type UserInputs, userInputs, userSchema } from "./schema.ts";
import { managedFields, sameEmail, updateUser } from "./update.ts";

/** `createdAt` may come from the state: list rows do not tell it. */
export type LiveUser = api.ApiUser & { readonly brief?: true };

const ROW_FIELDS = ["username", "name", "email", "roles", "active", "verified"];

/** True when a row of `users.list` tells all that is to be compared of the field. */
function inRows(key: string): boolean {
  const { writeOnly, local } = rulesOf((userInputs.shape as Record<string, z.ZodType>)[key]);
  return ROW_FIELDS.includes(key) || writeOnly === true || local === true || !(key in userInputs.shape);
}

const describe = ({ username }: Partial<UserInputs>) =>
  username === undefined || isUnknown(username) ? "user" : `user "${username}"`;

const rows = (ctx: Context) =>
  ctx.lists.of(
    api.USER_LIST,
    (offset, count) => api.listUsers(ctx.client, offset, count),
    (row) => row._id,
  );

async function info(ctx: Context, by: { userId: string } | { username: string }): Promise<LiveUser | undefined> {
  const user = await orUndefined(api.userInfo(ctx.client, by));
  // Without e-mail and roles every comparison would show changes that are none.
  if (user?.canViewAllInfo === false) {
    throw new PermissionError(
      `users.info: the account of this connection may not see all of user "${user.username ?? user._id}".`,
      { operation: "users.info", request: "GET /api/v1/users.info" },
      { hint: "Give it the permission view-full-other-user-info." },
    );
  }
  return user;
}

async function* list(ctx: Context, { brief = false } = {}): AsyncGenerator<LiveUser> {
  for (const row of (await rows(ctx).rows()).values()) {
    // The server's own bot and the accounts of apps are nobody's to make.
    if (row.type !== undefined && row.type !== "user") continue;
    const user = brief ? { ...row, brief } : await info(ctx, { userId: row._id });
    if (user !== undefined) yield user;
  }
}

async function create(ctx: Context, inputs: UserInputs): Promise<LiveUser> {
  const { username, name, email, active, bio, nickname, customFields, verified } = inputs;
  if (inputs.password === undefined && !inputs.setRandomPassword) {
    // Only an existing one can be meant: the caller looks for it, and reports this when there is none.
    throw new ConflictError(
      `${describe(inputs)} does not exist at ${ctx.client.url}, so it can't be adopted, and without a password it can't be made.`,
      { operation: "users.create", request: "POST /api/v1/users.create" },
      {
        hint: "Declare `password` (or `setRandomPassword: true`), or correct the username; it counts upper and lower case.",
      },
    );
  }
  if (inputs.password !== undefined) ctx.client.hide(inputs.password);
  ctx.lists.forget(api.USER_LIST);
  return api
    .createUser(ctx.client, {
      username,
      name,
      email,
      password: inputs.password ?? "",
      active,
      bio,
      nickname,
      customFields,
      verified,
      roles: inputs.roles,
      joinDefaultChannels: inputs.joinDefaultChannels,
      requirePasswordChange: inputs.requirePasswordChange,
      setRandomPassword: inputs.setRandomPassword,
      sendWelcomeEmail: inputs.sendWelcomeEmail,
    })
    .catch((error) => explainTaken(error, inputs, describe(inputs)));
}

async function remove(ctx: Context, id: string, declared: UserInputs, mode: string): Promise<void> {
  const what = describe(declared);
  const act = mode === "delete" ? "deleted" : "deactivated";
  await refuseOwnAccount(ctx, id, what, act);
  const confirm = declared.confirmRelinquish ?? false;
  ctx.lists.forget(api.USER_LIST);
  await orUndefined(
    mode === "delete" ? api.deleteUser(ctx.client, id, confirm) : api.setActiveStatus(ctx.client, id, false, confirm),
  ).catch((error) => explainLastOwner(error, what, act));
}

function map(user: LiveUser, _ctx: Context, declared: UserInputs): Mapped {
  const email = user.emails?.[0]?.address ?? "";
  return {
    id: user._id,
    inputs: {
      username: user.username ?? "",
      name: user.name ?? "",
      email: sameEmail(email, declared.email) ? declared.email : email,
      verified: user.emails?.[0]?.verified ?? false,
      roles: user.roles ?? [],
      active: user.active ?? true,
      ...(!user.brief && {
        bio: user.bio ?? "",
        nickname: user.nickname ?? "",
        statusText: user.statusText ?? "",
        customFields: managedFields(user, declared.customFields),
      }),
    },
    outputs: { userId: user._id, createdAt: user.createdAt },
  };
}

/** The server keeps these without blanks around: a block of YAML ends with a line break. */
const TRIMMED = ["email", "bio", "nickname", "statusText"] as const;

export const userHandler: Handler<UserInputs, LiveUser> = {
  kind: "User",
  schema: userSchema,
  uniqueKey: true,
  describe,
  normalize: (inputs) => ({
    ...inputs,
    // People write a mention where a name is meant.
    ...(typeof inputs.username === "string" && { username: inputs.username.trim().replace(/^@/, "") }),
    ...Object.fromEntries(
      TRIMMED.flatMap((key) => (typeof inputs[key] === "string" ? [[key, inputs[key].trim()]] : [])),
    ),
  }),
  validate(inputs) {
    const failures: { path: string; reason: string }[] = [];
    const { password, setRandomPassword, requirePasswordChange } = inputs;
    if (password !== undefined && setRandomPassword === true) {
      failures.push({ path: "setRandomPassword", reason: "can't be true beside a password; leave one of the two out" });
    }
    if (password === undefined && !setRandomPassword && (inputs as { adopt?: unknown }).adopt !== true) {
      failures.push({
        path: "password",
        reason:
          "is required; or let the server invent one with `setRandomPassword: true`, or take over an existing user with `adopt: true`",
      });
    }
    if (setRandomPassword === true && requirePasswordChange === false) {
      failures.push({
        path: "requirePasswordChange",
        reason: "can't be false beside setRandomPassword, which demands a change",
      });
    }
    return failures;
  },
  list,
  async find(ctx, inputs) {
    const user = await info(ctx, { username: inputs.username });
    return user && inDeclaredWords(ctx, user, inputs);
  },
  async read(ctx, id, declared, { fresh, state }) {
    const row = !fresh && Object.keys(declared).every(inRows) ? await rows(ctx).row(id) : undefined;
    // A list may be narrowed by the workspace's settings: only users.info says for certain that somebody is gone.
    const user =
      row?.emails && row.roles
        ? { ...row, createdAt: row.createdAt ?? (state?.createdAt as string | undefined) }
        : await info(ctx, { userId: id });
    return user && inDeclaredWords(ctx, user, declared);
  },
  create: async (ctx, inputs) => inDeclaredWords(ctx, await create(ctx, await withRoleIds(ctx, inputs)), inputs),
  async update(ctx, live, inputs, change) {
    const ids = await withRoleIds(ctx, inputs);
    return inDeclaredWords(ctx, await updateUser(ctx, inIds(live, inputs, ids), ids, change), inputs);
  },
  delete: remove,
  map,
  isDormant: (user, declared) => user.active === false && declared.active !== false,
  origin: (user) => ({
    createdAt: user.createdAt === undefined ? undefined : new Date(user.createdAt),
    untouched: user.lastLogin === undefined,
  }),
};
