/** `chat.*`: messages, threads, reactions, pins, stars, search. */
import { failure, meteorError } from "../core/failure.ts";
import { paged, pageOf, sorted, sortOf } from "../core/paging.ts";
import { type Call, crash, may, type Route } from "../core/route.ts";
import type { MessageDoc, RoomDoc } from "../core/state.ts";
import { flag, nonEmpty, open, type Schema, strict, text } from "../core/validate.ts";
import { demandCustomFields } from "../messages/custom-fields.ts";
import { messagesIn, newestFirst } from "../messages/history.ts";
import { pin, star, starsOf, unpin } from "../messages/pins.ts";
import { demandMayPost, joinByPosting, parsedText, storeMessage, withoutStoreTime } from "../messages/post.ts";
import { react } from "../messages/reactions.ts";
import { targetRoom } from "../messages/target.ts";
import { postWebhookMessage } from "../messages/webhook-message.ts";
import { canAccess } from "../rooms/access.ts";
import { shortRefOf } from "../rooms/actor.ts";
import { touch } from "../rooms/system-message.ts";
import { settingOn } from "../settings/read.ts";

const POST: Record<string, Schema> = {
  text: { type: "string", nullable: true },
  alias: { type: "string", nullable: true },
  emoji: { type: "string", nullable: true },
  avatar: { type: "string", nullable: true },
  attachments: { type: "array", items: { type: "object" }, nullable: true },
  customFields: { type: "object", nullable: true },
  parseUrls: flag,
};
const target: Schema = { oneOf: [text, { type: "array", items: text }] };
const postBody: Schema = {
  oneOf: [
    strict({ roomId: target, tmid: { type: "string", nullable: true }, ...POST }, ["roomId"]),
    strict({ channel: target, ...POST }, ["channel"]),
  ],
};

function post(call: Call): object {
  const { body } = call;
  if ((body.alias || body.emoji || body.avatar) && !may(call, "message-impersonate"))
    throw failure("Not enough permission");
  const given = body.roomId ?? body.channel;
  const targets = (Array.isArray(given) ? given : [given]).map(String);
  const rooms = targets.map((name) => ({
    name,
    room: body.roomId !== undefined ? call.state.rooms[name] : targetRoom(call, name),
  }));
  if (rooms.some(({ room }) => !room)) throw meteorError("invalid-channel");
  const posted = rooms.map(({ name, room }) => ({ name, message: postWebhookMessage(call, room as RoomDoc, body) }));
  const [first] = posted;
  if (!first) throw failure("unknown-error");
  return { ts: Date.now(), channel: first.name, message: withoutStoreTime(call, first.message) };
}

function send(call: Call): object {
  const { _id, rid, msg, tmid, ...more } = call.body.message as Record<string, unknown>;
  if (!rid) throw failure("The 'rid' property on the message object is missing.");
  const room = call.state.rooms[String(rid)];
  if (!room) throw failure("error-invalid-room");
  // the server trips over its own duplicate here
  if (typeof _id === "string" && call.state.messages[_id])
    throw crash("Cannot read properties of undefined (reading 'starred')");
  joinByPosting(call, room);
  demandMayPost(call, room);
  if ((more.alias || more.avatar) && !may(call, "message-impersonate", room._id))
    throw failure("Not enough permission");
  const own = typeof _id === "string" ? _id : undefined;
  const draft = { _id: own, msg: String(msg ?? ""), tmid: typeof tmid === "string" ? tmid : undefined, more };
  const message = storeMessage(call, room, draft);
  return { message: own === undefined ? withoutStoreTime(call, message) : message };
}

/** The message that `id` names, in a room that the caller sees. */
function seen(call: Call, id: unknown): { message: MessageDoc; room: RoomDoc } | undefined {
  const message = call.state.messages[String(id)];
  const room = message && call.state.rooms[message.rid];
  return message && room && canAccess(call, room) ? { message, room } : undefined;
}

