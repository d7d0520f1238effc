/** IncomingWebhook: integrations of the type webhook-incoming. */

import {
  createIntegration,
  type Integration,
  removeIntegration,
  updateIntegration,
} from "../../client/api/integrations.ts";
import { featuresOf } from "../../client/versions.ts";
import { sameField } from "../../engine/compare.ts";
import type { Handler } from "../../engine/handler.ts";
import { isUnknown } from "../../engine/schema.ts";
import { InputError } from "../../errors.ts";
import { originOf } from "../base/origin.ts";
import {
  explained,
  findOne,
  forgetList,
  listOfType,
  readCommon,
  readOne,
  refuseBrokenScript,
  targetsOf,
} from "../base/webhook.ts";
import { type IncomingWebhookInputs, incomingWebhookInputs, incomingWebhookSchema } from "./schema.ts";

const TYPE = "webhook-incoming";

const describe = ({ name }: Partial<IncomingWebhookInputs>): string => `incoming webhook "${name ?? "?"}"`;

const fromApi = (live: Integration) => ({
  ...readCommon(live),
  overrideDestinationChannelEnabled: live.overrideDestinationChannelEnabled ?? false,
});

/** The body of create and update; the server wants `enabled` and `scriptEnabled` in any case. */
function toApi({ channel, ...inputs }: IncomingWebhookInputs): Record<string, unknown> {
  const known = Object.entries(inputs).filter(([key]) => key in incomingWebhookInputs.shape);
  return { enabled: true, scriptEnabled: false, ...Object.fromEntries(known), channel: targetsOf(channel).join(",") };
}

export const incomingWebhookHandler: Handler<IncomingWebhookInputs, Integration> = {
  kind: "IncomingWebhook",
  schema: incomingWebhookSchema,
  uniqueKey: false,
  describe,

  normalize(inputs) {
    return isUnknown(inputs.channel) ? inputs : { ...inputs, channel: targetsOf(inputs.channel) };
  },

  validate({ channel }) {
    if (channel === undefined || isUnknown(channel)) return [];
    const targets = targetsOf(channel);
    if (targets.length === 0)
      return [{ path: "channel", reason: 'names nobody; give at least one "#room" or "@person"' }];
    return targets.every((target) => isUnknown(target) || /^[#@]./.test(target))
      ? []
      : [
          {
            path: "channel",
            reason: 'each entry must start with "#" (a room\'s name) or "@" (a username); a room\'s id is not accepted',
          },
        ];
  },

  list: (ctx) => listOfType(ctx, TYPE),

  find: ({ client }, inputs) =>
    findOne(client, TYPE, inputs.name, describe(inputs), (live) => {
      const { channel, username } = fromApi(live);
      return (
        username === inputs.username &&
        sameField(incomingWebhookInputs.shape.channel, channel, targetsOf(inputs.channel))
      );
    }),

  read: (ctx, id, _declared, { fresh }) => readOne(ctx, id, TYPE, fresh),

  async create(ctx, inputs) {
    const { client } = ctx;
    const channel = targetsOf(inputs.channel);
    const live = await explained(client, describe(inputs), { username: inputs.username, channel }, () =>
      createIntegration(client, TYPE, toApi(inputs)),
    );
    forgetList(ctx);
    return live;
  },

  async update(ctx, live, inputs) {
    const { client } = ctx;
    const now = fromApi(live);
    let latest = live;
    if (differs(now, inputs)) {
      if (inputs.username !== now.username && !featuresOf(await client.server()).movesIncomingWebhooks) {
        throw new InputError(
          `${describe(inputs)}: username: Rocket.Chat 6.x keeps the user that a webhook was made with.`,
          {
            hint: "Replace the webhook (`pulumi up --replace <URN>`); its address then changes.",
          },
        );
      }
      // Rocket.Chat 6.x clears what is left out. An unset skipTranspile stays out: servers before 8.4 do not know it.
      const { skipTranspile, ...resent } = now;
      const wanted: IncomingWebhookInputs = { ...resent, ...(skipTranspile ? { skipTranspile } : {}), ...inputs };
      latest = await explained(
        client,
        describe(inputs),
        { username: wanted.username, channel: targetsOf(wanted.channel) },
        () => updateIntegration(client, TYPE, live._id, toApi(wanted)),
      );
      forgetList(ctx);
    }
    refuseBrokenScript(describe(inputs), latest);
    return latest;
  },

  async delete(ctx, id) {
    await removeIntegration(ctx.client, TYPE, id);
    forgetList(ctx);
  },

  map: (live, { client }) => ({
    id: live._id,
    inputs: fromApi(live),
    outputs: {
      token: live.token ?? undefined,
      url: live.token ? `${client.url}/hooks/${live._id}/${live.token}` : undefined,
    },
  }),

  origin: (live) => originOf(live),
};

const differs = (now: ReturnType<typeof fromApi>, inputs: IncomingWebhookInputs): boolean =>
  (Object.keys(now) as (keyof typeof now)[]).some(
    (key) => inputs[key] !== undefined && !sameField(incomingWebhookInputs.shape[key], inputs[key], now[key]),
  );
