/** How workspace settings are read, written and put back. A setting always exists: creating means taking it over. */
import { isDeepStrictEqual } from "node:util";
import { orUndefined } from "../../client/api/codes.ts";
import * as api from "../../client/api/settings.ts";
import type { Change, Context, Handler } from "../../engine/handler.ts";
import { nearest } from "../../engine/near.ts";
import { isUnknown } from "../../engine/schema.ts";
import { ValidationError } from "../../errors.ts";
import { isOfServer, isSecretSetting, type SettingInputs, settingSchema } from "./schema.ts";
import { fits, typeOf } from "./value-type.ts";

export interface LiveSetting {
  readonly id: string;
  readonly value: unknown;
  /** Factory default; only `list` fills it in. */
  readonly packageValue?: unknown;
  /** Before this resource took it over: from the state, or as `find` met it. */
  readonly previousValue?: unknown;
}

const describe = ({ settingId }: Partial<SettingInputs>) =>
  settingId === undefined || isUnknown(settingId) ? "setting" : `setting "${settingId}"`;

const rows = (ctx: Context) =>
  ctx.lists.of(
    api.SETTING_LIST,
    (offset, count) => api.listSettings(ctx.client, offset, count),
    (row) => row._id,
  );

/** What is not to be shown of a connection's settings must not be shown by an error either. */
function hideSecret(ctx: Context, id: string, ...values: unknown[]): void {
  if (!isSecretSetting(id)) return;
  for (const value of values) if (typeof value === "string" && value !== "") ctx.client.hide(value);
}

async function current(ctx: Context, id: string): Promise<LiveSetting | undefined> {
  const row = await orUndefined(api.readSetting(ctx.client, id));
  return row && { id, value: row.value };
}

/** The setting to be taken over: what it holds now is what a restore leads back to. A wrong type is refused before that. */
async function find(ctx: Context, { settingId, value }: SettingInputs): Promise<LiveSetting | undefined> {
  const live = await current(ctx, settingId);
  if (live === undefined) return undefined;
  await requireType(ctx, live, value);
  return { ...live, previousValue: live.value };
}

/** Throws the error for an id that the server does not have, with the names that may have been meant. */
async function refuseUnknown(ctx: Context, id: string): Promise<never> {
  const known = await rows(ctx).rows();
  const near = nearest(id, known.keys(), 3);
  throw new ValidationError(
    `The server has no setting "${id}"${near.length > 0 ? `; did you mean ${near.map((name) => `"${name}"`).join(" or ")}?` : "."}`,
    { operation: "settings", request: `GET /api/v1/settings/${id}` },
    {
      hint:
        "Ids count upper and lower case. Some settings exist only in some versions, with a licence, or after their feature " +
        "was set up (a custom OAuth provider's).",
    },
  );
}

/** Throws when the value is of a type that the setting does not take: the server would store it and then misbehave. */
async function requireType(ctx: Context, live: LiveSetting, value: unknown): Promise<void> {
  if (fits(value, live.value) && typeOf(live.value) !== "nothing") return;
  // A wrong type may have been written by hand: the factory default is what counts.
  const row = (await rows(ctx).rows()).get(live.id);
  const like = row?.packageValue ?? live.value;
  if (fits(value, like)) return;
  throw new ValidationError(
    `setting "${live.id}": \`value\` must be ${typeOf(like)}, but is ${typeOf(value)}.`,
    { operation: "settings", request: `POST /api/v1/settings/${live.id}` },
    { hint: "The server does not check this and would store it. Values from configuration are text: convert them." },
  );
}

async function write(ctx: Context, live: LiveSetting, inputs: SettingInputs): Promise<LiveSetting> {
  await requireType(ctx, live, inputs.value);
  await api.writeSetting(ctx.client, live.id, inputs.value, inputs.editor);
  ctx.lists.forget(api.SETTING_LIST);
  return { ...live, value: inputs.value };
}

async function update(ctx: Context, live: LiveSetting, inputs: SettingInputs, change: Change): Promise<LiveSetting> {
  hideSecret(ctx, live.id, inputs.value, live.value);
  const editorChanged =
    inputs.editor !== undefined && change.reason === "updated" && change.previous.editor !== inputs.editor;
  if (isDeepStrictEqual(live.value, inputs.value) && !editorChanged) return live;
  return write(ctx, live, inputs);
}

async function read(
  ctx: Context,
  id: string,
  { fresh, state }: { fresh: boolean; state?: Record<string, unknown> },
): Promise<LiveSetting | undefined> {
  const row = fresh ? undefined : await rows(ctx).row(id);
  const live = row ? { id, value: row.value } : await current(ctx, id);
  return live && { ...live, previousValue: state?.previousValue };
}

async function remove(
  ctx: Context,
  id: string,
  mode: string,
  state: Record<string, unknown> | undefined,
): Promise<void> {
  const live = await current(ctx, id);
  if (live === undefined) return;
  const target = mode === "default" ? (await rows(ctx).rows()).get(id)?.packageValue : state?.previousValue;
  if (target === undefined) {
    ctx.log(
      `setting "${id}" stays as it is: ${mode === "default" ? "it has no default" : "what it was before is not known"}.`,
    );
    return;
  }
  hideSecret(ctx, id, target);
  if (isDeepStrictEqual(live.value, target)) return;
  await orUndefined(api.writeSetting(ctx.client, id, target));
  ctx.lists.forget(api.SETTING_LIST);
}

export const settingHandler: Handler<SettingInputs, LiveSetting> = {
  kind: "Setting",
  schema: settingSchema,
  uniqueKey: false,
  existingIsOurs: true,
  describe,
  async *list(ctx) {
    for (const row of (await rows(ctx).rows()).values()) {
      yield { id: row._id, value: row.value, packageValue: row.packageValue };
    }
  },
  find,
  read: (ctx, id, _declared, options) => read(ctx, id, options),
  // Reached only when the look-up found nothing: settings are made by the server alone.
  create: (ctx, inputs) => refuseUnknown(ctx, inputs.settingId),
  update,
  delete: (ctx, id, _declared, mode, state) => remove(ctx, id, mode, state),
  isImplied: ({ id, value, packageValue }) =>
    value === undefined || value === null || isOfServer(id) || isDeepStrictEqual(value, packageValue),
  map: ({ id, value, previousValue }) => ({ id, inputs: { settingId: id, value }, outputs: { previousValue } }),
};
