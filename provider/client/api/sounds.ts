/** Custom sounds for notifications. Written over REST since 8.5. Knows no kinds. */
import { z } from "zod";
import { InputError } from "../../errors.ts";
import type { Client } from "../client.ts";
import { featuresOf } from "../versions.ts";
import { orUndefined } from "./codes.ts";

export const SOUND_LIST = "custom-sounds.list";

const sound = z.object({
  _id: z.string(),
  name: z.string(),
  extension: z.string().nullish(),
  _updatedAt: z.string().nullish(),
});

export type Sound = z.infer<typeof sound>;

export interface SoundFields {
  readonly name: string;
  readonly sound?: { readonly blob: Blob; readonly type: string; readonly extension: string };
}

/** A page of the list; `name`: contained in the name. */
export async function listSounds(
  client: Client,
  offset: number,
  count: number,
  filter: { name?: string } = {},
): Promise<{ rows: Sound[]; total: number }> {
  const { sounds, total } = await client.call({
    name: SOUND_LIST,
    method: "GET",
    path: "/api/v1/custom-sounds.list",
    query: { offset, count, ...filter },
    repeat: "read",
    response: z.object({ sounds: z.array(sound), total: z.number() }),
  });
  return { rows: sounds, total };
}

/** Since 8.5, as writing. */
export async function getSound(client: Client, id: string): Promise<Sound | undefined> {
  await requireWriting(client);
  const found = await orUndefined(
    client.call({
      name: "custom-sounds.getOne",
      method: "GET",
      path: "/api/v1/custom-sounds.getOne",
      query: { _id: id },
      repeat: "read",
      response: z.object({ sound }),
    }),
  );
  return found?.sound;
}

function formOf({ name, sound: file }: SoundFields, id?: string): FormData {
  const form = new FormData();
  if (file) form.append("sound", file.blob.slice(0, file.blob.size, file.type), `${name}.${file.extension}`);
  if (id !== undefined) form.append("_id", id);
  form.append("name", name);
  return form;
}

/** Throws InputError on servers that have no such calls. */
export async function requireWriting(client: Client): Promise<void> {
  const server = await client.server();
  if (featuresOf(server).writesSounds) return;
  throw new InputError(
    `Custom sounds can be managed over the API since Rocket.Chat 8.5; ${client.url} runs ${server.version}.`,
    { hint: "Update the server, or add the sounds by hand under Workspace > Custom Sounds." },
  );
}

/** Throws ConflictError when the name is taken. */
export async function createSound(client: Client, fields: Required<SoundFields>): Promise<string> {
  await requireWriting(client);
  const answer = await client.call({
    name: "custom-sounds.create",
    method: "POST",
    path: "/api/v1/custom-sounds.create",
    body: formOf(fields),
    repeat: "once",
    response: z.object({ sound: z.object({ _id: z.string() }) }),
  });
  return answer.sound._id;
}

export async function updateSound(client: Client, id: string, fields: SoundFields): Promise<void> {
  await requireWriting(client);
  await client.call({
    name: "custom-sounds.update",
    method: "POST",
    path: "/api/v1/custom-sounds.update",
    body: formOf(fields, id),
    repeat: "idempotent",
    response: z.unknown(),
  });
}

/** One that is gone is no error. */
export async function deleteSound(client: Client, id: string): Promise<void> {
  await requireWriting(client);
  await orUndefined(
    client.call({
      name: "custom-sounds.delete",
      method: "POST",
      path: "/api/v1/custom-sounds.delete",
      body: { _id: id },
      repeat: "idempotent",
      response: z.unknown(),
    }),
    "Custom_Sound_Error_Invalid_Sound",
  );
}
