/** OutgoingWebhook: integrations of the type webhook-outgoing. */
import { randomBytes } from "node:crypto";
import {
  createIntegration,
  type Integration,
  removeIntegration,
  updateIntegration,
} from "../../client/api/integrations.ts";
import type { Client } from "../../client/client.ts";
import { sameField } from "../../engine/compare.ts";
import type { Handler } from "../../engine/handler.ts";
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
import { normalize, takesChannel, takesTriggerWords, validate } from "./rules.ts";
import { EVENTS, type OutgoingWebhookInputs, outgoingWebhookInputs, outgoingWebhookSchema } from "./schema.ts";

const TYPE = "webhook-outgoing";

/** The server's own when a webhook repeats without saying how. */
const DEFAULT_RETRIES = { count: 4, delay: "powers-of-ten" } as const;

const describe = ({ name }: Partial<OutgoingWebhookInputs>): string => `outgoing webhook "${name ?? "?"}"`;

const fromApi = (live: Integration) => ({
  ...readCommon(live),
  event: EVENTS.find((event) => event === live.event) ?? "sendMessage",
  urls: live.urls ?? [],
  targetRoom: live.targetRoom ?? "",
  triggerWords: live.triggerWords ?? [],
  triggerWordAnywhere: live.triggerWordAnywhere ?? false,
  runOnEdits: live.runOnEdits ?? false,
  token: live.token ?? "",
  impersonateUser: live.impersonateUser ?? false,
  retryFailedCalls: live.retryFailedCalls ?? false,
  retryCount: live.retryCount ?? DEFAULT_RETRIES.count,
  retryDelay:
    outgoingWebhookInputs.shape.retryDelay.unwrap().options.find((delay) => delay === live.retryDelay) ??
    DEFAULT_RETRIES.delay,
});

/** The body of create and update: what the event does not take, and what is empty and may not be, stays out. */
function toApi(inputs: OutgoingWebhookInputs): Record<string, unknown> {
  const body: Record<string, unknown> = { enabled: true, scriptEnabled: false };
  for (const key of Object.keys(outgoingWebhookInputs.shape) as (keyof OutgoingWebhookInputs)[]) {
    if (inputs[key] !== undefined) body[key] = inputs[key];
  }
  body.channel = takesChannel(inputs.event) ? targetsOf(inputs.channel).join(",") : "";
  if (!takesTriggerWords(inputs.event) || inputs.triggerWords?.length === 0) delete body.triggerWords;
  for (const key of ["targetRoom", "script"]) if (body[key] === "") delete body[key];
  return body;
}

/** As long as the server's own tokens of incoming webhooks, in characters that need no quoting. */
function newToken(client: Client): string {
  const token = randomBytes(36).toString("base64url");
  client.hide(token);
  return token;
}

export const outgoingWebhookHandler: Handler<OutgoingWebhookInputs, Integration> = {
  kind: "OutgoingWebhook",
  schema: outgoingWebhookSchema,
  uniqueKey: false,
  describe,
  normalize,
  validate,

  list: (ctx) => listOfType(ctx, TYPE),

  find: ({ client }, inputs) =>
    findOne(client, TYPE, inputs.name, describe(inputs), (live) => {
      const { event, urls } = fromApi(live);
      return event === inputs.event && sameField(outgoingWebhookInputs.shape.urls, urls, inputs.urls);
    }),

  read: (ctx, id, _declared, { fresh }) => readOne(ctx, id, TYPE, fresh),

  async create(ctx, inputs) {
    const { client } = ctx;
    if (inputs.token !== undefined) client.hide(inputs.token);
    const token = inputs.token ?? newToken(client);
    const live = await explained(client, describe(inputs), namesOf(inputs), () =>
      createIntegration(client, TYPE, toApi({ ...inputs, token })),
    );
    forgetList(ctx);
    return live;
  },

  async update(ctx, live, inputs) {
    const { client } = ctx;
    const now = fromApi(live);
    let latest = live;
    if (differs(now, inputs)) {
      if (inputs.token !== undefined) client.hide(inputs.token);
      const wanted: OutgoingWebhookInputs = {
        ...resent(live),
        ...inputs,
        token: inputs.token ?? (now.token || newToken(client)),
      };
      latest = await explained(client, describe(inputs), namesOf(wanted), () =>
        updateIntegration(client, TYPE, live._id, withoutKept(toApi(wanted), now)),
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

  map: (live) => ({ id: live._id, inputs: fromApi(live), outputs: { effectiveToken: live.token ?? undefined } }),

  origin: (live) => originOf(live),
};

const namesOf = ({ username, channel, targetRoom }: OutgoingWebhookInputs) => ({
  username,
  channel: [...targetsOf(channel), ...(targetRoom ? [targetRoom] : [])],
});

/** What the live one has set. A key that is left out of an update becomes null, so all of it is sent again. */
function resent(live: Integration): Partial<OutgoingWebhookInputs> {
  const set = Object.entries(fromApi(live)).filter(([key]) => {
    const raw = live[key as keyof Integration];
    return raw !== undefined && raw !== null;
  });
  return Object.fromEntries(set);
}

/** These two alone stay when they are left out (seen 8.6.1), and not every version's update takes them. */
function withoutKept(body: Record<string, unknown>, now: ReturnType<typeof fromApi>): Record<string, unknown> {
  const kept = (["scriptEngine", "skipTranspile"] as const).filter((key) => body[key] === now[key]);
  return Object.fromEntries(Object.entries(body).filter(([key]) => !kept.some((name) => name === key)));
}

const differs = (now: ReturnType<typeof fromApi>, inputs: OutgoingWebhookInputs): boolean =>
  (Object.keys(now) as (keyof typeof now)[]).some(
    (key) => inputs[key] !== undefined && !sameField(outgoingWebhookInputs.shape[key], inputs[key], now[key]),
  );
