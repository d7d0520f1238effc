/** Reactions to messages. Knows no route. */

import { STANDARD_EMOJI } from "../../data/emoji.ts";
import { meteorError } from "../core/failure.ts";
import type { MessageDoc } from "../core/state.ts";
import type { Actor } from "../rooms/actor.ts";
import { touch } from "../rooms/system-message.ts";

type Reactions = Record<string, { usernames: string[] }>;

const isKnown = (actor: Actor, name: string): boolean =>
  STANDARD_EMOJI.has(name) ||
  Object.values(actor.state.emojis).some((custom) => custom.name === name || custom.aliases.includes(name));

/** @param wanted undefined toggles. */
export function react(actor: Actor, message: MessageDoc, emoji: string, wanted: boolean | undefined): void {
  const name = emoji.replace(/^:|:$/g, "");
  if (!isKnown(actor, name)) {
    throw meteorError("error-not-allowed", "Invalid emoji provided.", { method: "setReaction" });
  }
  const key = `:${name}:`;
  const { username } = actor.user;
  const reactions: Reactions = { ...(message.reactions as Reactions | undefined) };
  const usernames = reactions[key]?.usernames ?? [];
  const has = usernames.includes(username);
  const add = wanted ?? !has;
  if (add === has) return;
  const next = add ? [...usernames, username] : usernames.filter((other) => other !== username);
  if (next.length > 0) reactions[key] = { usernames: next };
  else delete reactions[key];
  if (Object.keys(reactions).length > 0) message.reactions = reactions;
  else delete message.reactions;
  touch(actor, message);
  actor.events.messageSaved(message, false);
}
