/** users.create, update, info, list, listByStatus, setActiveStatus, delete. */
import { failure, meteorError } from "../core/failure.ts";
import { dropUser, subscriptionsBy } from "../core/lookups.ts";
import { paged, pageOf, pageProperties, sorted, sortOf } from "../core/paging.ts";
import { type Call, crash, may, type Route } from "../core/route.ts";
import type { UserDoc } from "../core/state.ts";
import { flag, open, type Schema, strict, text, texts } from "../core/validate.ts";
import { consequencesOf, demandRelinquish, forgetInRooms, relinquish } from "../rooms/relinquish.ts";
import { forgetInTeams } from "../teams/find.ts";
import { setActive } from "../users/activate.ts";
import { notAllowed } from "../users/check.ts";
import { createUser, type NewUser } from "../users/create.ts";
import { changeBudget } from "../users/email-budget.ts";
import { byEmail, byUsername, fromParams } from "../users/find.ts";
import { type UserChange, updateUser } from "../users/update.ts";
import { infoView, pick, rowView, storedView } from "../users/views.ts";

const account: Record<string, Schema> = {
  email: text,
  name: text,
  password: text,
  username: text,
  active: flag,
  bio: text,
  nickname: text,
  statusText: text,
  roles: texts,
  requirePasswordChange: flag,
  setRandomPassword: flag,
  sendWelcomeEmail: flag,
  verified: flag,
  customFields: { type: "object" },
  freeSwitchExtension: text,
};

const createBody = strict({ ...account, joinDefaultChannels: flag, fields: text }, [
  "email",
  "name",
  "password",
  "username",
]);
const updateBody = strict({ userId: text, confirmRelinquish: flag, data: strict({ ...account, status: text }) }, [
  "userId",
  "data",
]);

/** One key names the user; the rest is refused. */
const oneOfKeys = (keys: readonly string[], more: Record<string, Schema>): Schema => ({
  type: "object",
  anyOf: keys.map((key) => strict({ [key]: text, ...more }, [key])),
});

const INFO_KEYS = ["userId", "username", "importId"];

function findFor(call: Call): UserDoc | undefined {
  const { userId, username, email } = call.query as Record<string, string | undefined>;
  if (userId !== undefined) return call.state.users[userId];
  if (email !== undefined) return byEmail(call.state, email);
  return username === undefined ? undefined : byUsername(call.state, username);
}

function info(call: Call) {
  const user = findFor(call);
  if (!user) throw failure("User not found.");
  const own = user._id === call.user._id;
  const full = own || may(call, "view-full-other-user-info");
  const view = infoView(call.state, user, full, own);
  if (call.query.includeUserRooms !== "true" || !full) return { user: view };
  const rooms = subscriptionsBy(call.state, user._id).map((subscription) => ({
    ...pick(subscription, ["_id", "rid", "name", "t", "roles"]),
    unread: subscription.roles?.includes("owner") ? 0 : 1,
  }));
  return { user: { ...view, rooms } };
}

function list(call: Call) {
  const page = pageOf(call);
  // release 7.7.1 stumbles over its own logging of a bad sort
  if (!call.is8 && call.query.sort !== undefined && !goodSort(call))
    throw crash("Cannot read properties of undefined (reading 'warn')");
  const full = may(call, "view-full-other-user-info");
  const email = typeof call.query.email === "string" ? call.query.email.toLowerCase() : undefined;
  const users = Object.values(call.state.users)
    .filter((user) => !email || !full || user.emails?.some(({ address }) => address.toLowerCase() === email))
    .map((user) => ({ ...rowView(user, full), nameInsensitive: (user.name ?? user.username).toLowerCase() }));
  const { rows, ...numbers } = paged(sorted(users, sortOf(call, { username: 1 })), page);
  return { users: rows, ...numbers };
}

function goodSort(call: Call): boolean {
  try {
    sortOf(call, {});
    return true;
  } catch {
    return false;
  }
}

