/** The other calls on users: preferences, avatar, status, logout of others. */

import { meteorError, unauthorized } from "../core/failure.ts";
import { randomId } from "../core/ids.ts";
import { type Call, may, type Route } from "../core/route.ts";
import type { UserDoc } from "../core/state.ts";
import { open, strict, text } from "../core/validate.ts";
import { fromParams } from "../users/find.ts";
import { endLogins } from "../users/tokens.ts";

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

const data = { data: { type: "object" as const } };

export const moreUserRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/v1/users.setPreferences",
    body: strict({ userId: text, ...data }, ["data"]),
    handler: setPreferences,
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
    body: open({ message: text, status: { type: "string", enum: ["online", "away", "busy", "offline"] } }),
    handler: setStatus,
  },
  { method: "POST", path: "/api/v1/users.logout", handler: logoutUser },
];
