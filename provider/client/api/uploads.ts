/** Files in rooms: sending one, the list of a room's files, and what a workspace lets people send. Knows no kinds. */
import { z } from "zod";
import type { Client } from "../client.ts";
import { everyRow } from "../paginate.ts";
import { featuresOf } from "../versions.ts";
import { orUndefined } from "./codes.ts";
import type { Room } from "./rooms.ts";
import { publicSettingsOperation } from "./session.ts";

const text = z.string().nullish();

const upload = z.object({
  _id: z.string(),
  name: z.string().nullish(),
  /** In bytes. */
  size: z.number().nullish(),
  /** Media type. */
  type: text,
  rid: text,
  userId: text,
  description: text,
  /** Path on the server. */
  path: text,
  uploadedAt: text,
});

export type Upload = z.infer<typeof upload>;

/** The message that shows a file. */
const fileMessage = z.object({
  _id: z.string(),
  rid: z.string(),
  ts: z.string(),
  msg: text,
  tmid: text,
  file: z.object({ _id: z.string() }).nullish(),
  files: z.array(z.object({ _id: z.string() })).nullish(),
});

export type FileMessage = z.infer<typeof fileMessage>;

const family = ({ t }: Pick<Room, "t">): "channels" | "groups" => (t === "p" ? "groups" : "channels");

/** A page of the files that are shown in a room, newest first. */
export async function listUploads(
  client: Client,
  room: Pick<Room, "_id" | "t">,
  offset: number,
  count: number,
): Promise<{ rows: Upload[]; total: number }> {
  const name = `${family(room)}.files`;
  const { files, total } = await client.call({
    name,
    method: "GET",
    path: `/api/v1/${name}`,
    query: { roomId: room._id, offset, count, sort: JSON.stringify({ uploadedAt: -1 }) },
    repeat: "read",
    response: z.object({ files: z.array(upload), total: z.number() }),
  });
  return { rows: files, total };
}

/** The message that shows the file; undefined when nobody has posted it. Looks back to the moment of the upload. */
export async function messageOfUpload(
  client: Client,
  room: Pick<Room, "_id" | "t">,
  { _id, uploadedAt }: Upload,
): Promise<FileMessage | undefined> {
  const name = `${family(room)}.messages`;
  const since = uploadedAt ? Date.parse(uploadedAt) : 0;
  const page = async (offset: number, count: number) => {
    const { messages, total } = await client.call({
      name,
      method: "GET",
      path: `/api/v1/${name}`,
      query: { roomId: room._id, offset, count, sort: JSON.stringify({ ts: -1 }) },
      repeat: "read",
      response: z.object({ messages: z.array(fileMessage), total: z.number() }),
    });
    return { rows: messages, total };
  };
  for await (const message of everyRow(page)) {
    if (message.file?._id === _id || message.files?.some((file) => file._id === _id)) return message;
    if (Date.parse(message.ts) < since) return undefined;
  }
  return undefined;
}

/** What goes with a file into its message. */
export interface Caption {
  readonly msg?: string | undefined;
  readonly description?: string | undefined;
  readonly tmid?: string | undefined;
}

export interface NewUpload {
  readonly blob: Blob;
  readonly fileName: string;
  /** Media type. */
  readonly type: string;
}

const posted = z.object({ message: fileMessage });

const present = (caption: Caption): Record<string, string> =>
  Object.fromEntries(Object.entries(caption).filter(([, value]) => value !== undefined)) as Record<string, string>;

/** Shows a file that was sent, in its room. One that is shown already is answered as it is (7.7.1, 8.6.1). */
export async function confirmUpload(
  client: Client,
  roomId: string,
  fileId: string,
  caption: Caption,
): Promise<FileMessage> {
  const { message } = await client.call({
    name: "rooms.mediaConfirm",
    method: "POST",
    path: `/api/v1/rooms.mediaConfirm/${roomId}/${fileId}`,
    body: present(caption),
    repeat: "once",
    response: posted,
  });
  return message;
}

/** Reads the file from disk while it is sent. On 8.x in two calls; what is not confirmed, the server removes after a day. */
export async function sendUpload(
  client: Client,
  roomId: string,
  { blob, fileName, type }: NewUpload,
  caption: Caption,
): Promise<FileMessage> {
  const form = new FormData();
  form.append("file", blob.slice(0, blob.size, type), fileName);
  if (!featuresOf(await client.server()).uploadsInTwoSteps) {
    for (const [key, value] of Object.entries(present(caption))) form.append(key, value);
    const { message } = await client.call({
      name: "rooms.upload",
      method: "POST",
      path: `/api/v1/rooms.upload/${roomId}`,
      body: form,
      repeat: "once",
      response: posted,
    });
    return message;
  }
  const { file } = await client.call({
    name: "rooms.media",
    method: "POST",
    path: `/api/v1/rooms.media/${roomId}`,
    body: form,
    repeat: "idempotent",
    response: z.object({ file: z.object({ _id: z.string() }) }),
  });
  return confirmUpload(client, roomId, file._id, caption);
}

/** With its message. One that is gone is no error. */
export async function deleteUpload(client: Client, fileId: string, message: FileMessage | undefined): Promise<void> {
  const { deletesByFile } = featuresOf(await client.server());
  if (!deletesByFile && message === undefined) return;
  const body = message === undefined ? { fileId } : { msgId: message._id, roomId: message.rid };
  await orUndefined(
    client.call({
      name: "chat.delete",
      method: "POST",
      path: "/api/v1/chat.delete",
      body,
      repeat: "idempotent",
      response: z.unknown(),
    }),
  );
}

/** What a workspace lets people send; settings that everybody may read. */
export interface UploadLimits {
  readonly enabled: boolean;
  /** In bytes; undefined: no limit. */
  readonly maxBytes: number | undefined;
  /** Media types, also "image/*"; empty: all. */
  readonly allowed: readonly string[];
  readonly refused: readonly string[];
}

const LIMITS = [
  "FileUpload_Enabled",
  "FileUpload_MaxFileSize",
  "FileUpload_MediaTypeWhiteList",
  "FileUpload_MediaTypeBlackList",
] as const;

export async function uploadLimits(client: Client): Promise<UploadLimits> {
  const { settings } = await client.call(publicSettingsOperation(LIMITS.join(","), 0, 100));
  const value = (id: (typeof LIMITS)[number]) => settings.find(({ _id }) => _id === id)?.value;
  const types = (id: (typeof LIMITS)[number]) =>
    String(value(id) ?? "")
      .split(",")
      .map((type) => type.trim())
      .filter((type) => type !== "");
  const maxBytes = value("FileUpload_MaxFileSize");
  return {
    enabled: value("FileUpload_Enabled") !== false,
    maxBytes: typeof maxBytes === "number" && maxBytes >= 0 ? maxBytes : undefined,
    allowed: types("FileUpload_MediaTypeWhiteList"),
    refused: types("FileUpload_MediaTypeBlackList"),
  };
}
