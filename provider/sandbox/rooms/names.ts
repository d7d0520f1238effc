/** What a room may be called. Knows no route. */
import { meteorError } from "../core/failure.ts";
import { settingOn, settingText } from "../settings/read.ts";
import { type Actor, userByName } from "./actor.ts";
import { roomByName } from "./family.ts";

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);

const slug = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/[^\w\s.-]/g, "")
    .trim()
    .replace(/\s+/g, "-")
    .toLowerCase();

/**
 * The stored name for a wanted one. With special characters allowed it is a slug, numbered while taken.
 * @param roomId the room that may have the name already (rename).
 */
export function validRoomName(actor: Actor, wanted: string, roomId?: string): string {
  const special = settingOn(actor.state, "UI_Allow_room_names_with_special_chars");
  const name = special ? slug(wanted) : wanted;
  const details = { function: "RocketChat.getValidRoomName", channel_name: escapeHtml(wanted) };
  const pattern = new RegExp(`^${settingText(actor.state, "UTF8_Channel_Names_Validation")}$`);
  if (!pattern.test(name)) {
    throw meteorError("error-invalid-room-name", `${escapeHtml(wanted)} is not a valid room name.`, details);
  }
  const holder = roomByName(actor, name);
  if (!holder || holder._id === roomId) return name;
  if (special) {
    for (let next = 1; ; next++) {
      const numbered = `${name}-${next}`;
      if (!roomByName(actor, numbered)) return numbered;
    }
  }
  if (holder.archived) {
    const reason = `There's an archived channel with name ${escapeHtml(name)}`;
    throw meteorError("error-archived-duplicate-name", reason, details);
  }
  throw meteorError("error-duplicate-channel-name", `A channel with name '${escapeHtml(name)}' exists`, details);
}

/** Throws when a person has the name: people and rooms share one space of handles on rename. */
export function demandFreeHandle(actor: Actor, name: string): void {
  const taken = userByName(actor, name) !== undefined;
  if (taken) {
    throw meteorError("error-duplicate-handle", `A room, team or user with name '${name}' already exists`, {
      function: "RocketChat.updateRoomName",
      handle: name,
    });
  }
}
