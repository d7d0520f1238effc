/** Reaction: the account of the connection reacts to one message with one emoji. */
import { hasCode, orUndefined } from "../../client/api/codes.ts";
import { type ApiMessage, getMessage, isDeleted, react } from "../../client/api/messages.ts";
import type { Context, Handler } from "../../engine/handler.ts";
import { isUnknown } from "../../engine/schema.ts";
import { InputError } from "../../errors.ts";
import { asShortcode, hasReacted, refuseShape, setReaction } from "../base/emoji.ts";
import { allMessages } from "../base/room-messages.ts";
import { type ReactionInputs, reactionSchema } from "./schema.ts";

export interface LiveReaction {
  readonly messageId: string;
  /** ":name:" */
  readonly emoji: string;
  readonly username: string;
}

const idOf = ({ messageId, emoji }: LiveReaction): string => `${messageId}/${emoji.slice(1, -1)}`;

function splitId(id: string): { messageId: string; emoji: string } {
  const [messageId, name, ...rest] = id.split("/");
  if (!messageId || !name || rest.length > 0) {
    throw new InputError(
      `"${id}" is not the id of a reaction; it has the form <message id>/<name of the emoji without colons>.`,
    );
  }
  return { messageId, emoji: asShortcode(name) };
}

async function observe(
  { client }: Context,
  message: ApiMessage | undefined,
  emoji: string,
): Promise<LiveReaction | undefined> {
  const { username } = await client.self();
  if (message === undefined || isDeleted(message) || !hasReacted(message, emoji, username)) return undefined;
  return { messageId: message._id, emoji, username };
}

/** One call per message and run, however many reactions to it are declared. */
const shared = ({ client, lists }: Context, messageId: string) =>
  lists
    .of<ApiMessage>(
      `message ${messageId}`,
      async () => {
        const message = await getMessage(client, messageId);
        return { rows: message === undefined ? [] : [message], total: 1 };
      },
      ({ _id }) => _id,
    )
    .row(messageId);

export const reactionHandler: Handler<ReactionInputs, LiveReaction> = {
  kind: "Reaction",
  schema: reactionSchema,
  // Reacting again changes nothing: there is one reaction per account, message and emoji.
  uniqueKey: true,
  existingIsOurs: true,

  describe: ({ emoji, messageId }) =>
    `reaction ${isUnknown(emoji) ? "?" : emoji} to the message "${isUnknown(messageId) ? "?" : messageId}"`,

  normalize: (inputs) => ({ ...inputs, emoji: asShortcode(inputs.emoji) }),

  validate({ emoji }) {
    const reason = emoji === undefined ? undefined : refuseShape(emoji);
    return reason === undefined ? [] : [{ path: "emoji", reason }];
  },

  async *list(ctx) {
    const { username } = await ctx.client.self();
    for await (const { _id: messageId, reactions } of allMessages(ctx)) {
      for (const [emoji, { usernames }] of Object.entries(reactions ?? {}))
        if (usernames.includes(username)) yield { messageId, emoji, username };
    }
  },

  find: async (ctx, { messageId, emoji }) => observe(ctx, await getMessage(ctx.client, messageId), emoji),

  async read(ctx, id, _declared, { fresh }) {
    const { messageId, emoji } = splitId(id);
    const row = fresh ? undefined : await shared(ctx, messageId);
    return observe(ctx, row ?? (fresh ? await getMessage(ctx.client, messageId) : undefined), emoji);
  },

  async create(ctx, { messageId, emoji }) {
    const { client } = ctx;
    try {
      await setReaction(client, "emoji", messageId, emoji, true);
    } catch (error) {
      if (!hasCode(error, "error-message-not-found")) throw error;
      throw new InputError(
        `messageId: there is no message "${messageId}" at ${client.url}, or the account can't see it.`,
        {
          hint: "If the program makes this message, use its `id` output, so that it comes first.",
          cause: error,
        },
      );
    }
    ctx.lists.forget(`message ${messageId}`);
    return { messageId, emoji, username: (await client.self()).username };
  },

  // Everything that can be declared replaces it.
  update: async (_ctx, live) => live,

  async delete(ctx, id) {
    const { messageId, emoji } = splitId(id);
    await orUndefined(react(ctx.client, messageId, emoji, false), "error-message-not-found");
    ctx.lists.forget(`message ${messageId}`);
  },

  map: (live) => ({
    id: idOf(live),
    inputs: { messageId: live.messageId, emoji: live.emoji },
    outputs: { username: live.username },
  }),
};
