/** The message that shows an uploaded file. Knows no route. */
import type { RoomDoc, UploadDoc } from "../core/state.ts";
import type { Actor } from "../rooms/actor.ts";
import { parseMarkdown } from "./markdown.ts";
import { storeMessage } from "./post.ts";

export interface Caption {
  msg?: string;
  description?: string;
  tmid?: string;
  fileName?: string;
}

export const linkOf = (upload: UploadDoc): string => `/file-upload/${upload._id}/${encodeURIComponent(upload.name)}`;

/** text, image, audio, video or the like. */
export const typeGroupOf = (upload: UploadDoc): string => upload.type.split("/")[0] ?? "";

function attachmentOf(actor: Actor, upload: UploadDoc, description: string | undefined) {
  const link = linkOf(upload);
  const kind = typeGroupOf(upload);
  const known = kind === "image" || kind === "audio" || kind === "video";
  const md = description ? parseMarkdown(description) : undefined;
  return {
    title: upload.name,
    title_link: link,
    title_link_download: true,
    type: "file",
    ...(description !== undefined && { description }),
    ...(known
      ? { [`${kind}_url`]: link, [`${kind}_type`]: upload.type, [`${kind}_size`]: upload.size }
      : { format: upload.name.split(".").at(-1)?.toUpperCase() ?? "", size: upload.size }),
    ...(actor.is8 && { fileId: upload._id }),
    ...(md && { descriptionMd: md }),
  };
}

/** Shows the file in the room, once. @returns the message as the server answers it. */
export function postFile(actor: Actor, room: RoomDoc, upload: UploadDoc, caption: Caption): object {
  const known = upload.messageId === undefined ? undefined : actor.state.messages[upload.messageId];
  if (!known && caption.fileName) upload.name = caption.fileName;
  if (!known) upload.description = caption.description ?? "";
  const { _id, name, type, size } = upload;
  const file = { _id, name, type, size, format: "", ...(actor.is8 && { typeGroup: typeGroupOf(upload) }) };
  const message =
    known ??
    storeMessage(actor, room, {
      msg: caption.msg ?? "",
      tmid: caption.tmid,
      more: { file, files: [file], attachments: [attachmentOf(actor, upload, caption.description)], groupable: false },
    });
  upload.messageId = message._id;
  const { groupable: _, mentions: __, channels: ___, ...shown } = message;
  return shown;
}
