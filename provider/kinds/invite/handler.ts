/** Invite: a link into a room. The server has one per account, room and limits at a time; that is the resource's id. */
import { hasCode } from "../../client/api/codes.ts";
import {
  type ApiInvite,
  findOrCreateInvite,
  INVITE_LIST,
  listInvites,
  removeInvite,
} from "../../client/api/invites.ts";
import { findRoom } from "../../client/api/rooms.ts";
import type { Context, Handler } from "../../engine/handler.ts";
import { InputError } from "../../errors.ts";
import { plainRoom, requireRoom } from "../base/room.ts";
import { type InviteInputs, inviteSchema } from "./schema.ts";

type Key = Pick<ApiInvite, "rid" | "days" | "maxUses">;

const idOf = ({ rid, days, maxUses }: Key): string => [rid, days, maxUses].join("/");

function splitId(id: string): Key {
  const [rid, days, maxUses, ...rest] = id.split("/");
  if (!rid || !days || !maxUses || rest.length > 0 || !/^\d+$/.test(days + maxUses)) {
    throw new InputError(`"${id}" is not the id of an invite; it has the form <room id>/<days>/<uses>.`);
  }
  return { rid, days: Number(days), maxUses: Number(maxUses) };
}

const describe = ({ channel, days, maxUses }: Partial<InviteInputs>): string =>
  `invite into "${channel ?? "?"}" (days: ${days ?? "?"}, uses: ${maxUses ?? 0})`;

/** Nobody can join by one that is not. */
const isValid = ({ expires, uses, maxUses }: ApiInvite): boolean =>
  (!expires || new Date(expires).getTime() > Date.now()) && (maxUses === 0 || uses < maxUses);

const rows = ({ client, lists }: Context) =>
  lists.of<ApiInvite>(
    INVITE_LIST,
    async () => {
      const all = await listInvites(client);
      return { rows: all, total: all.length };
    },
    ({ _id }) => _id,
  );

async function ownValid(ctx: Context, key: Key): Promise<ApiInvite | undefined> {
  const { userId } = await ctx.client.self();
  return [...(await rows(ctx).rows()).values()].find(
    (invite) => invite.userId === userId && idOf(invite) === idOf(key) && isValid(invite),
  );
}

async function create(ctx: Context, inputs: InviteInputs): Promise<ApiInvite> {
  const { channel, days, maxUses = 0 } = inputs;
  const { _id: rid } = await requireRoom(ctx.client, channel);
  try {
    return await findOrCreateInvite(ctx.client, { rid, days, maxUses });
  } catch (error) {
    if (!hasCode(error, "error-invalid-room")) throw error;
    const { username } = await ctx.client.self();
    throw new InputError(
      `channel: the account that Pulumi uses ("${username}") is no member of "${channel}", and only members invite.`,
      { hint: "Let it join the room, or add it with ChannelMember.", cause: error },
    );
  } finally {
    ctx.lists.forget(INVITE_LIST);
  }
}

async function read(
  ctx: Context,
  id: string,
  declared: InviteInputs,
  { fresh, state }: { fresh: boolean; state?: Record<string, unknown> },
): Promise<ApiInvite | undefined> {
  if (fresh) ctx.lists.forget(INVITE_LIST);
  const inviteId = state?.inviteId;
  if (typeof inviteId !== "string") return ownValid(ctx, splitId(id));
  const invite = (await rows(ctx).rows()).get(inviteId);
  if (invite === undefined) return undefined;
  // Invites outlive their room.
  if (!isValid(invite) || (await findRoom(ctx.client, { roomId: invite.rid })) === undefined) {
    ctx.log(`${describe(declared)} lets nobody in any more; the next up makes a new one.`);
    return undefined;
  }
  return { ...invite, url: state?.url as string | undefined };
}

export const inviteHandler: Handler<InviteInputs, ApiInvite> = {
  kind: "Invite",
  schema: inviteSchema,
  // The server itself answers with the one that is there.
  uniqueKey: true,
  existingIsOurs: true,
  describe,
  normalize: (inputs) => ({ ...inputs, channel: plainRoom(inputs.channel) }),

  async *list(ctx) {
    const { userId } = await ctx.client.self();
    for (const invite of (await rows(ctx).rows()).values()) {
      if (invite.userId === userId && isValid(invite)) yield invite;
    }
  },

  // Making it is the only way to learn its address.
  find: create,
  read,
  create,

  // All of it is its key.
  update: async (_ctx, live) => live,

  async delete(ctx, id, _declared, _mode, state) {
    const inviteId = state?.inviteId ?? (await ownValid(ctx, splitId(id)))?._id;
    if (typeof inviteId !== "string") return;
    ctx.client.hide(inviteId);
    await removeInvite(ctx.client, inviteId);
    ctx.lists.forget(INVITE_LIST);
  },

  map: (live, _ctx, declared) => ({
    id: idOf(live),
    inputs: {
      // The id holds the room: a renamed one is still the one that was meant.
      channel: declared.channel ?? live.rid,
      days: live.days,
      maxUses: live.maxUses,
    },
    outputs: {
      url: live.url || undefined,
      inviteId: live._id,
      roomId: live.rid,
      expiresAt: live.expires ?? undefined,
    },
  }),
};
