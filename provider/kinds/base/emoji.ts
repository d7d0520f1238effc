/** Names of emoji in arguments, and what a refused one may have meant. Imports no Pulumi; knows no kind. */
import { hasCode } from "../../client/api/codes.ts";
import { react } from "../../client/api/messages.ts";
import type { Client } from "../../client/client.ts";
import { STANDARD_EMOJI } from "../../data/emoji.ts";
import { nearest } from "../../engine/near.ts";
import { isUnknown } from "../../engine/schema.ts";
import { InputError } from "../../errors.ts";

/** What the server takes as the name of a custom emoji; of the standard ones, "piñata" alone has another letter. */
const NAME = /^[\p{L}\p{N}_+.;-]+$/u;

/** ":tada:" for "tada", ":tada:" and " tada ". */
export const asShortcode = (emoji: string): string =>
  isUnknown(emoji) ? emoji : `:${emoji.trim().replace(/^:|:$/g, "")}:`;

/** Why a text can't be the name of any emoji, or undefined. Which custom ones exist, only the server knows. */
export function refuseShape(emoji: string): string | undefined {
  if (isUnknown(emoji)) return undefined;
  const name = asShortcode(emoji).slice(1, -1);
  if (NAME.test(name)) return undefined;
  return name === ""
    ? 'must be the name of an emoji, such as ":tada:"'
    : `"${name}" can't be the name of an emoji: letters, digits and _ + - . are allowed, as in ":tada:"; write the name, not the sign itself`;
}

/** Reacts as the account of the connection, or takes that back. An emoji that the server does not have is an error with near names. */
export async function setReaction(
  client: Client,
  path: string,
  messageId: string,
  emoji: string,
  shouldReact: boolean,
): Promise<void> {
  try {
    await react(client, messageId, emoji, shouldReact);
  } catch (error) {
    if (!hasCode(error, "error-not-allowed") || !/invalid emoji/i.test(error.call.serverMessage ?? "")) throw error;
    const near = nearest(emoji.slice(1, -1), STANDARD_EMOJI, 3).map((name) => `":${name}:"`);
    throw new InputError(
      `${path}: there is no emoji "${emoji}" at ${client.url}${near.length > 0 ? `; did you mean ${near.join(" or ")}?` : "."}`,
      { hint: "Custom emoji must exist first. If the program makes this one, use its `name` output.", cause: error },
    );
  }
}

/** Who reacted is told by name, so this is asked of a message and a username. */
export const hasReacted = (
  { reactions }: { reactions?: Record<string, { usernames: string[] }> | null | undefined },
  emoji: string,
  username: string,
): boolean => reactions?.[emoji]?.usernames.includes(username) === true;
