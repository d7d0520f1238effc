/** FileUpload: one file in one room, and the message that shows it. Known by its content: another content is another upload. */
import { updateMessage } from "../../client/api/messages.ts";
import type { Room } from "../../client/api/rooms.ts";
import {
  type Caption,
  confirmUpload,
  deleteUpload,
  messageOfUpload,
  sendUpload,
  type Upload,
} from "../../client/api/uploads.ts";
import type { Context, Declared, Handler } from "../../engine/handler.ts";
import { hasUnknown, isUnknown } from "../../engine/schema.ts";
import { InputError, UnexpectedResponseError } from "../../errors.ts";
import { type FileRules, lookAt } from "../base/files/content.ts";
import { baseNameOf, nameOf, sourceOf } from "../base/files/input.ts";
import { inspectFile } from "../base/files/inspect.ts";
import { type Content, withContent } from "../base/files/use.ts";
import { plainRoom, requireRoom, roomList } from "../base/room.ts";
import { refusedFor } from "./limits.ts";
import { findUpload, forgetUploads, type LiveUpload, observeUpload, sharedUploads } from "./observe.ts";
import { type FileUploadInputs, fileUploadSchema } from "./schema.ts";

const FILES: FileRules = { noun: "files" };
/** As the engine counts unrecorded work, and an hour for a clock that is behind. */
const DAY_MS = 25 * 60 * 60 * 1_000;

const givenName = ({ file, fileName }: Pick<FileUploadInputs, "file" | "fileName">): string | undefined =>
  fileName ?? (isUnknown(file) ? undefined : baseNameOf(sourceOf(file)));

const describe = (inputs: Partial<FileUploadInputs>): string => {
  const name = inputs.fileName ?? (inputs.file === undefined ? undefined : givenName({ file: inputs.file }));
  return `file ${JSON.stringify(name ?? "?")} in "${inputs.channel ?? "?"}"`;
};

const captionOf = ({ text, description, threadMessageId }: FileUploadInputs): Caption => ({
  msg: text,
  description,
  tmid: threadMessageId,
});

const typeOf = ({ mediaType }: FileUploadInputs, { type, isText }: Pick<Content, "type" | "isText">): string =>
  mediaType ?? type ?? (isText ? "text/plain" : "application/octet-stream");

/** What can be compared of the content: the server keeps name and size. */
const fits =
  (name: string, size: number, by?: string) =>
  (upload: Upload): boolean =>
    upload.name === name && upload.size === size && (by === undefined || upload.userId === by);

async function find(ctx: Context, inputs: FileUploadInputs): Promise<LiveUpload | undefined> {
  const { client } = ctx;
  const name = givenName(inputs) ?? "";
  const room = await requireRoom(client, inputs.channel);
  const { size } = await withContent(inputs, FILES, describe(inputs), async ({ blob }) => ({ size: blob.size }));
  const adopts = (inputs as Declared).adopt === true;
  const by = adopts ? undefined : (await client.self()).userId;
  // Older ones are nobody's unfinished work: a full room is not read to its end.
  const since = adopts ? 0 : Date.now() - DAY_MS;
  const upload = await findUpload(ctx, room, fits(name, size, by), since);
  return upload && { room, upload, message: await messageOfUpload(client, room, upload) };
}

async function send(ctx: Context, room: Room, inputs: FileUploadInputs): Promise<LiveUpload> {
  const { client } = ctx;
  const what = describe(inputs);
  const fileName = givenName(inputs) ?? "";
  return withContent(inputs, FILES, what, async (content) => {
    const { blob } = content;
    const type = typeOf(inputs, content);
    const reasons = await refusedFor(client, nameOf(sourceOf(inputs.file)), { size: blob.size, type });
    if (reasons.length > 0) throw new InputError(`${what}: file: ${reasons.join("; ")}.`);
    const message = await sendUpload(client, room._id, { blob, fileName, type }, captionOf(inputs));
    forgetUploads(ctx, room._id);
    const fileId = message.file?._id ?? message.files?.[0]?._id;
    const upload = fileId && (await findUpload(ctx, room, ({ _id }) => _id === fileId));
    if (upload) return { room, upload, message };
    throw new UnexpectedResponseError(
      `${what}: the server took it, but does not list it among the room's files.`,
      { operation: "rooms.mediaConfirm", request: "POST /api/v1/rooms.mediaConfirm" },
      { maybeSent: true },
    );
  });
}

