/** permissions.listAll and update. */
import { failure, meteorError } from "../core/failure.ts";
import { allRoles } from "../core/roles.ts";
import type { Call, Route } from "../core/route.ts";
import type { State } from "../core/state.ts";
import { strict, text } from "../core/validate.ts";
import { builtInPermissions, builtInSettings } from "../data/catalogue.ts";
import { settingPermission } from "../settings/permission.ts";

/** All permissions: the built-in ones, then one for every setting. */
function allPermissions(state: State): { _id: string; _updatedAt: string }[] {
  const plain = Object.entries(builtInPermissions(state.version)).map(([_id, roles]) => ({ _id, roles: [...roles] }));
  const ofSettings = Object.values(builtInSettings(state.version)).flatMap((setting) =>
    setting.sorter === undefined ? [] : [settingPermission(state.version, setting)],
  );
  return [...plain, ...ofSettings].map((permission) => ({
    ...permission,
    _updatedAt: state.createdAt,
    ...state.permissions[permission._id],
  }));
}

function listAll(call: Call) {
  const since = call.query.updatedSince;
  let update = allPermissions(call.state);
  if (since !== undefined) {
    const from = Date.parse(String(since));
    if (Number.isNaN(from)) {
      const reason = 'The "updatedSince" query parameter must be a valid date.';
      throw meteorError("error-roomId-param-invalid", reason);
    }
    update = update.filter(({ _updatedAt }) => Date.parse(_updatedAt) > from);
  }
  return { update, remove: [] };
}

function update(call: Call) {
  const { state } = call;
  const wanted = call.body.permissions as { _id: string; roles: string[] }[];
  const known = new Set(allPermissions(state).map(({ _id }) => _id));
  if (wanted.some(({ _id }) => !known.has(_id))) throw failure("Invalid permission", "error-invalid-permission");
  const roles = new Set(allRoles(state).map(({ _id }) => _id));
  if (wanted.some((permission) => permission.roles.some((role) => !roles.has(role))))
    throw failure("Invalid role", "error-invalid-role");
  for (const permission of wanted)
    state.permissions[permission._id] = { roles: permission.roles, _updatedAt: call.clock.now() };
  return { permissions: allPermissions(state) };
}

const item = strict({ _id: text, roles: { type: "array", items: text, uniqueItems: true } }, ["_id", "roles"]);

export const permissionRoutes: readonly Route[] = [
  { method: "GET", path: "/api/v1/permissions.listAll", query: strict({ updatedSince: text }), handler: listAll },
  {
    method: "POST",
    path: "/api/v1/permissions.update",
    permissions: ["access-permissions"],
    body: strict({ permissions: { type: "array", items: item } }, ["permissions"]),
    invalid: (message, call) =>
      call.is8 ? failure(message, "invalid-params") : failure("Invalid body params", "error-invalid-body-params"),
    handler: update,
  },
];
