/** Message: one message in a room, with an id of its own so that it is written once. */
import { isDeepStrictEqual } from "node:util";
import {
  type ApiMessage,
  deleteMessage,
  getMessage,
  isDeleted,
  sendMessage,
  setPinned,
  updateMessage,
} from "../../client/api/messages.ts";
import { type Room, resolveRoom } from "../../client/api/rooms.ts";
import type { Client } from "../../client/client.ts";
import type { Context, Handler } from "../../engine/handler.ts";
import { isUnknown } from "../../engine/schema.ts";
import { ConflictError, InputError } from "../../errors.ts";
import { asShortcode, refuseShape, setReaction } from "../base/emoji.ts";
import { forgetMessages, ownMessages, readMessage } from "../base/room-messages.ts";
import { fromApi, reactionsOf } from "./form.ts";
import { findOwn, idsFor, isOfThisMaking } from "./identity.ts";
import { explained } from "./refusals.ts";
import { type MessageInputs, messageSchema } from "./schema.ts";
import { refuseSize } from "./size.ts";

export interface LiveMessage {
  readonly message: ApiMessage;
  /** The account of the connection, where its reactions are asked for. */
  readonly username?: string | undefined;
}

const START_LENGTH = 30;

function describe({ channel, text, messageId }: Partial<MessageInputs>): string {
  const start = (text ?? "").split("\n")[0] ?? "";
  const name = messageId ?? (start.length > START_LENGTH ? `${start.slice(0, START_LENGTH)}…` : start);
  return `message${isUnknown(text) || name === "" ? "" : ` "${name}"`} in "${isUnknown(channel) ? "?" : (channel ?? "?")}"`;
}

async function requireRoom(client: Client, { channel }: MessageInputs): Promise<Room> {
  const room = await resolveRoom(client, channel);
  if (room !== undefined) return room;
  throw new InputError(`channel: there is no room with the id or name "${channel}" at ${client.url}.`, {
    hint: "If the program makes this room, use its `id` output, so that it comes first.",
  });
}

/** Only who declares reactions needs to know whose they are. */
const withAccount = async ({ client }: Context, message: ApiMessage, inputs: MessageInputs): Promise<LiveMessage> => ({
  message,
  username: inputs.reactions === undefined ? undefined : (await client.self()).username,
});

