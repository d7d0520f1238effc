/** CustomOAuthService: a sign-in service and its settings as one object. The server keeps it as settings, which never go away on most versions. */
import { isDeepStrictEqual } from "node:util";
import { orUndefined } from "../../client/api/codes.ts";
import {
  addCustomOAuth,
  listSettings,
  readSetting,
  removeCustomOAuth,
  SETTING_LIST,
  type SettingRow,
  writeSetting,
} from "../../client/api/settings.ts";
import type { Context, Declared, Handler } from "../../engine/handler.ts";
import { isUnknown } from "../../engine/schema.ts";
import { type CustomOAuthServiceInputs, customOAuthServiceSchema } from "./schema.ts";
import { fromSetting, nameOfSwitch, PROPERTIES, type Property, settingOf, switchOf, toSetting } from "./settings.ts";

type Values = Partial<Record<Property, unknown>>;

interface LiveService {
  readonly name: string;
  /** `enabled` always; of the others what was asked for. */
  readonly values: Values;
  /** Before this resource took them over. */
  readonly previous: Values;
}

const describe = ({ name }: Partial<CustomOAuthServiceInputs>): string => `custom OAuth service "${name ?? "?"}"`;

const rows = (ctx: Context) =>
  ctx.lists.of<SettingRow>(
    SETTING_LIST,
    (offset, count) => listSettings(ctx.client, offset, count),
    ({ _id }) => _id,
  );

const declaredOf = (inputs: Declared): Property[] => PROPERTIES.filter((property) => inputs[property] !== undefined);

async function rowOf(ctx: Context, id: string, fresh: boolean): Promise<SettingRow | undefined> {
  const row = fresh ? undefined : await rows(ctx).row(id);
  return row === null ? undefined : (row ?? (await orUndefined(readSetting(ctx.client, id))));
}

/** Undefined when the server has no such service. Of the settings only the declared ones are read. */
async function observe(
  ctx: Context,
  name: string,
  declared: readonly Property[],
  { fresh, state }: { fresh: boolean; state?: Declared },
): Promise<LiveService | undefined> {
  const main = await rowOf(ctx, switchOf(name), fresh);
  if (main === undefined) return undefined;
  const others = declared.filter((property) => property !== "enabled");
  const found = await Promise.all(
    others.map(async (property): Promise<[Property, unknown]> => {
      const row = await rowOf(ctx, settingOf(name, property), fresh);
      if (property === "clientSecret" && typeof row?.value === "string") ctx.client.hide(row.value);
      return [property, fromSetting(property, row?.value)];
    }),
  );
  const values: Values = { enabled: main.value === true, ...Object.fromEntries(found) };
  return { name, values, previous: (state?.previousValues as Values | undefined) ?? {} };
}

async function write(ctx: Context, name: string, property: Property, value: unknown): Promise<void> {
  if (property === "clientSecret" && typeof value === "string" && value !== "") ctx.client.hide(value);
  await writeSetting(ctx.client, settingOf(name, property), toSetting(property, value));
  ctx.lists.forget(SETTING_LIST);
}

/** Writes what differs: switching off comes first, switching on last, so that a half-made service is never live. */
async function bring(ctx: Context, { name, values }: LiveService, wanted: Values): Promise<Values> {
  const differing = PROPERTIES.filter(
    (property) => wanted[property] !== undefined && !isDeepStrictEqual(wanted[property], values[property]),
  );
  const rank = (property: Property) => (property === "enabled" ? (wanted.enabled === true ? 1 : -1) : 0);
  for (const property of differing.sort((a, b) => rank(a) - rank(b)))
    await write(ctx, name, property, wanted[property]);
  return { ...values, ...wanted };
}

/** Back to the factory defaults: what is left of a service where the server can't remove one. */
async function reset(ctx: Context, name: string): Promise<void> {
  ctx.lists.forget(SETTING_LIST);
  const all = await rows(ctx).rows();
  const defaults = PROPERTIES.flatMap((property): [Property, SettingRow][] => {
    const row = all.get(settingOf(name, property));
    return row === undefined || row.packageValue === undefined ? [] : [[property, row]];
  });
  const values = Object.fromEntries(defaults.map(([property, row]) => [property, fromSetting(property, row.value)]));
  const wanted = Object.fromEntries(
    defaults.map(([property, { packageValue }]) => [property, fromSetting(property, packageValue)]),
  );
  await bring(ctx, { name, values, previous: {} }, wanted);
}

export const customOAuthServiceHandler: Handler<CustomOAuthServiceInputs, LiveService> = {
  kind: "CustomOAuthService",
  schema: customOAuthServiceSchema,
  uniqueKey: false,
  // What was there before is remembered, as with settings.
  existingIsOurs: true,
  describe,

  normalize: (inputs) => ({ ...inputs, name: isUnknown(inputs.name) ? inputs.name : inputs.name.trim().toLowerCase() }),

  async *list(ctx) {
    const all = await rows(ctx).rows();
    for (const id of all.keys()) {
      const name = nameOfSwitch(id);
      const live = name === undefined ? undefined : await observe(ctx, name, PROPERTIES, { fresh: false });
      if (live?.values.enabled === true) yield live;
    }
  },

  async find(ctx, inputs) {
    const live = await observe(ctx, inputs.name, declaredOf(inputs), { fresh: true });
    return live && { ...live, previous: live.values };
  },

  read: (ctx, id, declared, options) => observe(ctx, id, declaredOf(declared), options),

  async create(ctx, inputs) {
    await addCustomOAuth(ctx.client, inputs.name);
    ctx.lists.forget(SETTING_LIST);
    const live = await observe(ctx, inputs.name, declaredOf(inputs), { fresh: true });
    return live === undefined
      ? { name: inputs.name, values: { enabled: false }, previous: { enabled: false } }
      : { ...live, previous: live.values };
  },

  async update(ctx, live, { name: _, ...inputs }, { reason }) {
    const wanted: Values = { ...inputs, enabled: inputs.enabled ?? (reason === "updated" ? undefined : true) };
    const values = await bring(ctx, live, Object.fromEntries(declaredOf(wanted).map((key) => [key, wanted[key]])));
    // What is declared from now on was not looked at before.
    return { ...live, values, previous: { ...live.values, ...live.previous } };
  },

  async delete(ctx, id, declared, mode, state) {
    if (mode === "delete") {
      if (await removeCustomOAuth(ctx.client, id)) return ctx.lists.forget(SETTING_LIST);
      if ((await observe(ctx, id, [], { fresh: true })) === undefined) return;
      ctx.log(`${describe(declared)}: this server can't remove it; it is switched off, and its settings are emptied.`);
      return reset(ctx, id);
    }
    const previous = (state?.previousValues as Values | undefined) ?? {};
    const live = await observe(ctx, id, Object.keys(previous) as Property[], { fresh: true });
    if (live === undefined) return;
    await bring(ctx, live, { ...previous, enabled: previous.enabled ?? false });
  },

  map: ({ name, values, previous }, { client }) => ({
    id: name,
    inputs: { name, ...values },
    outputs: { callbackUrl: `${client.url}/_oauth/${name}`, previousValues: previous },
  }),

  isDormant: ({ values }, { enabled }) => values.enabled !== true && enabled !== false,
};