export const fileUploadHandler: Handler<FileUploadInputs, LiveUpload> = {
  kind: "FileUpload",
  schema: fileUploadSchema,
  uniqueKey: false,
  describe,

  normalize: (inputs) => ({
    ...inputs,
    channel: plainRoom(inputs.channel),
    ...(inputs.fileName !== undefined && { fileName: inputs.fileName.trim() }),
  }),

  validate({ file, fileName, contentHash }) {
    if (file === undefined || hasUnknown(file)) return [];
    const failures: { path: string; reason: string }[] = [];
    const source = sourceOf(file);
    if (source.kind === "address" && contentHash === undefined && typeof file === "string") {
      failures.push({
        path: "contentHash",
        reason: `is required for a file behind an address: the SHA-256 of ${nameOf(source)} in hex, as sha256sum prints it`,
      });
    }
    if (fileName === undefined && baseNameOf(source) === undefined) {
      failures.push({ path: "fileName", reason: `is required, for ${nameOf(source)} has no name of its own` });
    }
    return failures;
  },

  inspect: (inputs) => inspectFile(inputs, FILES),

  async foresee({ client }, inputs, olds) {
    const { file, contentHash, mediaType } = inputs;
    const isSent = contentHash === olds.contentHash && mediaType === olds.mediaType;
    if (file === undefined || hasUnknown([file, contentHash, mediaType]) || isSent) return [];
    const source = sourceOf(file);
    if (source.kind === "address") return [];
    const seen = await lookAt(source, FILES).catch(() => undefined);
    // Gone since it was inspected: sending it will say so.
    if (seen === undefined) return [];
    const type = typeOf(inputs as FileUploadInputs, seen);
    const reasons = await refusedFor(client, nameOf(source), { size: seen.blob.size, type });
    return reasons.map((reason) => ({ path: "file", reason }));
  },

  async *list(ctx) {
    for (const type of ["c", "p"] as const) {
      for (const room of (await roomList(ctx, type).rows()).values()) {
        for (const upload of (await sharedUploads(ctx, room).rows()).values()) yield { room, upload };
      }
    }
  },

  find,

  read: (ctx, id, declared, { fresh, state }) =>
    observeUpload(ctx, id, { fresh, state }, fresh || declared.text !== undefined),

  async create(ctx, inputs) {
    return send(ctx, await requireRoom(ctx.client, inputs.channel), inputs);
  },

  async update(ctx, live, inputs) {
    const { client } = ctx;
    const { room, upload } = live;
    // A run that was killed between the two calls of an upload.
    const message = live.message ?? (await confirmUpload(client, room._id, upload._id, captionOf(inputs)));
    const { text } = inputs;
    if (text === undefined || text === (message.msg ?? "")) return { ...live, message };
    await updateMessage(client, message, { text });
    return { ...live, message: { ...message, msg: text } };
  },

  async delete(ctx, id, _declared, _mode, state) {
    const live = await observeUpload(ctx, id, { fresh: true, state }, false);
    if (live === undefined) return;
    const message = live.message ?? (await messageOfUpload(ctx.client, live.room, live.upload));
    await deleteUpload(ctx.client, id, message);
    forgetUploads(ctx, live.room._id);
  },

  map: ({ room, upload, message }, { client }, declared) => ({
    id: upload._id,
    inputs: {
      // The state holds the room's id: a renamed room is still the one that was meant.
      channel: declared.channel ?? room._id,
      fileName: upload.name ?? "",
      description: upload.description ?? "",
      // A message that was not asked for keeps what was declared.
      ...(message?.ts && { text: message.msg ?? "", threadMessageId: message.tmid ?? "" }),
    },
    outputs: {
      roomId: room._id,
      messageId: message?._id,
      size: upload.size ?? undefined,
      fileUrl: upload.path ? `${client.url}${upload.path}` : undefined,
    },
  }),

  origin: ({ upload: { userId, uploadedAt } }) => ({
    createdBy: userId ?? undefined,
    createdAt: uploadedAt ? new Date(uploadedAt) : undefined,
  }),
};
