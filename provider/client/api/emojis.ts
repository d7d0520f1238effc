/** Custom emoji: images under names of the workspace's own. Knows no kinds. */
import { z } from "zod";
import type { Client } from "../client.ts";
import { orUndefined } from "./codes.ts";

export const EMOJI_LIST = "emoji-custom.list";

const emoji = z.object({
  _id: z.string(),
  name: z.string(),
  aliases: z.array(z.string()).nullish(),
  extension: z.string().nullish(),
  /** Changes with every update; older servers have none. */
  etag: z.string().nullish(),
  _updatedAt: z.string().nullish(),
});

export type Emoji = z.infer<typeof emoji>;

/** All of them, or the one with an id: the list has no pages. */
export async function listEmojis(client: Client, id?: string): Promise<Emoji[]> {
  const { emojis } = await client.call({
    name: EMOJI_LIST,
    method: "GET",
    path: "/api/v1/emoji-custom.list",
    query: { _id: id },
    repeat: "read",
    response: z.object({ emojis: z.object({ update: z.array(emoji) }) }),
  });
  return emojis.update;
}

export interface EmojiFields {
  readonly name: string;
  readonly aliases: readonly string[];
  /** `extension` without the dot; the server keeps it. */
  readonly image?: { readonly blob: Blob; readonly type: string; readonly extension: string };
}

/** The file goes first: older servers read the form as it comes. Aliases left out are erased. */
function formOf({ name, aliases, image }: EmojiFields, id?: string): FormData {
  const form = new FormData();
  if (image) form.append("emoji", image.blob.slice(0, image.blob.size, image.type), `${name}.${image.extension}`);
  if (id !== undefined) form.append("_id", id);
  form.append("name", name);
  form.append("aliases", aliases.join(","));
  return form;
}

/** Throws ConflictError when the name or an alias is taken. The answer does not tell the id. */
export async function createEmoji(client: Client, fields: Required<EmojiFields>): Promise<void> {
  await client.call({
    name: "emoji-custom.create",
    method: "POST",
    path: "/api/v1/emoji-custom.create",
    body: formOf(fields),
    repeat: "once",
    response: z.unknown(),
  });
}

export async function updateEmoji(client: Client, id: string, fields: EmojiFields): Promise<void> {
  await client.call({
    name: "emoji-custom.update",
    method: "POST",
    path: "/api/v1/emoji-custom.update",
    body: formOf(fields, id),
    repeat: "idempotent",
    response: z.unknown(),
  });
}

/** One that is gone is no error. */
export async function deleteEmoji(client: Client, emojiId: string): Promise<void> {
  await orUndefined(
    client.call({
      name: "emoji-custom.delete",
      method: "POST",
      path: "/api/v1/emoji-custom.delete",
      body: { emojiId },
      repeat: "idempotent",
      response: z.unknown(),
    }),
    "Custom_Emoji_Error_Invalid_Emoji",
  );
}
