/** custom-sounds.*: sounds of the workspace's own; written over REST since 8.5. The sounds themselves are not kept. */
import { failure, meteorError, refuse } from "../core/failure.ts";
import { objectId } from "../core/ids.ts";
import { paged, pageOf, pageProperties, sorted, sortOf } from "../core/paging.ts";
import type { Call, Route } from "../core/route.ts";
import type { SoundDoc } from "../core/state.ts";
import { demandFile, fileIn } from "../core/upload.ts";
import { open, type Schema, strict, text, validate } from "../core/validate.ts";

const permissions = ["manage-sounds"];

function demandFields(call: Call, schema: Schema): void {
  const error = validate(schema, call.body, false);
  if (error) throw meteorError(`Invalid fields  ${error}`);
}

function demandFreeName(call: Call, name: string, own?: string): void {
  if (Object.values(call.state.sounds).some((sound) => sound.name === name && sound._id !== own))
    throw failure("The custom sound name is already in use [Custom_Sound_Error_Name_Already_In_Use]");
}

const extensionOf = (filename: string): string => filename.split(".").at(-1) ?? "mp3";

function create(call: Call) {
  const file = demandFile(call, "sound");
  demandFields(call, strict({ name: text }, ["name"]));
  const name = call.body.name as string;
  demandFreeName(call, name);
  const _id = objectId();
  call.state.sounds[_id] = { _id, name, extension: extensionOf(file.filename), _updatedAt: call.clock.now() };
  return { sound: { _id } };
}

function update(call: Call) {
  const file = fileIn(call, "sound");
  demandFields(call, strict({ _id: text, name: text }, ["_id", "name"]));
  const { _id, name } = call.body as { _id: string; name: string };
  const sound = call.state.sounds[_id];
  if (!sound) throw failure("Custom Sound not found.");
  demandFreeName(call, name, _id);
  const extension = file ? extensionOf(file.filename) : sound.extension;
  Object.assign(sound, { name, extension, _updatedAt: call.clock.now() } satisfies Partial<SoundDoc>);
  return {};
}

function remove(call: Call) {
  const id = call.body._id as string;
  if (!call.state.sounds[id]) throw failure("Custom_Sound_Error_Invalid_Sound");
  delete call.state.sounds[id];
  return {};
}

function getOne(call: Call) {
  const sound = call.state.sounds[call.query._id as string];
  if (!sound) throw refuse({ status: 404, json: { success: false, error: "Custom Sound not found." } });
  return { sound };
}

function list(call: Call) {
  const name = typeof call.query.name === "string" ? call.query.name.toLowerCase() : "";
  const found = Object.values(call.state.sounds).filter((sound) => sound.name.toLowerCase().includes(name));
  const { rows, ...numbers } = paged(sorted(found, sortOf(call, { name: 1 })), pageOf(call));
  return { sounds: rows, ...numbers };
}

const only = "8.6.1";

export const soundRoutes: readonly Route[] = [
  { method: "GET", path: "/api/v1/custom-sounds.list", query: open({ ...pageProperties, name: text }), handler: list },
  { method: "GET", path: "/api/v1/custom-sounds.getOne", only, query: strict({ _id: text }, ["_id"]), handler: getOne },
  { method: "POST", path: "/api/v1/custom-sounds.create", only, permissions, handler: create },
  { method: "POST", path: "/api/v1/custom-sounds.update", only, permissions, handler: update },
  {
    method: "POST",
    path: "/api/v1/custom-sounds.delete",
    only,
    permissions,
    body: strict({ _id: text }, ["_id"]),
    handler: remove,
  },
];
