/** Files in rooms: sent, then confirmed into a message; 7.x has the older single call too. */
import { failure, meteorError, unauthorized } from "../core/failure.ts";
import { objectId, randomId, randomText } from "../core/ids.ts";
import { paged, pageOf, pageProperties, sorted, sortOf } from "../core/paging.ts";
import type { Call, Route } from "../core/route.ts";
import type { RoomDoc, UploadDoc } from "../core/state.ts";
import { demandFile } from "../core/upload.ts";
import { open, text } from "../core/validate.ts";
import { type Caption, linkOf, postFile, typeGroupOf } from "../messages/file-message.ts";
import { canAccess } from "../rooms/access.ts";
import { CHANNELS, type Family, familyRoom, GROUPS } from "../rooms/family.ts";
import { settingNumber } from "../settings/read.ts";
import { pick } from "../users/views.ts";

/** How long an unconfirmed file stays, in ms. */
const PATIENCE = 24 * 3_600_000;

function demandRoom(call: Call): RoomDoc {
  const room = call.state.rooms[call.params.rid!];
  if (!room || !canAccess(call, room)) throw unauthorized();
  return room;
}

function store(call: Call, room: RoomDoc): UploadDoc {
  const noFile = () => (call.is8 ? meteorError("error-no-file", "No file uploaded") : meteorError("No file uploaded"));
  const file = demandFile(call, "file", noFile);
  const most = settingNumber(call.state, "FileUpload_MaxFileSize");
  if (most >= 0 && file.size > most)
    throw meteorError("error-file-too-large", `File exceeds allowed size of ${most} bytes`);
  const now = call.clock.now();
  const upload: UploadDoc = {
    _id: objectId(),
    name: file.filename,
    size: file.size,
    type: file.contentType.split(";")[0] ?? "",
    rid: room._id,
    userId: call.user._id,
    uploadedAt: now,
    _updatedAt: now,
    etag: randomId(),
    token: randomText(10),
  };
  call.state.uploads[upload._id] = upload;
  return upload;
}

function media(call: Call) {
  const upload = store(call, demandRoom(call));
  return { file: { _id: upload._id, url: linkOf(upload) } };
}

const CAPTION_KEYS = [
  ..."msg description tmid fileName customFields alias emoji avatar groupable t content".split(" "),
];

function confirm(call: Call) {
  const room = demandRoom(call);
  const upload = call.state.uploads[call.params.fileId!];
  const tooLate = upload && !upload.messageId && call.clock.ms() - Date.parse(upload.uploadedAt) > PATIENCE;
  if (!upload || upload.rid !== room._id || tooLate) throw meteorError("invalid-file");
  const unknown = Object.keys(call.body).find((key) => !CAPTION_KEYS.includes(key));
  if (unknown) throw failure(`Match error: Unknown key in field ${unknown}`);
  upload._updatedAt = call.clock.now();
  return { message: postFile(call, room, upload, call.body as Caption) };
}

function uploadAtOnce(call: Call) {
  const room = demandRoom(call);
  return { message: postFile(call, room, store(call, room), call.body as Caption) };
}

function row(call: Call, upload: UploadDoc) {
  const { messageId: _, ...stored } = upload;
  const user = call.state.users[upload.userId];
  return {
    ...stored,
    content: null,
    store: "GridFS:Uploads",
    complete: true,
    progress: 1,
    uploading: false,
    path: linkOf(upload),
    url: `${call.siteUrl}/ufs/GridFS:Uploads/${upload._id}/${encodeURIComponent(upload.name)}`,
    typeGroup: typeGroupOf(upload),
    ...(user && { user: pick(user, ["_id", "username", "name"]) }),
  };
}

function files(call: Call, family: Family) {
  const room = familyRoom(call, family, call.query, { archivedToo: true });
  const shown = Object.values(call.state.uploads)
    .filter((upload) => upload.rid === room._id && upload.messageId !== undefined)
    .map((upload) => row(call, upload));
  const { rows, ...numbers } = paged(sorted(shown, sortOf(call, { uploadedAt: -1 })), pageOf(call));
  return { files: rows, ...numbers };
}

const listQuery = open({ ...pageProperties, roomId: text, roomName: text });

export const uploadRoutes: readonly Route[] = [
  { method: "POST", path: "/api/v1/rooms.media/:rid", handler: media },
  { method: "POST", path: "/api/v1/rooms.mediaConfirm/:rid/:fileId", handler: confirm },
  { method: "POST", path: "/api/v1/rooms.upload/:rid", only: "7.7.1", handler: uploadAtOnce },
  { method: "GET", path: "/api/v1/channels.files", query: listQuery, handler: (call) => files(call, CHANNELS) },
  { method: "GET", path: "/api/v1/groups.files", query: listQuery, handler: (call) => files(call, GROUPS) },
];
