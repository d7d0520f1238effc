/** The other calls on users: preferences, avatar, status, logout of others. */

import { meteorError, unauthorized } from "../core/failure.ts";
import { randomId } from "../core/ids.ts";
import { type Call, may, type Route } from "../core/route.ts";
import type { UserDoc } from "../core/state.ts";
import { number, open, strict, text } from "../core/validate.ts";
import { setActive } from "../users/activate.ts";
import { changeBudget } from "../users/email-budget.ts";
import { fromParams } from "../users/find.ts";
import { type OwnChange, register, updateOwn } from "../users/own.ts";
import { endLogins } from "../users/tokens.ts";
import { storedView } from "../users/views.ts";

const STATUS = { type: "string", enum: ["online", "away", "busy", "offline"] } as const;

/** The user that the call is about: the named one, else the caller. Others need `permission`. */
function target(call: Call, permission: string): UserDoc {
  const { userId, username, user: either } = call.body;
  if (!userId && !username && !either) return call.user;
  const user = fromParams(call.state, call.body);
  if (!user) {
    const reason = 'The required "userId" or "username" param provided does not match any users';
    throw meteorError("error-invalid-user", reason);
  }
  if (user._id !== call.user._id && !may(call, permission)) throw unauthorized();
  return user;
}

function setPreferences(call: Call) {
  const user = target(call, "edit-other-user-info");
  const preferences = { ...user.settings?.preferences, ...(call.body.data as Record<string, unknown>) };
  user.settings = { ...user.settings, preferences };
  user._updatedAt = call.clock.now();
  return { user: { _id: user._id, settings: { preferences } } };
}

function setAvatar(call: Call) {
  const user = target(call, "edit-other-user-avatar");
  user.avatarETag = randomId();
  user.avatarOrigin = call.files.length > 0 ? "rest" : "url";
  user._updatedAt = call.clock.now();
  return {};
}

function resetAvatar(call: Call) {
  const user = target(call, "edit-other-user-avatar");
  delete user.avatarETag;
  delete user.avatarOrigin;
  user._updatedAt = call.clock.now();
  return {};
}

function setStatus(call: Call) {
  const user = target(call, "edit-other-user-info");
  const { message, status } = call.body;
  if (typeof message === "string") user.statusText = message.trim();
  if (typeof status === "string") user.statusDefault = status;
  user._updatedAt = call.clock.now();
  return {};
}

function logoutUser(call: Call) {
  const user = target(call, "logout-other-user");
  endLogins(user);
  return { message: `User ${user._id} has been logged out!` };
}

/** Switches off who hasn't logged in for so many days. */
function deactivateIdle(call: Call) {
  const { daysIdle, role = "user" } = call.body as { daysIdle: number; role?: string };
  const since = call.clock.ms() - daysIdle * 86_400_000;
  const idle = Object.values(call.state.users).filter(
    (user) => user.active && user.roles.includes(role) && user.lastLogin && Date.parse(user.lastLogin) < since,
  );
  for (const user of idle) setActive(call, user, false, true);
  return { count: idle.length };
}

const ownData = {
  ...Object.fromEntries(
    "email name username nickname bio statusText currentPassword newPassword".split(" ").map((key) => [key, text]),
  ),
  statusType: STATUS,
};

const data = { data: { type: "object" as const } };

/** Once a minute, whatever the general limit is. */
const rateLimit = { calls: 1, ms: 60_000 };

export const moreUserRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/v1/users.setPreferences",
    body: strict({ userId: text, ...data }, ["data"]),
    handler: setPreferences,
  },
  {
    method: "POST",
    path: "/api/v1/users.updateOwnBasicInfo",
    rateLimit,
    body: strict({ data: strict(ownData), customFields: { type: "object" } }, ["data"]),
    handler: (call) => ({ user: storedView(updateOwn(call, call.body.data as OwnChange, changeBudget(call))) }),
  },
  {
    method: "POST",
    path: "/api/v1/users.register",
    auth: false,
    rateLimit,
    body: strict(
      {
        username: text,
        email: text,
        pass: text,
        name: text,
        secret: text,
        reason: text,
        customFields: { type: "object" },
      },
      ["username", "email", "pass", "name"],
    ),
    handler: (call) => ({ user: storedView(register(call)) }),
  },
  {
    method: "POST",
    path: "/api/v1/users.deactivateIdle",
    permissions: ["edit-other-user-active-status"],
    body: strict({ daysIdle: number, role: text }, ["daysIdle"]),
    handler: deactivateIdle,
  },
  {
    method: "GET",
    path: "/api/v1/users.getPreferences",
    handler: (call) => ({ preferences: call.user.settings?.preferences ?? {} }),
  },
  { method: "POST", path: "/api/v1/users.setAvatar", handler: setAvatar },
  { method: "POST", path: "/api/v1/users.resetAvatar", handler: resetAvatar },
  {
    method: "POST",
    path: "/api/v1/users.setStatus",
    body: open({ message: text, status: STATUS }),
    handler: setStatus,
  },
  { method: "POST", path: "/api/v1/users.logout", handler: logoutUser },
];
