/** Channel: public channels and private groups as one kind. Plain settings: settings.ts; people: people.ts and members.ts. */
import { createRoom, deleteRoom, findRoom, type Room, setArchived } from "../../client/api/rooms.ts";
import { featuresOf } from "../../client/versions.ts";
import type { Context, Handler } from "../../engine/handler.ts";
import { OwnershipError } from "../../errors.ts";
import { forgetRoomLists, observeRoom, roomList } from "../base/room.ts";
import { loadPeople, peopleAsCreated, syncPeople } from "./members.ts";
import { managesPeople, type People, readPeople, wanted } from "./people.ts";
import { normalize, validate } from "./rules.ts";
import { type ChannelInputs, channelSchema } from "./schema.ts";
import { readSettings, sendSettings, settingsToSend } from "./settings.ts";

export interface LiveChannel {
  readonly room: Room;
  /** Loaded only where people are managed. */
  readonly people?: People | undefined;
}

async function withPeople(ctx: Context, room: Room, declared: Partial<ChannelInputs>): Promise<LiveChannel> {
  return { room, people: managesPeople(declared) ? await loadPeople(ctx, room, declared) : undefined };
}

const gone = (what: string): OwnershipError =>
  new OwnershipError(`${what} was deleted by somebody while it was being changed.`, {
    hint: "Run again: it is made anew.",
  });

export const channelHandler: Handler<ChannelInputs, LiveChannel> = {
  kind: "Channel",
  schema: channelSchema,
  uniqueKey: true,
  normalize,
  validate,

  describe: ({ name }) => `channel "${name ?? "?"}"`,

  async *list(ctx) {
    for (const type of ["c", "p"] as const) {
      for (const room of (await roomList(ctx, type).rows()).values()) {
        // A discussion hangs on a message of its parent; it can't be made by itself.
        if (!room.prid) yield { room };
      }
    }
  },

  async find(ctx, inputs) {
    const room = await findRoom(ctx.client, { roomName: inputs.name });
    return room && withPeople(ctx, room, inputs);
  },

  async read(ctx, id, declared, { fresh }) {
    const room = fresh
      ? await findRoom(ctx.client, { roomId: id })
      : await observeRoom(ctx, id, declared.private ? "p" : "c");
    return room && withPeople(ctx, room, declared);
  },

  async create({ client, ...ctx }, inputs) {
    const { strictRooms } = featuresOf(await client.server());
    const self = (await client.self()).username;
    const extraData: Record<string, unknown> = {};
    if (inputs.topic) extraData.topic = inputs.topic;
    // Rocket.Chat 8.8: refused here; saveRoomSettings follows.
    if (inputs.description && !strictRooms) extraData.description = inputs.description;
    if (inputs.broadcast) extraData.broadcast = true;
    if (inputs.encrypted) extraData.encrypted = true;
    const room = await createRoom(client, inputs.private ? "p" : "c", {
      name: inputs.name,
      members: [...wanted(inputs)].filter((username) => username !== self),
      readOnly: inputs.readOnly ?? false,
      customFields: inputs.customFields,
      teams: inputs.private ? undefined : inputs.teams,
      excludeSelf: inputs.excludeSelf,
      extraData,
    });
    forgetRoomLists({ client, ...ctx });
    return { room };
  },

  async update(ctx, live, inputs, change) {
    const { client } = ctx;
    let { room } = live;
    const isAsleep = room.archived === true;
    // Most calls refuse an archived room.
    if (isAsleep) await setArchived(client, room._id, false);
    const body = settingsToSend(room, inputs, change);
    await sendSettings(client, room, body);
    if (isAsleep || Object.keys(body).length > 0) {
      forgetRoomLists(ctx);
      const fresh = await findRoom(client, { roomId: room._id });
      if (fresh === undefined) throw gone(channelHandler.describe(inputs));
      room = fresh;
    }
    if (!managesPeople(inputs)) return { room };
    const created = change.reason === "created" ? await peopleAsCreated(client, live.room, inputs) : live.people;
    const people = created ?? (await loadPeople(ctx, room, inputs));
    return { room, people: people && (await syncPeople(ctx, room, people, inputs)) };
  },

  async delete(ctx, id, declared, mode) {
    const room = await findRoom(ctx.client, { roomId: id });
    if (room === undefined) return;
    const what = channelHandler.describe(declared);
    if (mode === "archive") {
      if (room.archived !== true) await setArchived(ctx.client, id, true);
    } else {
      refuseDeletion(room, what, (declared as { onDestroy?: string }).onDestroy);
      await deleteRoom(ctx.client, id);
    }
    forgetRoomLists(ctx);
  },

  map({ room, people }, _ctx, declared) {
    return {
      id: room._id,
      inputs: {
        ...readSettings(room, declared),
        ...(people && readPeople(people, declared)),
        ...(people && { membership: declared.membership ?? "include" }),
      },
      outputs: { creator: room.u?.username ?? undefined, createdAt: room.ts ?? undefined },
    };
  },

  isImplied: ({ room }) => room.teamMain === true,

  isDormant: ({ room }) => room.archived === true,

  origin: ({ room }) => ({
    createdBy: room.u?._id,
    createdAt: room.ts ? new Date(room.ts) : undefined,
    // System messages, our own settings' among them, do not count as a last message.
    untouched: room.partial ? undefined : room.lastMessage === undefined || room.lastMessage === null,
  }),
};

function refuseDeletion(room: Room, what: string, ownMode: string | undefined): void {
  if (room._id === "GENERAL" && ownMode !== "delete") {
    throw new OwnershipError(
      `${what} is the workspace's first channel, which every account joins; it was not deleted.`,
      {
        hint: 'To delete it all the same, say `onDestroy: "delete"` on this very resource. To leave it alone: `onDestroy: "retain"`.',
      },
    );
  }
  if (room.teamMain === true) {
    throw new OwnershipError(`${what} is the main room of a team; deleting it would break the team.`, {
      hint: 'Delete the team instead, or say `onDestroy: "archive"` or "retain" for the room.',
    });
  }
}