export const messageHandler: Handler<MessageInputs, LiveMessage> = {
  kind: "Message",
  schema: messageSchema,
  uniqueKey: true,
  describe,

  normalize(inputs) {
    const { channel, text, emoji, reactions } = inputs;
    return {
      ...inputs,
      channel: isUnknown(channel) ? channel : channel.trim().replace(/^#/, ""),
      ...(text !== undefined && !isUnknown(text) && { text: text.trim() }),
      ...(emoji && { emoji: asShortcode(emoji) }),
      ...(Array.isArray(reactions) && { reactions: [...new Set(reactions.map(asShortcode))] }),
    };
  },

  validate({ text, attachments, emoji, reactions }) {
    const failures: { path: string; reason: string }[] = [];
    const isBlank = (value: unknown) => !isUnknown(value) && (value === undefined || (value as string).length === 0);
    if (isBlank(text) && isBlank(attachments)) {
      failures.push({ path: "text", reason: "must not be empty, unless there are attachments" });
    }
    const refuse = (path: string, name: string) => {
      const reason = refuseShape(name);
      if (reason !== undefined) failures.push({ path, reason });
    };
    if (emoji) refuse("emoji", emoji);
    if (Array.isArray(reactions)) for (const [index, name] of reactions.entries()) refuse(`reactions[${index}]`, name);
    return failures;
  },

  async foresee({ client }, { text }) {
    const reason = text === undefined || isUnknown(text) ? undefined : await refuseSize(client, text);
    return reason === undefined ? [] : [{ path: "text", reason }];
  },

  async *list(ctx) {
    const { username } = await ctx.client.self();
    for await (const message of ownMessages(ctx)) yield { message, username };
  },

  async find(ctx, inputs) {
    const room = await resolveRoom(ctx.client, inputs.channel);
    const message = room && (await findOwn(ctx.client, describe(inputs), room._id, inputs));
    return message && withAccount(ctx, message, inputs);
  },

  async read(ctx, id, declared, { fresh, state }) {
    const message = await readMessage(ctx, id, state?.roomId as string | undefined, fresh);
    return message && withAccount(ctx, message, declared);
  },

  async create(ctx, inputs) {
    const { client } = ctx;
    const room = await requireRoom(client, inputs);
    const message = await explained(client, describe(inputs), inputs, () => send(client, room._id, inputs));
    forgetMessages(ctx, room._id);
    return withAccount(ctx, message, inputs);
  },

  async update(ctx, live, inputs) {
    const { client } = ctx;
    let { message } = live;
    const now = fromApi(message, inputs);
    const { text = now.text, customFields, pinned, reactions } = inputs;
    const fieldsDiffer = customFields !== undefined && !isDeepStrictEqual(customFields, now.customFields);
    await explained(client, describe(inputs), inputs, async () => {
      if (text !== now.text || fieldsDiffer) {
        await updateMessage(client, message, { text, ...(fieldsDiffer && { customFields }) });
        message = { ...message, msg: text, ...(fieldsDiffer && { customFields }) };
      }
      if (pinned !== undefined && pinned !== now.pinned) {
        await setPinned(client, message._id, pinned);
        message = { ...message, pinned };
      }
    });
    if (reactions !== undefined) message = await syncReactions(client, message, reactions);
    if (message !== live.message) forgetMessages(ctx, message.rid);
    return withAccount(ctx, message, inputs);
  },

  async delete(ctx, id) {
    const message = await getMessage(ctx.client, id);
    if (message === undefined || isDeleted(message)) return;
    await deleteMessage(ctx.client, message);
    forgetMessages(ctx, message.rid);
  },

  map: ({ message, username }, _ctx, declared) => ({
    id: message._id,
    inputs: {
      // The id holds the room: a renamed room is still the one that was meant.
      channel: declared.channel ?? message.rid,
      messageId: message._id,
      ...fromApi(message, declared as Partial<MessageInputs>),
      ...(username !== undefined && { reactions: reactionsOf(message, username) }),
    },
    outputs: { roomId: message.rid, author: message.u.username ?? undefined, createdAt: message.ts },
  }),

  origin: ({ message: { u, ts, editedAt } }) => ({
    createdBy: u._id,
    createdAt: new Date(ts),
    untouched: !editedAt,
  }),
};

/** Under the first id that is free. ConflictError when this very message is there already. */
async function send(client: Client, roomId: string, inputs: MessageInputs): Promise<ApiMessage> {
  const { text = "", threadMessageId, alias, emoji, avatar, attachments, customFields } = inputs;
  const body = { rid: roomId, msg: text, tmid: threadMessageId, alias, emoji, avatar, attachments, customFields };
  let taken: unknown;
  for (const _id of idsFor(roomId, inputs)) {
    try {
      return await sendMessage(client, { ...body, _id });
    } catch (error) {
      if (!(error instanceof ConflictError) || !error.call.serverMessage?.match(/'starred'|E11000/)) throw error;
      const holder = await getMessage(client, _id);
      if (holder !== undefined && isOfThisMaking(holder, inputs)) throw error;
      taken = error;
    }
  }
  throw new InputError(
    `messageId: the id "${inputs.messageId}" belongs to a deleted message, which the server keeps.`,
    {
      hint: "Choose another id, or leave it out: then a free one is found.",
      cause: taken,
    },
  );
}

/** As the account itself; what others react with stays. */
async function syncReactions(client: Client, live: ApiMessage, wanted: readonly string[]): Promise<ApiMessage> {
  const { username } = await client.self();
  const now = reactionsOf(live, username);
  const reactions = { ...live.reactions };
  for (const emoji of wanted.filter((name) => !now.includes(name))) {
    await setReaction(client, "reactions", live._id, emoji, true);
    reactions[emoji] = { usernames: [...(reactions[emoji]?.usernames ?? []), username] };
  }
  for (const emoji of now.filter((name) => !wanted.includes(name))) {
    await setReaction(client, "reactions", live._id, emoji, false);
    reactions[emoji] = { usernames: (reactions[emoji]?.usernames ?? []).filter((name) => name !== username) };
  }
  return wanted.length === now.length && wanted.every((name) => now.includes(name)) ? live : { ...live, reactions };
}
