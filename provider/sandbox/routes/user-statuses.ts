/** custom-user-status.*: statuses that users can choose beside the usual ones. */
import { failure, meteorError } from "../core/failure.ts";
import { objectId } from "../core/ids.ts";
import { paged, pageOf, pageProperties, sorted, sortOf } from "../core/paging.ts";
import { type Call, may, type Route } from "../core/route.ts";
import type { UserStatusDoc } from "../core/state.ts";
import { open, strict, text } from "../core/validate.ts";

const METHOD = { method: "insertOrUpdateUserStatus" };
const TYPES = ["", "online", "away", "busy", "offline"];

function demandRight(call: Call): void {
  if (!may(call, "manage-user-status")) throw meteorError("not_authorized");
}

const invalid = (input: string, label: string, field: string) =>
  meteorError("error-input-is-not-a-valid-field", `${input} is not a valid ${label}`, { ...METHOD, input, field });

/** Release 7.7.1 looks at keys by hand. */
function demandKeys(call: Call, required: readonly string[], known: readonly string[]): void {
  if (call.is8) return;
  for (const key of required) if (call.body[key] === undefined) throw failure(`Match error: Missing key '${key}'`);
  for (const key of Object.keys(call.body))
    if (!known.includes(key)) throw failure(`Match error: Unknown key in field ${key}`);
}

function check(call: Call, name: string, statusType: string, own?: string): void {
  if (name.trim() === "")
    throw meteorError("error-the-field-is-required", "The field Name is required", { ...METHOD, field: "Name" });
  if (/[><&"'/\\]/.test(name)) throw invalid(name, "name", "Name");
  if (Object.values(call.state.userStatuses).some((known) => known.name === name && known._id !== own)) {
    const code = "Custom_User_Status_Error_Name_Already_In_Use";
    throw meteorError(code, "The custom user status name is already in use", METHOD);
  }
  if (!TYPES.includes(statusType)) throw invalid(statusType, "status type", "StatusType");
}

function create(call: Call) {
  demandKeys(call, ["name"], ["name", "statusType"]);
  demandRight(call);
  const { name, statusType = "" } = call.body as { name: string; statusType?: string };
  check(call, name, statusType);
  const customUserStatus: UserStatusDoc = { _id: objectId(), name, statusType, _updatedAt: call.clock.now() };
  call.state.userStatuses[customUserStatus._id] = customUserStatus;
  return { customUserStatus };
}

function update(call: Call) {
  demandKeys(call, ["_id", "name"], ["_id", "name", "statusType"]);
  const { _id, name } = call.body as { _id: string; name: string };
  const status = call.state.userStatuses[_id];
  if (!status) throw failure(`No custom user status found with the id of "${_id}".`);
  // left out, the type is erased by 8.6.1 and kept by 7.7.1
  const statusType = (call.body.statusType as string | undefined) ?? (call.is8 ? "" : status.statusType);
  demandRight(call);
  check(call, name, statusType, _id);
  return { customUserStatus: Object.assign(status, { name, statusType, _updatedAt: call.clock.now() }) };
}

function remove(call: Call) {
  const id = call.body.customUserStatusId as string | undefined;
  if (!id) throw failure('The "customUserStatusId" params is required!');
  demandRight(call);
  if (!call.state.userStatuses[id]) {
    const details = { method: "deleteCustomUserStatus" };
    throw meteorError("Custom_User_Status_Error_Invalid_User_Status", "Invalid user status", details);
  }
  delete call.state.userStatuses[id];
  return {};
}

function list(call: Call) {
  const { name, _id } = call.query as { name?: string; _id?: string };
  const fits = (status: UserStatusDoc): boolean =>
    (!_id || status._id === _id) && (!name || status.name.toLowerCase().includes(name.toLowerCase()));
  const statuses = sorted(Object.values(call.state.userStatuses).filter(fits), sortOf(call, { name: 1 }));
  const { rows, ...numbers } = paged(statuses, pageOf(call));
  return { statuses: rows, ...numbers };
}

const in8 = (schema: ReturnType<typeof strict>) => (version: string) => (version === "8.6.1" ? schema : undefined);
const fields = { name: text, statusType: text };

export const userStatusRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/v1/custom-user-status.list",
    query: open({ ...pageProperties, name: text, _id: text }),
    handler: list,
  },
  {
    method: "POST",
    path: "/api/v1/custom-user-status.create",
    body: in8(strict(fields, ["name"])),
    handler: create,
  },
  {
    method: "POST",
    path: "/api/v1/custom-user-status.update",
    body: in8(strict({ _id: text, ...fields }, ["_id", "name"])),
    handler: update,
  },
  {
    method: "POST",
    path: "/api/v1/custom-user-status.delete",
    body: in8(strict({ customUserStatusId: text }, ["customUserStatusId"])),
    handler: remove,
  },
];
