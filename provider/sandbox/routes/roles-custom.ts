/** roles.create, update and delete: custom roles need a licence, which this server has when it is started so. */
import { meteorError } from "../core/failure.ts";
import { objectId } from "../core/ids.ts";
import { allRoles, roleById } from "../core/roles.ts";
import { type Call, may, type Route } from "../core/route.ts";
import type { RoleDoc } from "../core/state.ts";
import { flag, strict, text } from "../core/validate.ts";

const invalid = () => meteorError("error-invalid-role-properties", "The role properties are invalid.");

function demandLicence(call: Call): void {
  if (!call.state.licensed) throw meteorError("error-action-not-allowed", "This is an enterprise feature");
}

function demandRight(call: Call): void {
  if (!may(call, "access-permissions"))
    throw meteorError("error-action-not-allowed", "Accessing permissions is not allowed");
}

const duplicate = () => meteorError("error-duplicate-role-names-not-allowed", "Role name already exists");

interface Fields {
  name: string;
  description?: string;
  scope?: RoleDoc["scope"];
  mandatory2fa?: boolean;
}

/** What is left out is reset, but for mandatory2fa. */
function fieldsOf(call: Call) {
  const { name, description, scope, mandatory2fa } = call.body as unknown as Fields;
  return {
    name,
    description: description || "",
    scope: scope || ("Users" as const),
    ...(mandatory2fa !== undefined && { mandatory2fa }),
  };
}

function create(call: Call) {
  demandLicence(call);
  demandRight(call);
  const fields = fieldsOf(call);
  if (allRoles(call.state).some(({ _id, name }) => _id === fields.name || name === fields.name)) throw duplicate();
  const role: RoleDoc = {
    mandatory2fa: false,
    ...fields,
    _id: objectId(),
    protected: false,
    _updatedAt: call.clock.now(),
  };
  call.state.roles[role._id] = role;
  return { role };
}

function update(call: Call) {
  demandRight(call);
  const role = roleById(call.state, call.body.roleId);
  if (!role?.protected) demandLicence(call);
  if (!role) throw meteorError("error-invalid-roleId", "This role does not exist");
  const fields = fieldsOf(call);
  if (role.protected && (fields.name !== role.name || fields.scope !== role.scope))
    throw meteorError("error-role-protected", "Role is protected");
  if (allRoles(call.state).some(({ _id, name }) => _id !== role._id && name === fields.name)) throw duplicate();
  const changed: RoleDoc = { ...role, ...fields, _updatedAt: call.clock.now() };
  call.state.roles[role._id] = changed;
  return { role: changed };
}

function isHeld({ state }: Call, role: RoleDoc): boolean {
  const places = role.scope === "Users" ? Object.values(state.users) : Object.values(state.subscriptions);
  return places.some(({ roles }) => roles?.includes(role._id));
}

function remove(call: Call) {
  const { roleId } = call.body;
  if (!roleId) throw invalid();
  const role = allRoles(call.state).find(({ _id, name }) => _id === roleId || name === roleId);
  if (!role) throw meteorError("error-invalid-roleId", "This role does not exist");
  if (role.protected) throw meteorError("error-role-protected", "Cannot delete a protected role");
  if (isHeld(call, role)) throw meteorError("error-role-in-use", "Cannot delete role because it's in use");
  delete call.state.roles[role._id];
  return {};
}

const fields = {
  name: text,
  description: text,
  scope: { type: "string", enum: ["Users", "Subscriptions"] },
  mandatory2fa: flag,
} as const;

export const customRoleRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/v1/roles.create",
    body: strict(fields, ["name"]),
    invalid,
    handler: create,
  },
  {
    method: "POST",
    path: "/api/v1/roles.update",
    body: strict({ roleId: text, ...fields }, ["roleId", "name"]),
    invalid,
    handler: update,
  },
  {
    method: "POST",
    path: "/api/v1/roles.delete",
    permissions: ["access-permissions"],
    body: (version) => (version === "8.6.1" ? strict({ roleId: text }, ["roleId"]) : undefined),
    handler: remove,
  },
];
