/** roles.*: which there are and who has them. Custom ones: roles-custom.ts. */
import { failure, meteorError } from "../core/failure.ts";
import { subscriptionOf } from "../core/lookups.ts";
import { paged, pageOf, pageProperties, sorted, sortOf } from "../core/paging.ts";
import { allRoles, roleById } from "../core/roles.ts";
import { type Call, may, type Route } from "../core/route.ts";
import type { RoleDoc, UserDoc } from "../core/state.ts";
import { strict, text } from "../core/validate.ts";
import { byUsername } from "../users/find.ts";
import { pick } from "../users/views.ts";

const answer = (role: RoleDoc) => ({ role });

/** Where the roles of a user stand: on the account, or in one room. */
function rolesAt(
  call: Call,
  user: UserDoc,
  role: RoleDoc,
  roomId: unknown,
): { roles?: string[] | undefined } | undefined {
  if (role.scope === "Subscriptions" && typeof roomId === "string") return subscriptionOf(call.state, user._id, roomId);
  return user;
}

function addUserToRole(call: Call) {
  const { username, roleId, roleName, roomId } = call.body;
  const user = byUsername(call.state, username);
  const wanted = roleId ?? (call.is8 ? undefined : roleName);
  if (!wanted) throw failure("error-invalid-role-properties");
  if (!user) {
    const reason = 'The required "userId" or "username" param provided does not match any users';
    throw meteorError("error-invalid-user", reason);
  }
  const role = roleById(call.state, wanted);
  if (!role) throw failure("error-role-not-found", "Role not found");
  const place = rolesAt(call, user, role, roomId);
  if (place?.roles?.includes(role._id)) throw meteorError("error-user-already-in-role", "User already in role");
  const details = { method: "authorization:addUserToRole" };
  if (!may(call, "access-permissions"))
    throw meteorError("error-action-not-allowed", "Accessing permissions is not allowed", {
      ...details,
      action: "Accessing_permissions",
    });
  if (role._id === "admin" && !may(call, "assign-admin-role"))
    throw meteorError("error-action-not-allowed", "Assigning admin is not allowed", {
      ...details,
      action: "Assign_admin",
    });
  if (!place) throw meteorError("error-user-not-in-room", "User is not in this room", details);
  place.roles = [...(place.roles ?? []), role._id];
  if (place === user) user._updatedAt = call.clock.now();
  return answer(role);
}

function removeUserFromRole(call: Call) {
  const { username, roleId, roleName, scope } = call.body;
  const wanted = roleId ?? (call.is8 ? undefined : roleName);
  if (!wanted) throw failure("error-invalid-role-properties");
  const user = byUsername(call.state, username);
  if (!user) throw meteorError("error-invalid-user", "There is no user with this username");
  const role = roleById(call.state, wanted);
  if (!role) throw meteorError("error-invalid-roleId", "This role does not exist");
  const place = rolesAt(call, user, role, scope);
  if (!place?.roles?.includes(role._id)) throw meteorError("error-user-not-in-role", "User is not in this role");
  const admins = Object.values(call.state.users).filter((other) => other.roles.includes("admin"));
  if (role._id === "admin" && admins.length === 1)
    throw meteorError("error-admin-required", "You need to have at least one admin");
  place.roles = place.roles.filter((held) => held !== role._id);
  if (place === user) user._updatedAt = call.clock.now();
  return answer(role);
}

function getUsersInRole(call: Call) {
  const { role: id, roomId } = call.query;
  if (!id) throw meteorError("error-param-not-provided", 'Query param "role" is required');
  const role = roleById(call.state, id);
  if (!role) throw meteorError("error-invalid-roleId");
  const has = (user: UserDoc): boolean => rolesAt(call, user, role, roomId)?.roles?.includes(role._id) ?? false;
  const users = Object.values(call.state.users)
    .filter(has)
    .map((user) => pick(user, ["_id", "_updatedAt", "createdAt", "emails", "name", "username", "avatarETag"]));
  const { rows, total } = paged(sorted(users, sortOf(call, { username: 1 })), pageOf(call));
  return { users: rows, total };
}

function changedRoles(call: Call) {
  const since = Date.parse(String(call.query.updatedSince ?? ""));
  const update = allRoles(call.state).filter(({ _updatedAt }) => Date.parse(_updatedAt) > since);
  return { roles: { update, remove: [] } };
}

/** Those whose roles say more than "user". */
function publicRoles(call: Call) {
  const shown = allRoles(call.state).filter((role) => role.scope === "Users" && role.description !== "");
  const users = Object.values(call.state.users)
    .filter((user) => user.roles.some((role) => shown.some(({ _id }) => _id === role)))
    .map((user) => pick(user, ["_id", "roles", "username"]));
  return { users };
}

/** The body's notation differs by release for the two that give and take roles. */
const roleBody = {
  body: strict({ username: text, roleId: text, roomId: text, scope: text }, ["username"]),
} as const;

export const roleRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/v1/roles.list",
    handler: (call) => ({ roles: allRoles(call.state).map(({ _updatedAt, ...role }) => role) }),
  },
  {
    method: "POST",
    path: "/api/v1/roles.addUserToRole",
    body: (version) =>
      strict({ username: text, roleId: text, roomId: text, ...(version === "7.7.1" && { roleName: text }) }, [
        "username",
      ]),
    invalid: (message, call) =>
      call.is8 ? failure(message, "invalid-params") : meteorError("error-invalid-role-properties", message),
    handler: addUserToRole,
  },
  {
    method: "POST",
    path: "/api/v1/roles.removeUserFromRole",
    permissions: ["access-permissions"],
    ...roleBody,
    handler: removeUserFromRole,
  },
  {
    method: "GET",
    path: "/api/v1/roles.getUsersInRole",
    permissions: ["access-permissions"],
    query: (version) =>
      version === "8.6.1" ? strict({ ...pageProperties, role: text, roomId: text, fields: text }, ["role"]) : undefined,
    handler: getUsersInRole,
  },
  {
    method: "GET",
    path: "/api/v1/roles.sync",
    query: strict({ updatedSince: text }),
    handler: changedRoles,
  },
  { method: "GET", path: "/api/v1/roles.getUsersInPublicRoles", only: "8.6.1", handler: publicRoles },
];
