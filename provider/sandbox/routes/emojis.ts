/** emoji-custom.*: images under names of the workspace's own. The images themselves are not kept. */
import { failure, meteorError } from "../core/failure.ts";
import { objectId, sha256Hex } from "../core/ids.ts";
import { paged, pageOf, pageProperties, sorted, sortOf } from "../core/paging.ts";
import { type Call, may, type Route, type UploadedFile } from "../core/route.ts";
import type { EmojiDoc } from "../core/state.ts";
import { demandFile, fileIn } from "../core/upload.ts";
import { open, strict, text } from "../core/validate.ts";

const PERMISSION = "manage-emoji";
const METHOD = { method: "insertOrUpdateEmoji" };

const slug = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s:]+/g, "_");

function aliasesOf(call: Call): string[] {
  const given = call.body.aliases;
  return typeof given === "string"
    ? given
        .split(",")
        .map(slug)
        .filter((alias) => alias !== "")
    : [];
}

/** Release 7.7.1 refuses a creation without a text. */
const refusal = (call: Call, ...error: Parameters<typeof meteorError>) =>
  call.is8 || call.body._id !== undefined ? meteorError(...error) : failure();

function demandRight(call: Call): void {
  if (!may(call, PERMISSION)) throw refusal(call, "not_authorized");
}

function demandImage(file: UploadedFile): string {
  const [kind, subtype = ""] = file.contentType.split("/");
  if (kind !== "image")
    throw meteorError("emoji-is-not-image", "Emoji file provided cannot be uploaded since it's not an image");
  return file.filename.split(".").at(-1) ?? subtype;
}

const freshTag = (call: Call, _id: string): string =>
  sha256Hex(`${_id} ${call.clock.ms()} ${Math.random()}`).slice(0, 6);

/** Name and aliases, which no other emoji has. */
function checked(call: Call, own?: string): { name: string; aliases: string[] } {
  const { name: given } = call.body;
  if (typeof given !== "string" || given.trim() === "")
    throw refusal(call, "error-the-field-is-required", "The field Name is required", { ...METHOD, field: "Name" });
  const name = slug(given);
  const aliases = aliasesOf(call).filter((alias) => alias !== name);
  const wanted = [name, ...aliases];
  const taken = Object.values(call.state.emojis).some(
    (emoji) => emoji._id !== own && [emoji.name, ...emoji.aliases].some((known) => wanted.includes(known)),
  );
  if (taken) {
    const reason = "The custom emoji or one of its aliases is already in use";
    throw refusal(call, "Custom_Emoji_Error_Name_Or_Alias_Already_In_Use", reason, METHOD);
  }
  return { name, aliases };
}

function create(call: Call) {
  const file = demandFile(call, "emoji");
  const extension = demandImage(file);
  demandRight(call);
  const _id = objectId();
  const emoji: EmojiDoc = { _id, ...checked(call), extension, _updatedAt: call.clock.now(), etag: freshTag(call, _id) };
  call.state.emojis[_id] = emoji;
  return {};
}

function update(call: Call) {
  const file = fileIn(call, "emoji");
  const missing = 'The required "_id" query param is missing.';
  if (typeof call.body._id !== "string") throw meteorError(missing);
  const emoji = call.state.emojis[call.body._id];
  if (!emoji) throw meteorError("Emoji not found.");
  const extension = file ? demandImage(file) : emoji.extension;
  demandRight(call);
  Object.assign(emoji, checked(call, emoji._id), {
    extension,
    _updatedAt: call.clock.now(),
    etag: freshTag(call, emoji._id),
  });
  return {};
}

function remove(call: Call) {
  const id = call.body.emojiId as string | undefined;
  if (!id) throw failure('The "emojiId" params is required!');
  if (!may(call, PERMISSION)) throw meteorError("not_authorized");
  const emoji = call.state.emojis[id];
  if (!emoji) throw meteorError("Custom_Emoji_Error_Invalid_Emoji", "Invalid emoji", { method: "deleteEmojiCustom" });
  delete call.state.emojis[id];
  call.state.deletedEmojis[id] = { ...emoji, _deletedAt: call.clock.now(), __collection__: "custom_emoji" };
  return {};
}

function list(call: Call) {
  const { _id, updatedSince } = call.query as { _id?: string; updatedSince?: string };
  const since = updatedSince === undefined ? undefined : Date.parse(updatedSince);
  if (Number.isNaN(since)) {
    const reason = 'The "updatedSince" query parameter must be a valid date.';
    throw meteorError("error-roomId-param-invalid", reason);
  }
  const update = Object.values(call.state.emojis).filter(
    (emoji) => (!_id || emoji._id === _id) && (since === undefined || Date.parse(emoji._updatedAt) > since),
  );
  const deleted = Object.values(call.state.deletedEmojis);
  const remove = since === undefined ? [] : deleted.filter((emoji) => Date.parse(emoji._deletedAt) > since);
  return { emojis: { update, remove } };
}

function all(call: Call) {
  // the filter by name came with 8.x
  const name = call.is8 && typeof call.query.name === "string" ? call.query.name.toLowerCase() : "";
  const found = Object.values(call.state.emojis).filter((emoji) =>
    [emoji.name, ...emoji.aliases].some((known) => known.toLowerCase().includes(name)),
  );
  const { rows, ...numbers } = paged(sorted(found, sortOf(call, { name: 1 })), pageOf(call));
  return { emojis: rows, ...numbers };
}

export const emojiRoutes: readonly Route[] = [
  { method: "POST", path: "/api/v1/emoji-custom.create", handler: create },
  { method: "POST", path: "/api/v1/emoji-custom.update", handler: update },
  {
    method: "POST",
    path: "/api/v1/emoji-custom.delete",
    body: (version) => (version === "8.6.1" ? strict({ emojiId: text }, ["emojiId"]) : undefined),
    handler: remove,
  },
  { method: "GET", path: "/api/v1/emoji-custom.list", handler: list },
  { method: "GET", path: "/api/v1/emoji-custom.all", query: open({ ...pageProperties, name: text }), handler: all },
];
