/** CustomUserStatus: one status that people can choose, by its unique name. */
import {
  type CustomUserStatus,
  createUserStatus,
  deleteUserStatus,
  listUserStatuses,
  STATUS_TYPES,
  USER_STATUS_LIST,
  updateUserStatus,
} from "../../client/api/custom-user-status.ts";
import { everyRow } from "../../client/paginate.ts";
import type { Context, Handler } from "../../engine/handler.ts";
import { originOf } from "../base/origin.ts";
import { type CustomUserStatusInputs, customUserStatusSchema } from "./schema.ts";

const describe = ({ name }: Partial<CustomUserStatusInputs>): string => `custom user status "${name ?? "?"}"`;

const sharedList = ({ client, lists }: Context) =>
  lists.of<CustomUserStatus>(
    USER_STATUS_LIST,
    (offset, count) => listUserStatuses(client, offset, count),
    ({ _id }) => _id,
  );

const fromApi = ({ name, statusType }: CustomUserStatus) => ({
  name,
  statusType: STATUS_TYPES.find((type) => type === statusType) ?? ("" as const),
});

export const customUserStatusHandler: Handler<CustomUserStatusInputs, CustomUserStatus> = {
  kind: "CustomUserStatus",
  schema: customUserStatusSchema,
  uniqueKey: true,
  describe,

  async *list(ctx) {
    yield* (await sharedList(ctx).rows()).values();
  },

  async find({ client }, { name }) {
    // The server filters by a part of the name, and old ones not at all.
    for await (const row of everyRow((offset, count) => listUserStatuses(client, offset, count, { name }))) {
      if (row.name === name) return row;
    }
    return undefined;
  },

  async read(ctx, id, _declared, { fresh }) {
    const row = fresh ? undefined : await sharedList(ctx).row(id);
    if (row) return row;
    const { rows } = await listUserStatuses(ctx.client, 0, 1, { _id: id });
    return rows.find(({ _id }) => _id === id);
  },

  async create(ctx, { name, statusType }) {
    const live = await createUserStatus(ctx.client, { name, ...(statusType && { statusType }) });
    ctx.lists.forget(USER_STATUS_LIST);
    return live;
  },

  async update(ctx, live, inputs) {
    const now = fromApi(live);
    const { name, statusType = now.statusType } = inputs;
    if (name === now.name && statusType === now.statusType) return live;
    const changed = await updateUserStatus(ctx.client, { _id: live._id, name, statusType });
    ctx.lists.forget(USER_STATUS_LIST);
    return { ...changed, name, statusType };
  },

  async delete(ctx, id) {
    await deleteUserStatus(ctx.client, id);
    ctx.lists.forget(USER_STATUS_LIST);
  },

  map: (live) => ({ id: live._id, inputs: fromApi(live), outputs: {} }),

  origin: (live) => originOf(live, live._id),
};
