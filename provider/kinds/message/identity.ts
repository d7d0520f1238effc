/** Which id a message gets, and which message a declaration means. Writes nothing. */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type ApiMessage, getMessage, isDeleted } from "../../client/api/messages.ts";
import type { Client } from "../../client/client.ts";
import { OwnershipError } from "../../errors.ts";
import { fromApi } from "./form.ts";
import type { MessageInputs } from "./schema.ts";

/** More deleted messages than this under one key are nobody's. */
const MOST_IDS = 100;

/**
 * The ids that a message may have, best first. A worked-out id can be taken for good: by a deleted message that the workspace shows
 * as such, or by one that was replaced and retained. Then the next one is tried.
 */
export function idsFor(roomId: string, { messageId, idempotencyKey, text }: MessageInputs): string[] {
  if (messageId !== undefined) return [messageId];
  const seed = JSON.stringify([idempotencyKey ?? text ?? "", roomId]);
  return Array.from({ length: MOST_IDS }, (_, index) =>
    createHash("sha256").update(`${seed} ${index}`).digest("hex").slice(0, 24),
  );
}

/** What a message holds from its making, and the text. */
const SUBSTANCE = ["text", "threadMessageId", "alias", "emoji", "avatar", "attachments"] as const;

/** The message was made from these inputs, or by somebody who knew its id. */
export const isOfThisMaking = (message: ApiMessage, inputs: MessageInputs): boolean => {
  if (isDeleted(message)) return false;
  if (inputs.messageId !== undefined) return true;
  const now = fromApi(message, inputs);
  return SUBSTANCE.every((key) => inputs[key] === undefined || isDeepStrictEqual(now[key], inputs[key]));
};

export async function findOwn(
  client: Client,
  what: string,
  roomId: string,
  inputs: MessageInputs,
): Promise<ApiMessage | undefined> {
  for (const id of idsFor(roomId, inputs)) {
    const message = await getMessage(client, id);
    if (message === undefined) return undefined;
    if (!isOfThisMaking(message, inputs)) continue;
    if (message.rid === roomId) return message;
    throw new OwnershipError(`${what}: messageId: a message in another room has the id "${id}".`, {
      hint: "Ids are unique on the whole server: choose another one.",
    });
  }
  return undefined;
}