function named(call: Call, id: unknown): { message: MessageDoc; room: RoomDoc } {
  const found = seen(call, id);
  if (found) return found;
  throw meteorError("error-message-not-found", 'The provided "messageId" does not match any existing message.');
}

/** The message and its room for calls that name both. */
function inRoom(call: Call): { message: MessageDoc; room: RoomDoc } {
  const byFile = call.state.uploads[String(call.body.fileId)];
  const { msgId, roomId } =
    call.body.msgId === undefined && byFile ? { msgId: byFile.messageId, roomId: byFile.rid } : call.body;
  const message = call.state.messages[String(msgId)];
  if (!message) throw failure(`No message found with the id of "${msgId}".`);
  const room = call.state.rooms[message.rid];
  if (!room || message.rid !== roomId) throw failure("The room id provided does not match where the message is from.");
  return { message, room };
}

function update(call: Call): object {
  const { message, room } = inRoom(call);
  const own = message.u._id === call.user._id;
  if (!own && !may(call, "edit-message", room._id)) {
    const details = { method: "updateMessage", action: "Message_editing" };
    throw meteorError("error-action-not-allowed", "Message editing not allowed", details);
  }
  const text = String(call.body.text);
  const { customFields } = call.body;
  demandCustomFields(call, customFields);
  if (customFields !== undefined) message.customFields = customFields;
  if (text !== message.msg || customFields !== undefined) {
    delete message.md;
    Object.assign(message, { msg: text, ...parsedText(call, text, message.parseUrls !== false) });
    message.editedAt = call.clock.now();
    message.editedBy = shortRefOf(call.user);
    touch(call, message);
    call.events.messageSaved(message, false, true);
  }
  return { message };
}

