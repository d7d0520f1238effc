/** The single setters of channels and groups: each writes one setting of the room. */
import { failure } from "../core/failure.ts";
import type { Call, Route } from "../core/route.ts";
import { flag } from "../core/validate.ts";
import { type Family, familyRoom } from "../rooms/family.ts";
import { roomView } from "../rooms/present.ts";
import { saveRoomSettings } from "../rooms/settings.ts";
import { namedRoom } from "./family-lifecycle.ts";

interface Setter {
  /** The route's last word: setTopic. */
  call: string;
  /** The member of the body with the new value. */
  member: string;
  /** The setting that it is. */
  setting: string;
  /** What the room has now, where the family refuses to write the same again. */
  current?: ((room: Record<string, unknown>) => unknown) | undefined;
  /** What the sentence about the same value calls it. */
  noun?: string;
  /** Answer with the value in place of the room. */
  echo?: boolean;
  /** What counts as not given; only absence by default. */
  missing?: (value: unknown) => boolean;
}

const blank = (value: unknown): boolean => typeof value !== "string" || value.trim() === "";

const run = (family: Family, setter: Setter) => (call: Call) => {
  const value = call.body[setter.member];
  const missing = setter.missing ?? ((given: unknown) => given === undefined);
  if (missing(value)) throw failure(`The bodyParam "${setter.member}" is required`);
  const room = familyRoom(call, family, call.body);
  if (setter.current?.(room as never) === value && setter.current) {
    const verb = setter.member === "name" ? "renamed to" : "changed to";
    throw failure(`The ${family.noun} ${setter.noun ?? setter.member} is the same as what it would be ${verb}.`);
  }
  saveRoomSettings(call, room._id, { [setter.setting]: value });
  return setter.echo ? { [setter.member]: value } : { [family.key]: roomView(room) };
};

/** Channels refuse to write most values again, groups only two of them. */
function settersOf(family: Family): Setter[] {
  const strict = family.t === "c";
  const now = (member: string) => (strict ? (room: Record<string, unknown>) => room[member] : undefined);
  return [
    { call: "rename", member: "name", setting: "roomName", current: now("name"), missing: blank },
    { call: "setTopic", member: "topic", setting: "roomTopic", current: now("topic"), echo: true },
    {
      call: "setDescription",
      member: "description",
      setting: "roomDescription",
      current: now("description"),
      echo: true,
    },
    {
      call: "setPurpose",
      member: "purpose",
      setting: "roomDescription",
      current: now("description"),
      noun: "purpose (description)",
      echo: true,
    },
    { call: "setAnnouncement", member: "announcement", setting: "roomAnnouncement", echo: true },
    {
      call: "setReadOnly",
      member: "readOnly",
      setting: "readOnly",
      current: (room) => room.ro,
      noun: "read only setting",
    },
    { call: "setType", member: "type", setting: "roomType", current: (room) => room.t, missing: blank },
    ...(strict
      ? [{ call: "setJoinCode", member: "joinCode", setting: "joinCode", missing: blank }]
      : [{ call: "setEncrypted", member: "encrypted", setting: "encrypted" }]),
  ];
}

function setCustomFields(family: Family): (call: Call) => object {
  return (call) => {
    const { customFields } = call.body;
    if (typeof customFields !== "object" || customFields === null) {
      throw failure('The bodyParam "customFields" is required with a type like object.');
    }
    const room = familyRoom(call, family, call.body);
    saveRoomSettings(call, room._id, { roomCustomFields: customFields });
    return { [family.key]: roomView(room) };
  };
}

/** Its two error codes are the wrong way round in the server. */
function setDefault(family: Family): (call: Call) => object {
  return (call) => {
    if (call.body.default === undefined) {
      throw failure('The bodyParam "default" is required', "error-channels-setdefault-is-same");
    }
    const room = familyRoom(call, family, call.body);
    const value = call.body.default === true || call.body.default === "true";
    if (room.default === value) {
      throw failure(
        "The channel default setting is the same as what it would be changed to.",
        "error-channels-setdefault-missing-default-param",
      );
    }
    saveRoomSettings(call, room._id, { default: value });
    return { channel: roomView(room) };
  };
}

export function setterRoutes(family: Family): Route[] {
  const base = `/api/v1/${family.prefix}`;
  const routes: Route[] = settersOf(family).map((setter) => ({
    method: "POST",
    path: `${base}.${setter.call}`,
    handler: run(family, setter),
  }));
  routes.push({ method: "POST", path: `${base}.setCustomFields`, handler: setCustomFields(family) });
  if (family.t === "p") return routes;
  const readOnly = routes.find(({ path }) => path.endsWith(".setReadOnly"));
  if (readOnly) Object.assign(readOnly, { legacy: true, body: namedRoom({ readOnly: flag }, ["readOnly"]) });
  routes.push({
    method: "POST",
    path: `${base}.setDefault`,
    permissions: ["view-room-administration"],
    handler: setDefault(family),
  });
  return routes;
}
