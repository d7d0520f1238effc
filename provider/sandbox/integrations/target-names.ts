/** The rooms and people that an integration names. Knows no route. */
import { meteorError } from "../core/failure.ts";
import { subscriptionOf } from "../core/lookups.ts";
import { type Actor, allowed, userByName } from "../rooms/actor.ts";
import { roomByName } from "../rooms/family.ts";
import type { Direction } from "./rights.ts";

/** What an outgoing integration may name in place of rooms. */
const SCOPES = ["all_public_channels", "all_private_groups", "all_direct_messages"];

export const splitNames = (text: string): string[] => text.split(",").map((name) => name.trim());

export function demandMarks(names: readonly string[], direction: Direction, details: object): void {
  const fine = (name: string) => "#@".includes(name[0] ?? " ") || (direction === "outgoing" && SCOPES.includes(name));
  if (names.every(fine)) return;
  throw meteorError("error-invalid-channel-start-with-chars", "Invalid channel. Start with @ or #", details);
}

/** Throws where a name means nothing, or a room in which this caller must not set up integrations. */
export function demandTargets(actor: Actor, names: readonly string[], direction: Direction, details: object): void {
  for (const name of names) {
    if (SCOPES.includes(name)) continue;
    const bare = name.slice(1);
    const room = name[0] === "#" ? (actor.state.rooms[bare] ?? roomByName(actor, bare)) : undefined;
    const person = name[0] === "@" ? (actor.state.users[bare] ?? userByName(actor, bare)) : undefined;
    if (!room && !person) throw meteorError("error-invalid-room", "Invalid room", details);
    if (allowed(actor, `manage-${direction}-integrations`)) continue;
    if (room && !subscriptionOf(actor.state, actor.user._id, room._id)) {
      throw meteorError("error-invalid-channel", "Invalid Channel", details);
    }
  }
}
