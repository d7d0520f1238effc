/** CustomEmoji: an image under a name of the workspace's own. The server tells neither the id of a new one nor the image's content. */
import {
  createEmoji,
  deleteEmoji,
  EMOJI_LIST,
  type Emoji,
  type EmojiFields,
  listEmojis,
  updateEmoji,
} from "../../client/api/emojis.ts";
import { sameField } from "../../engine/compare.ts";
import type { Context, Declared, Handler } from "../../engine/handler.ts";
import { ConflictError, UnexpectedResponseError, ValidationError } from "../../errors.ts";
import type { FileRules } from "../base/files/content.ts";
import { inspectFile } from "../base/files/inspect.ts";
import { driftOf, mustSend } from "../base/files/sent.ts";
import { type Content, withContent } from "../base/files/use.ts";
import { originOf } from "../base/origin.ts";
import { type CustomEmojiInputs, customEmojiInputs, customEmojiSchema } from "./schema.ts";

const IMAGES: FileRules & { types: Record<string, string> } = {
  noun: "images",
  types: { "image/png": "png", "image/gif": "gif", "image/jpeg": "jpg", "image/webp": "webp" },
  maxBytes: 5 * 1024 * 1024,
};

/** As read, with what the state knows of it. */
interface LiveEmoji extends Emoji {
  readonly state?: Declared | undefined;
}

const describe = ({ name }: Partial<CustomEmojiInputs>): string => `custom emoji "${name ?? "?"}"`;

const sharedList = ({ client, lists }: Context) =>
  lists.of<Emoji>(
    EMOJI_LIST,
    async () => {
      const rows = await listEmojis(client);
      return { rows, total: rows.length };
    },
    ({ _id }) => _id,
  );

const fromApi = ({ name, aliases }: Emoji) => ({ name, aliases: aliases ?? [] });

const imageOf = ({ blob, type = "" }: Content): Required<EmojiFields>["image"] => ({
  blob,
  type,
  extension: IMAGES.types[type] ?? "png",
});

async function find({ client }: Context, { name }: Pick<CustomEmojiInputs, "name">): Promise<LiveEmoji | undefined> {
  return (await listEmojis(client)).find((emoji) => emoji.name === name);
}

/** Servers of 7.x refuse a name that is taken without a word. */
async function explain({ client }: Context, inputs: CustomEmojiInputs, error: unknown): Promise<never> {
  if (!(error instanceof ValidationError) || error.call.errorType || error.call.serverMessage) throw error;
  const wanted = [inputs.name, ...(inputs.aliases ?? [])];
  for (const { name, aliases } of await listEmojis(client)) {
    const taken = wanted.find((word) => word === name || aliases?.includes(word));
    if (taken === undefined) continue;
    throw new ConflictError(
      `${describe(inputs)}: ":${taken}:" is already in use, by the emoji "${name}".`,
      error.call,
      {
        cause: error,
      },
    );
  }
  throw error;
}

const revisionOf = ({ etag, _updatedAt }: Emoji): string | undefined => etag ?? _updatedAt ?? undefined;

const imageUrl = ({ name, extension }: Emoji, { client }: Context): string | undefined =>
  extension ? `${client.url}/emoji-custom/${encodeURIComponent(name)}.${extension}` : undefined;

export const customEmojiHandler: Handler<CustomEmojiInputs, LiveEmoji> = {
  kind: "CustomEmoji",
  schema: customEmojiSchema,
  uniqueKey: true,
  describe,

  validate({ name, aliases }) {
    return Array.isArray(aliases) && name !== undefined && aliases.includes(name)
      ? [{ path: "aliases", reason: `"${name}" is the name itself` }]
      : [];
  },

  inspect: (inputs) => inspectFile(inputs, IMAGES),

  async *list(ctx) {
    yield* (await sharedList(ctx).rows()).values();
  },

  find,

  async read(ctx, id, _declared, { fresh, state }) {
    const row = fresh ? undefined : await sharedList(ctx).row(id);
    const live = row ?? (await listEmojis(ctx.client, id)).find(({ _id }) => _id === id);
    return live && { ...live, state };
  },

  async create(ctx, inputs) {
    const { name, aliases = [] } = inputs;
    await withContent(inputs, IMAGES, describe(inputs), (content) =>
      createEmoji(ctx.client, { name, aliases, image: imageOf(content) }).catch((error: unknown) =>
        explain(ctx, inputs, error),
      ),
    );
    ctx.lists.forget(EMOJI_LIST);
    const live = await find(ctx, inputs);
    if (live !== undefined) return live;
    throw new UnexpectedResponseError(
      `${describe(inputs)}: the server took it, but does not list it under this name.`,
      { operation: EMOJI_LIST, request: "GET /api/v1/emoji-custom.list" },
      { maybeSent: true },
    );
  },

  async update(ctx, live, inputs, change) {
    const now = fromApi(live);
    const { name, aliases = now.aliases } = inputs;
    const sends = mustSend(inputs, change);
    if (!sends && name === now.name && sameField(customEmojiInputs.shape.aliases, aliases, now.aliases)) return live;
    const write = (content?: Content) =>
      updateEmoji(ctx.client, live._id, { name, aliases, ...(content && { image: imageOf(content) }) });
    await (sends ? withContent(inputs, IMAGES, describe(inputs), write) : write());
    ctx.lists.forget(EMOJI_LIST);
    const [after] = await listEmojis(ctx.client, live._id);
    return after ?? { ...live, name, aliases: [...aliases] };
  },

  async delete(ctx, id) {
    await deleteEmoji(ctx.client, id);
    ctx.lists.forget(EMOJI_LIST);
  },

  contentUrl: imageUrl,

  map: (live, ctx) => ({
    id: live._id,
    inputs: { ...fromApi(live), ...driftOf(revisionOf(live), live.state) },
    outputs: {
      revision: revisionOf(live),
      imageUrl: imageUrl(live, ctx),
    },
  }),

  origin: (live) => originOf(live, live._id),
};
