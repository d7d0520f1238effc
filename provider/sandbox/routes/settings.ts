/** settings.*: reading, writing one or many, the public ones, custom sign-in services. */
import { failure, meteorError } from "../core/failure.ts";
import { paged, pageOf, pageProperties, sorted, sortOf } from "../core/paging.ts";
import { type Call, may, type Route } from "../core/route.ts";
import { open, strict, text } from "../core/validate.ts";
import { builtInSettings } from "../data/catalogue.ts";
import { addCustomOAuth, customServices } from "../settings/custom-oauth.ts";
import { packageValue, settingValue } from "../settings/read.ts";
import { demandType, settingExists, writeSetting } from "../settings/write.ts";

function isPublic(call: Call, id: string): boolean {
  return builtInSettings(call.version)[id]?.public ?? call.state.settings[id]?.added?.public ?? false;
}

function allIds(call: Call): string[] {
  const added = Object.keys(call.state.settings).filter((id) => call.state.settings[id]?.added);
  return [...Object.keys(builtInSettings(call.version)), ...added];
}

function page(call: Call, ids: readonly string[], withDefaults: boolean) {
  const rows = ids.map((_id) => {
    if (!settingExists(call.state, _id)) return { _id, enterprise: false };
    return {
      _id,
      enterprise: false,
      value: settingValue(call.state, _id, call.siteUrl),
      ...(withDefaults && { packageValue: packageValue(call.state, _id, call.siteUrl) }),
    };
  });
  const { rows: settings, ...numbers } = paged(sorted(rows, sortOf(call, { _id: 1 })), pageOf(call));
  return { settings, ...numbers };
}

function list(call: Call) {
  const all = may(call, "view-privileged-setting");
  const ids = allIds(call).filter((id) => all || isPublic(call, id));
  return page(call, ids, String(call.query.includeDefaults) === "true");
}

function publicOnes(call: Call) {
  const wanted = typeof call.query._id === "string" ? call.query._id.split(",") : undefined;
  const ids = allIds(call).filter((id) => isPublic(call, id) && (wanted === undefined || wanted.includes(id)));
  return page(call, ids, false);
}

function read(call: Call) {
  const _id = call.params._id!;
  if (!settingExists(call.state, _id)) throw failure();
  return { _id, value: settingValue(call.state, _id, call.siteUrl) };
}

function write(call: Call) {
  const _id = call.params._id!;
  const { value, editor, execute } = call.body;
  if (!settingExists(call.state, _id)) throw failure();
  if (value === undefined) {
    if (execute === true) return {};
    throw failure();
  }
  writeSetting(call.state, _id, value, editor, call.clock.now());
  return {};
}

interface Wanted {
  _id: string;
  value: unknown;
  editor?: string;
}

/** All or nothing. */
function writeMany(call: Call) {
  const wanted = call.body.settings as Wanted[];
  if (!may(call, "edit-privileged-setting")) {
    const details = { method: "saveSettings", settingIds: wanted.map(({ _id }) => _id) };
    throw meteorError("error-action-not-allowed", "Editing settings is not allowed", details);
  }
  for (const { _id, value } of wanted) demandType(call.state, _id, value);
  for (const { _id, value, editor } of wanted)
    if (settingExists(call.state, _id)) writeSetting(call.state, _id, value, editor, call.clock.now());
  return {};
}

function addService(call: Call) {
  const { name } = call.body;
  if (typeof name !== "string" || name.trim() === "")
    throw meteorError("error-name-param-not-provided", 'The parameter "name" is required');
  if (!may(call, "add-oauth-service")) {
    const details = { method: "addOAuthService", action: "Adding_OAuth_Services" };
    throw meteorError("error-action-not-allowed", "Adding OAuth Services is not allowed", details);
  }
  addCustomOAuth(call.state, name, call.clock.now());
  return {};
}

const one = strict({ _id: text, value: {}, editor: text }, ["_id"]);

export const settingRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/v1/settings",
    query: strict({ ...pageProperties, includeDefaults: text, fields: text }),
    handler: list,
  },
  {
    method: "POST",
    path: "/api/v1/settings",
    only: "8.6.1",
    twoFactor: "always",
    body: strict({ settings: { type: "array", items: one, minItems: 1 } }, ["settings"]),
    handler: writeMany,
  },
  {
    method: "GET",
    path: "/api/v1/settings.public",
    auth: false,
    query: strict({ ...pageProperties, _id: text, fields: text }),
    handler: publicOnes,
  },
  {
    method: "GET",
    path: "/api/v1/settings.oauth",
    auth: false,
    handler: (call) => ({ services: customServices(call.state) }),
  },
  {
    method: "GET",
    path: "/api/v1/service.configurations",
    auth: false,
    handler: (call) => ({ configurations: customServices(call.state) }),
  },
  {
    method: "POST",
    path: "/api/v1/settings.addCustomOAuth",
    twoFactor: true,
    body: (version) => (version === "8.6.1" ? strict({ name: text }, ["name"]) : undefined),
    handler: addService,
  },
  {
    method: "GET",
    path: "/api/v1/settings/:_id",
    permissions: ["view-privileged-setting"],
    handler: read,
  },
  {
    method: "POST",
    path: "/api/v1/settings/:_id",
    permissions: ["edit-privileged-setting"],
    twoFactor: true,
    body: open({}),
    handler: write,
  },
];
