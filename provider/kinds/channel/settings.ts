/** Which setting of the server each plain input stands for: how it is read from a room and written to it. Knows no people. */

import { type Room, saveRoomSettings, setCustomFields, setJoinCode } from "../../client/api/rooms.ts";
import type { Client } from "../../client/client.ts";
import { featuresOf } from "../../client/versions.ts";
import { sameField } from "../../engine/compare.ts";
import type { Change } from "../../engine/handler.ts";
import { type ChannelInputs, channelInputs } from "./schema.ts";

interface Aspect {
  /** Key in the body of `rooms.saveRoomSettings`. */
  readonly setting: string;
  readonly read: (room: Room) => unknown;
  readonly send?: (value: unknown) => unknown;
  /** Missing in the short form that an admin sees of a private room it is no member of. */
  readonly membersOnly?: true;
}

const isOn = (value: unknown): boolean => value === true || value === "true";

const ASPECTS: Partial<Record<keyof ChannelInputs, Aspect>> = {
  private: { setting: "roomType", read: (room) => room.t === "p", send: (value) => (value ? "p" : "c") },
  name: { setting: "roomName", read: (room) => room.name ?? "" },
  topic: { setting: "roomTopic", read: (room) => room.topic ?? "" },
  description: { setting: "roomDescription", read: (room) => room.description ?? "" },
  announcement: { setting: "roomAnnouncement", read: (room) => room.announcement ?? "" },
  readOnly: { setting: "readOnly", read: (room) => isOn(room.ro) },
  reactWhenReadOnly: { setting: "reactWhenReadOnly", read: (room) => isOn(room.reactWhenReadOnly) },
  default: { setting: "default", read: (room) => isOn(room.default) },
  featured: { setting: "featured", read: (room) => isOn(room.featured) },
  favorite: {
    setting: "favorite",
    read: (room) => isOn(room.favorite),
    // With defaultValue false the server removes the mark whatever favorite says.
    send: (value) => ({ favorite: value, defaultValue: true }),
  },
  customFields: { setting: "roomCustomFields", read: (room) => room.customFields ?? {}, membersOnly: true },
  encrypted: { setting: "encrypted", read: (room) => isOn(room.encrypted), membersOnly: true },
  systemMessages: {
    setting: "systemMessages",
    read: (room) => (Array.isArray(room.sysMes) ? room.sysMes : []),
    membersOnly: true,
  },
  retentionEnabled: retention("enabled"),
  retentionOverrideGlobal: retention("overrideGlobal"),
  retentionMaxAge: {
    setting: "retentionMaxAge",
    read: (room) => room.retention?.maxAge ?? undefined,
    membersOnly: true,
  },
  retentionExcludePinned: retention("excludePinned"),
  retentionFilesOnly: retention("filesOnly"),
  retentionIgnoreThreads: retention("ignoreThreads"),
};

function retention(key: "enabled" | "overrideGlobal" | "excludePinned" | "filesOnly" | "ignoreThreads"): Aspect {
  return {
    setting: `retention${key.charAt(0).toUpperCase()}${key.slice(1)}`,
    read: (room) => isOn(room.retention?.[key]),
    membersOnly: true,
  };
}

/** The plain inputs as the room has them; what can't be seen is left out. */
export function readSettings(room: Room, declared: Partial<ChannelInputs>): Partial<ChannelInputs> {
  const values: Record<string, unknown> = { broadcast: isOn(room.broadcast) };
  for (const [key, aspect] of Object.entries(ASPECTS)) {
    if (!(room.partial && aspect.membersOnly)) values[key] = aspect.read(room);
  }
  // With UI_Allow_room_names_with_special_chars, `name` is a slug of what was asked for and `fname` keeps that.
  if (declared.name !== undefined && declared.name === room.fname) values.name = declared.name;
  if (values.retentionMaxAge === undefined) delete values.retentionMaxAge;
  return values as Partial<ChannelInputs>;
}

/** What has to be written, by key of `rooms.saveRoomSettings`. Equal values are left out: each write posts a system message. */
export function settingsToSend(room: Room, inputs: ChannelInputs, change: Change): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  const live = readSettings(room, inputs);
  for (const [key, aspect] of Object.entries(ASPECTS)) {
    const name = key as keyof ChannelInputs;
    const wanted = inputs[name];
    if (wanted === undefined || (name in live && sameField(channelInputs.shape[name], wanted, live[name]))) continue;
    body[aspect.setting] = aspect.send ? aspect.send(wanted) : wanted;
  }
  if (body.roomType === "p" && inputs.default === true) body.default = true;
  if (joinCodeDiffers(room, inputs.joinCode, change)) body.joinCode = inputs.joinCode;
  return body;
}

function joinCodeDiffers(room: Room, wanted: string | undefined, change: Change): boolean {
  if (wanted === undefined) return false;
  const isSet = isOn(room.joinCodeRequired);
  if (wanted === "") return isSet || room.partial === true;
  return !isSet || change.reason !== "updated" || change.previous.joinCode !== wanted;
}

/** Writes them in as few calls as the server takes. */
export async function sendSettings(client: Client, room: Room, body: Readonly<Record<string, unknown>>): Promise<void> {
  let rest: Record<string, unknown> = { ...body };
  if (!featuresOf(await client.server()).extendedRoomSettings) {
    const { roomCustomFields, joinCode, ...others } = rest;
    rest = others;
    if (roomCustomFields !== undefined) await setCustomFields(client, room, roomCustomFields);
    if (joinCode !== undefined && joinCode !== "" && room.t === "c")
      await setJoinCode(client, room._id, String(joinCode));
    else if (joinCode !== undefined) rest.joinCode = joinCode;
  }
  const { roomType, ...others } = rest;
  // Becoming private takes `default` away, and only a private room takes `encrypted`.
  const apart = roomType !== undefined && ("encrypted" in others || "default" in others);
  const steps = !apart ? [rest] : roomType === "p" ? [{ roomType }, others] : [others, { roomType }];
  for (const step of steps) {
    if (Object.keys(step).length > 0) await saveRoomSettings(client, room._id, step);
  }
}