function listByStatus(call: Call) {
  const { status, type, searchTerm, hasLoggedIn, roles } = call.query as Record<string, unknown>;
  const term = typeof searchTerm === "string" ? searchTerm.toLowerCase() : "";
  const full = may(call, "view-full-other-user-info");
  const fits = (user: UserDoc): boolean =>
    (status === undefined || user.active === (status === "active")) &&
    (type === undefined || user.type === type) &&
    (hasLoggedIn === undefined || (user.lastLogin !== undefined) === hasLoggedIn) &&
    (!Array.isArray(roles) || user.roles.some((role) => roles.includes(role))) &&
    [user.username, user.name ?? "", user.emails?.[0]?.address ?? ""].some((name) => name.toLowerCase().includes(term));
  const users = sorted(Object.values(call.state.users).filter(fits), sortOf(call, { username: 1 }));
  const { rows, ...numbers } = paged(users, pageOf(call));
  return { users: rows.map((user) => rowView(user, full)), ...numbers };
}

function remove(call: Call) {
  const { userId, username, user: either, confirmRelinquish } = call.body;
  if (!userId && !username && !either)
    throw meteorError("error-user-param-not-provided", 'The required "userId" or "username" param was not provided');
  const user = fromParams(call.state, call.body);
  if (!user) {
    const reason = 'The required "userId" or "username" param provided does not match any users';
    throw meteorError("error-invalid-user", reason);
  }
  if (user._id === "rocket.cat")
    throw notAllowed("Deleting the rocket.cat user is not allowed", "Delete_user", "deleteUser");
  const consequences = consequencesOf(call, user);
  demandRelinquish(consequences, confirmRelinquish === true);
  const deletedRooms = relinquish(call, consequences);
  forgetInRooms(call, user);
  forgetInTeams(call.state, user._id);
  dropUser(call.state, user);
  return call.is8 ? { deletedRooms } : {};
}

export const userRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/v1/users.create",
    body: createBody,
    handler: (call) => ({ user: storedView(createUser(call, call.body as unknown as NewUser)) }),
  },
  {
    method: "POST",
    path: "/api/v1/users.update",
    body: updateBody,
    twoFactor: true,
    handler: (call) => {
      const { userId, data, confirmRelinquish } = call.body as {
        userId: string;
        data: UserChange;
        confirmRelinquish?: boolean;
      };
      const user = updateUser(call, userId, data, confirmRelinquish === true, changeBudget(call));
      return { user: storedView(user) };
    },
  },
  {
    method: "GET",
    path: "/api/v1/users.info",
    query: (version) =>
      oneOfKeys(version === "8.6.1" ? [...INFO_KEYS, "email", "freeSwitchExtension"] : INFO_KEYS, {
        includeUserRooms: text,
        fields: text,
      }),
    handler: info,
  },
  {
    method: "GET",
    path: "/api/v1/users.list",
    permissions: ["view-d-room"],
    query: (version) => (version === "8.6.1" ? strict({ ...pageProperties, email: text, fields: text }) : undefined),
    handler: list,
  },
  {
    method: "GET",
    path: "/api/v1/users.listByStatus",
    permissions: ["view-d-room"],
    query: strict({
      ...pageProperties,
      status: { type: "string", enum: ["active", "deactivated"] },
      hasLoggedIn: flag,
      type: text,
      roles: texts,
      searchTerm: text,
      inactiveReason: texts,
    }),
    handler: listByStatus,
  },
  {
    method: "POST",
    path: "/api/v1/users.setActiveStatus",
    permissions: { any: ["edit-other-user-active-status", "manage-moderation-actions"] },
    body: strict({ userId: text, activeStatus: flag, confirmRelinquish: flag }, ["userId", "activeStatus"]),
    handler: (call) => {
      const { userId, activeStatus, confirmRelinquish } = call.body as {
        userId: string;
        activeStatus: boolean;
        confirmRelinquish?: boolean;
      };
      setActive(call, call.state.users[userId], activeStatus, confirmRelinquish === true);
      return { user: { _id: userId, active: activeStatus } };
    },
  },
  {
    method: "POST",
    path: "/api/v1/users.delete",
    permissions: ["delete-user"],
    body: (version) =>
      version === "8.6.1"
        ? oneOfKeys(["userId", "username", "user"], { confirmRelinquish: flag })
        : open({ confirmRelinquish: flag }),
    handler: remove,
  },
];
