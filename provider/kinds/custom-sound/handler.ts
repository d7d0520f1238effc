/** CustomSound: a notification sound of the workspace's own. Servers before 8.5 have no calls for it. */
import {
  createSound,
  deleteSound,
  getSound,
  listSounds,
  SOUND_LIST,
  type Sound,
  type SoundFields,
  updateSound,
} from "../../client/api/sounds.ts";
import { everyRow } from "../../client/paginate.ts";
import type { Context, Declared, Handler } from "../../engine/handler.ts";
import type { FileRules } from "../base/files/content.ts";
import { inspectFile } from "../base/files/inspect.ts";
import { driftOf, mustSend } from "../base/files/sent.ts";
import { type Content, withContent } from "../base/files/use.ts";
import { originOf } from "../base/origin.ts";
import { type CustomSoundInputs, customSoundSchema } from "./schema.ts";

const SOUNDS: FileRules & { types: Record<string, string> } = {
  noun: "sounds",
  types: { "audio/mpeg": "mp3", "audio/wav": "wav" },
  maxBytes: 5 * 1024 * 1024,
};

/** As read, with what the state knows of it. */
interface LiveSound extends Sound {
  readonly state?: Declared | undefined;
}

const describe = ({ name }: Partial<CustomSoundInputs>): string => `custom sound "${name ?? "?"}"`;

const sharedList = ({ client, lists }: Context) =>
  lists.of<Sound>(
    SOUND_LIST,
    (offset, count) => listSounds(client, offset, count),
    ({ _id }) => _id,
  );

const soundOf = ({ blob, type = "" }: Content): Required<SoundFields>["sound"] => ({
  blob,
  type,
  extension: SOUNDS.types[type] ?? "mp3",
});

export const customSoundHandler: Handler<CustomSoundInputs, LiveSound> = {
  kind: "CustomSound",
  schema: customSoundSchema,
  uniqueKey: true,
  describe,

  inspect: (inputs) => inspectFile(inputs, SOUNDS),

  async *list(ctx) {
    yield* (await sharedList(ctx).rows()).values();
  },

  async find({ client }, { name }) {
    for await (const row of everyRow((offset, count) => listSounds(client, offset, count, { name }))) {
      if (row.name === name) return row;
    }
    return undefined;
  },

  async read(ctx, id, _declared, { fresh, state }) {
    const row = fresh ? undefined : await sharedList(ctx).row(id);
    if (row === null) return undefined;
    const live = row ?? (await getSound(ctx.client, id));
    return live && { ...live, state };
  },

  async create(ctx, inputs) {
    const { name } = inputs;
    const _id = await withContent(inputs, SOUNDS, describe(inputs), (content) =>
      createSound(ctx.client, { name, sound: soundOf(content) }),
    );
    ctx.lists.forget(SOUND_LIST);
    return (await getSound(ctx.client, _id)) ?? { _id, name };
  },

  async update(ctx, live, inputs, change) {
    const { name } = inputs;
    const sends = mustSend(inputs, change);
    if (!sends && name === live.name) return live;
    const write = (content?: Content) =>
      updateSound(ctx.client, live._id, { name, ...(content && { sound: soundOf(content) }) });
    await (sends ? withContent(inputs, SOUNDS, describe(inputs), write) : write());
    ctx.lists.forget(SOUND_LIST);
    return (await getSound(ctx.client, live._id)) ?? { ...live, name };
  },

  async delete(ctx, id) {
    await deleteSound(ctx.client, id);
    ctx.lists.forget(SOUND_LIST);
  },

  contentUrl: ({ _id, extension }, { client }) =>
    extension ? `${client.url}/custom-sounds/${_id}.${extension}` : undefined,

  map: (live) => ({
    id: live._id,
    inputs: { name: live.name, ...driftOf(live._updatedAt ?? undefined, live.state) },
    outputs: { revision: live._updatedAt ?? undefined },
  }),

  origin: (live) => originOf(live, live._id),
};
