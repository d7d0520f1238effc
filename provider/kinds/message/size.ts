/** How long a message is by the server's count, and how long it may be. */
import { messageSizeLimit } from "../../client/api/messages.ts";
import type { Client } from "../../client/client.ts";
import { STANDARD_EMOJI } from "../../data/emoji.ts";

/** The server's default of `Message_MaxAllowedSize`. Texts up to it are sent without asking for the limit first. */
const DEFAULT_LIMIT = 5_000;

const segmenter = new Intl.Segmenter();

/** Characters as people see them; an emoji written by its name is one. */
export function sizeOf(text: string): number {
  const adjusted = text.replace(/:\w+:/g, (match) => (STANDARD_EMOJI.has(match.slice(1, -1)) ? " " : match));
  let size = 0;
  for (const _ of segmenter.segment(adjusted)) size++;
  return size;
}

const tooLong = (text: string, limit: number): string =>
  `must have at most ${limit} characters, the workspace's limit (setting Message_MaxAllowedSize), but has ${sizeOf(text)}`;

/** Why the text can't be sent, or undefined. Asks the server only about texts that its default would refuse. */
export async function refuseSize(client: Client, text: string): Promise<string | undefined> {
  const size = text.length <= DEFAULT_LIMIT ? 0 : sizeOf(text);
  if (size <= DEFAULT_LIMIT) return undefined;
  const limit = (await messageSizeLimit(client)) ?? DEFAULT_LIMIT;
  return size > limit ? tooLong(text, limit) : undefined;
}

/** After the server has refused the size: its limit may be lower than the default. */
export const explainSize = async (client: Client, text: string): Promise<string> =>
  tooLong(text, (await messageSizeLimit(client)) ?? DEFAULT_LIMIT);
