/**
 * The settings of a room, as `rooms.saveRoomSettings` and the single setters write them: first everything is judged,
 * then everything is written, each change with its message in the room. Knows no route.
 */
import { meteorError } from "../core/failure.ts";
import type { RoomDoc } from "../core/state.ts";
import { settingOn } from "../settings/read.ts";
import { type Actor, allowed } from "./actor.ts";
import { announce, rename, setJoinCode, setMessage, setType } from "./setters.ts";
import { postSystemMessage, touch } from "./system-message.ts";

interface RoomSetting {
  /** Throws when this caller must not write this value. */
  judge?: (actor: Actor, room: RoomDoc, value: never) => void;
  write: (actor: Actor, room: RoomDoc, value: never) => void;
}

const METHOD = "saveRoomSettings";
const refuse = (reason: string, action: string) =>
  meteorError("error-action-not-allowed", reason, { method: METHOD, action });

function judgeRetention(actor: Actor, room: RoomDoc): void {
  if (!allowed(actor, "edit-room-retention-policy", room._id)) {
    throw refuse("Editing room retention policy is not allowed", "Editing_room");
  }
}

const retention = (member: string): RoomSetting => ({
  judge: judgeRetention,
  write: (_actor, room, value: unknown) => {
    room.retention = { ...room.retention, [member]: value };
  },
});

/** A mark that is kept only while it is set. */
const mark = (room: RoomDoc, member: "favorite" | "featured", on: boolean): void => {
  if (on) room[member] = true;
  else delete room[member];
};

/** In the order of the server's own list; a call's keys are written in the call's order. */
export const ROOM_SETTINGS: Record<string, RoomSetting> = {
  roomAvatar: { write: () => {} },
  featured: { write: (_actor, room, value: boolean) => mark(room, "featured", value) },
  roomName: { write: (actor, room, value: string) => rename(actor, room, value) },
  roomTopic: { write: (actor, room, value: string) => setMessage(actor, room, "topic", value) },
  roomDescription: { write: (actor, room, value: string) => setMessage(actor, room, "description", value) },
  roomAnnouncement: { write: (actor, room, value: string) => announce(actor, room, value) },
  roomCustomFields: {
    write: (_actor, room, value: Record<string, unknown>) => {
      room.customFields = value;
    },
  },
  roomType: {
    judge: (actor, room, value: string) => {
      if (value === room.t) return;
      if (value === "c" && !allowed(actor, "create-c")) {
        throw refuse("Changing a private group to a public channel is not allowed", "Change_Room_Type");
      }
      if (value === "p" && !allowed(actor, "create-p")) {
        throw refuse("Changing a public channel to a private room is not allowed", "Change_Room_Type");
      }
    },
    write: (actor, room, value: string) => setType(actor, room, value),
  },
  systemMessages: {
    write: (_actor, room, value: boolean | string[]) => {
      if (Array.isArray(value) && value.length === 0) delete room.sysMes;
      else room.sysMes = value;
    },
  },
  default: {
    judge: (actor) => {
      if (!allowed(actor, "view-room-administration")) {
        throw refuse("Viewing room administration is not allowed", "Viewing_room_administration");
      }
    },
    write: (_actor, room, value: boolean) => {
      room.default = value;
    },
  },
  joinCode: { write: (_actor, room, value: string) => setJoinCode(room, value) },
  retentionEnabled: retention("enabled"),
  retentionMaxAge: retention("maxAge"),
  retentionExcludePinned: retention("excludePinned"),
  retentionFilesOnly: retention("filesOnly"),
  retentionIgnoreThreads: retention("ignoreThreads"),
  retentionOverrideGlobal: retention("overrideGlobal"),
  encrypted: {
    judge: (actor, room, value: boolean) => {
      if (value === room.encrypted) return;
      if (room.t === "c" || !settingOn(actor.state, "E2E_Enable")) {
        throw refuse("Only groups or direct channels can enable encryption", "Change_Room_Encrypted");
      }
      if (!allowed(actor, "toggle-room-e2e-encryption", room._id)) {
        throw refuse("You do not have permission to toggle E2E encryption", "Change_Room_Encrypted");
      }
    },
    write: (actor, room, value: boolean) => {
      if (value === room.encrypted) return;
      room.encrypted = value;
      postSystemMessage(actor, room, { t: value ? "room_e2e_enabled" : "room_e2e_disabled", msg: actor.user.username });
    },
  },
  favorite: {
    write: (_actor, room, value: { favorite: boolean; defaultValue: boolean }) =>
      mark(room, "favorite", value.favorite && value.defaultValue),
  },
  reactWhenReadOnly: {
    write: (actor, room, value: boolean) => {
      if (value === room.reactWhenReadOnly) return;
      room.reactWhenReadOnly = value;
      postSystemMessage(actor, room, { t: value ? "room-allowed-reacting" : "room-disallowed-reacting", msg: "" });
    },
  },
  readOnly: {
    write: (actor, room, value: boolean) => {
      if (value === room.ro) return;
      room.ro = value;
      postSystemMessage(actor, room, { t: value ? "room-set-read-only" : "room-removed-read-only", msg: "" });
    },
  },
};

/** Writes `settings` to the room `rid`, all or nothing as far as permissions go. */
export function saveRoomSettings(actor: Actor, rid: unknown, settings: Record<string, unknown>): RoomDoc {
  if (Object.keys(settings).some((key) => !Object.hasOwn(ROOM_SETTINGS, key))) {
    throw meteorError("error-invalid-settings", "Invalid settings provided", { method: METHOD });
  }
  const room = typeof rid === "string" ? actor.state.rooms[rid] : undefined;
  if (!room) throw meteorError("error-invalid-room", "Invalid room", { method: METHOD });
  if (!allowed(actor, "edit-room", room._id)) throw refuse("Editing room is not allowed", "Editing_room");
  if (room.broadcast && (settings.readOnly || settings.reactWhenReadOnly)) {
    throw refuse("Editing readOnly/reactWhenReadOnly are not allowed for broadcast rooms", "Editing_room");
  }
  const wanted = Object.entries(settings).map(([key, value]) => ({
    value: value as never,
    setting: ROOM_SETTINGS[key]!,
  }));
  for (const { setting, value } of wanted) setting.judge?.(actor, room, value);
  for (const { setting, value } of wanted) {
    setting.write(actor, room, value);
    touch(actor, room);
  }
  return room;
}