function remove(call: Call): object {
  const { message, room } = inRoom(call);
  const own = message.u._id === call.user._id && may(call, "delete-own-message", room._id);
  if (!own && !may(call, "delete-message", room._id) && !may(call, "force-delete-message", room._id)) {
    throw meteorError("error-action-not-allowed", "Not allowed");
  }
  const { _id, rid, u } = message;
  for (const upload of Object.values(call.state.uploads))
    if (upload.messageId === _id) delete call.state.uploads[upload._id];
  if (settingOn(call.state, "Message_ShowDeletedStatus")) {
    const trace = {
      msg: "",
      t: "rm",
      urls: [],
      mentions: [],
      attachments: [],
      reactions: {},
      editedAt: call.clock.now(),
    };
    Object.assign(message, trace, { editedBy: shortRefOf(call.user) });
    touch(call, message);
    return { _id, ts: String(Date.now()), message: { _id, rid, u } };
  }
  delete call.state.messages[_id];
  call.events.messageDeleted(message);
  room.msgs--;
  if (room.lastMessage?._id === _id) {
    const last = newestFirst(messagesIn(call, room).filter((other) => other.t === undefined))[0];
    if (last) room.lastMessage = withoutStoreTime(call, last);
    else delete room.lastMessage;
  }
  touch(call, room);
  return { _id, ts: String(Date.now()), message: { _id, rid, u } };
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function search(call: Call): object {
  const room = call.state.rooms[String(call.query.roomId)];
  if (!room || !canAccess(call, room)) throw failure();
  const words = wordsOf(String(call.query.searchText));
  const hit = ({ msg, t }: MessageDoc) => t === undefined && wordsOf(msg).some((word) => words.includes(word));
  const { rows } = paged(newestFirst(messagesIn(call, room).filter(hit)), pageOf(call));
  return { messages: rows };
}

/** A page of the messages of `roomId` that `keep` takes. */
const roomPage = (keep: (message: MessageDoc, call: Call) => boolean) => (call: Call) => {
  const room = call.state.rooms[String(call.query.roomId)];
  if (!room || !canAccess(call, room)) throw meteorError("error-not-allowed", "Not allowed");
  const { rows, ...numbers } = paged(
    messagesIn(call, room).filter((message) => keep(message, call)),
    pageOf(call),
  );
  return { messages: rows, ...numbers };
};

function thread(call: Call): object {
  const found = seen(call, call.query.tmid);
  if (!found) throw meteorError("error-invalid-message", "Invalid Message");
  const replies = messagesIn(call, found.room).filter(({ tmid }) => tmid === found.message._id);
  const { rows, ...numbers } = paged(sorted(replies, sortOf(call, { ts: 1 })), pageOf(call));
  return { messages: rows, ...numbers };
}

const messageBody = strict({ messageId: nonEmpty }, ["messageId"]);

const onMessage = (
  name: string,
  act: (call: Call, found: { message: MessageDoc; room: RoomDoc }) => object,
): Route => ({
  method: "POST",
  path: `/api/v1/chat.${name}`,
  body: messageBody,
  handler: (call) => act(call, named(call, call.body.messageId)),
});

const editText = strict(
  { roomId: text, msgId: text, text, previewUrls: { type: "array", items: text }, customFields: { type: "object" } },
  ["roomId", "msgId", "text"],
);
const editContent = strict({ roomId: text, msgId: text, content: { type: "object" } }, ["roomId", "msgId", "content"]);
const byMessage: Record<string, Schema> = { msgId: text, roomId: text, asUser: flag };

export const messageRoutes: readonly Route[] = [
  { method: "POST", path: "/api/v1/chat.postMessage", body: postBody, handler: post },
  {
    method: "POST",
    path: "/api/v1/chat.sendMessage",
    body: strict({ message: { type: "object" }, previewUrls: { type: "array", items: text } }, ["message"]),
    handler: send,
  },
  {
    method: "GET",
    path: "/api/v1/chat.getMessage",
    query: open({ msgId: text }, ["msgId"]),
    handler: (call) => {
      const found = seen(call, call.query.msgId);
      if (!found) throw failure();
      return { message: found.message };
    },
  },
  {
    method: "POST",
    path: "/api/v1/chat.update",
    body: (version) => (version === "7.7.1" ? editText : { oneOf: [editText, editContent] }),
    handler: update,
  },
  {
    method: "POST",
    path: "/api/v1/chat.delete",
    body: (version) =>
      version === "7.7.1"
        ? strict(byMessage, ["msgId", "roomId"])
        : { anyOf: [strict(byMessage, ["msgId", "roomId"]), strict({ ...byMessage, fileId: text }, ["fileId"])] },
    handler: remove,
  },
  {
    method: "POST",
    path: "/api/v1/chat.react",
    body: {
      oneOf: [
        strict({ messageId: nonEmpty, emoji: nonEmpty, shouldReact: flag }, ["emoji", "messageId"]),
        strict({ messageId: nonEmpty, reaction: nonEmpty, shouldReact: flag }, ["reaction", "messageId"]),
      ],
    },
    handler: (call) => {
      const { messageId, emoji, reaction, shouldReact } = call.body;
      react(call, named(call, messageId).message, String(emoji ?? reaction), shouldReact as boolean | undefined);
      return {};
    },
  },
  onMessage("pinMessage", (call, { room, message }) => ({ message: pin(call, room, message) })),
  onMessage("unPinMessage", (call, { room, message }) => {
    unpin(call, room, message);
    return {};
  }),
  onMessage("starMessage", (call, { message }) => {
    star(call, message, true);
    return {};
  }),
  onMessage("unStarMessage", (call, { message }) => {
    star(call, message, false);
    return {};
  }),
  { method: "GET", path: "/api/v1/chat.getPinnedMessages", handler: roomPage(({ pinned }) => pinned === true) },
  {
    method: "GET",
    path: "/api/v1/chat.getStarredMessages",
    handler: roomPage((message, call) => starsOf(message).some(({ _id }) => _id === call.user._id)),
  },
  { method: "GET", path: "/api/v1/chat.getThreadMessages", query: open({ tmid: text }, ["tmid"]), handler: thread },
  {
    method: "GET",
    path: "/api/v1/chat.search",
    query: open({ roomId: text, searchText: text }, ["roomId", "searchText"]),
    handler: search,
  },
];
