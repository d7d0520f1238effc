/** Look-ups of webhooks: getIntegration, getIntegrations. Their answers hold tokens. */
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { getIntegration as byId, type Integration, listIntegrations } from "../client/api/integrations.ts";
import type { Session } from "../engine/session.ts";
import { InputError } from "../errors.ts";
import { targetsOf } from "../kinds/base/webhook.ts";
import { nameMatcher } from "./glob.ts";
import { type Inputs, invoke, invokeOutput, type LookUp } from "./invoke.ts";
import { collect, limit } from "./pages.ts";

/** A webhook. */
export interface IntegrationResult {
  /** Id of the webhook. */
  readonly id: string;
  readonly type: "incoming" | "outgoing";
  readonly name: string;
  readonly enabled: boolean;
  /** Username that it posts as. */
  readonly username: string;
  /** "#room" and "@person". */
  readonly channel: readonly string[];
  /** What sets an outgoing one off. */
  readonly event: string | undefined;
  /** Addresses that an outgoing one calls. */
  readonly urls: readonly string[];
  /** Address to post to, of an incoming one. Whoever knows it can post. */
  readonly url: string | undefined;
  /** In the address of an incoming one; sent along by an outgoing one. */
  readonly token: string | undefined;
}

const toResult = (live: Integration, serverUrl: string): IntegrationResult => {
  const incoming = live.type === "webhook-incoming";
  return {
    id: live._id,
    type: incoming ? "incoming" : "outgoing",
    name: live.name ?? "",
    enabled: live.enabled ?? false,
    username: live.username ?? "",
    channel: targetsOf(live.channel),
    event: live.event ?? undefined,
    urls: live.urls ?? [],
    url: incoming && live.token ? `${serverUrl}/hooks/${live._id}/${live.token}` : undefined,
    token: live.token ?? undefined,
  };
};

const type = z.enum(["incoming", "outgoing"]).optional();

const load =
  ({ client }: Session, filter: { name?: string; type?: "incoming" | "outgoing" | undefined }) =>
  (offset: number, count: number) =>
    listIntegrations(client, offset, count, {
      ...(filter.name !== undefined && { name: filter.name }),
      ...(filter.type && { type: `webhook-${filter.type}` }),
    });

const integrationArgs = z.strictObject({
  /** Id. This or `name`. */
  id: z.string().min(1).optional(),
  /** Exact name. This or `id`. Several may have the same: that is an error here. */
  name: z.string().min(1).optional(),
  /** Beside `name`. Default: both. */
  type,
});

export type GetIntegrationArgs = z.infer<typeof integrationArgs>;

const one: LookUp<GetIntegrationArgs, IntegrationResult | undefined> = {
  name: "getIntegration",
  args: integrationArgs,
  secret: true,
  refuse: ({ id, name }) => ((id === undefined) === (name === undefined) ? "give either id or name" : undefined),
  async find(session, { id, name = "", type: wanted }) {
    const { client } = session;
    if (id !== undefined) {
      const found = await byId(client, id);
      return found && toResult(found, client.url);
    }
    const hits = await collect(load(session, { name, type: wanted }), (row) => row.name === name);
    if (hits.length > 1) {
      const ids = hits.map(({ _id }) => _id).join(", ");
      throw new InputError(`getIntegration: name: ${hits.length} integrations are called "${name}": ${ids}.`, {
        hint: "Give the id of the one that is meant, or its type.",
      });
    }
    return hits[0] && toResult(hits[0], client.url);
  },
};

/**
 * One webhook, or undefined when there is none of that id or name. The answer holds its token: the output form is a secret, of this
 * form the program has to take care itself. Needs the permissions that the kinds need.
 */
export function getIntegration(
  args: GetIntegrationArgs,
  opts?: pulumi.InvokeOptions,
): Promise<IntegrationResult | undefined> {
  return invoke(one, args, opts);
}

/** As `getIntegration`, with outputs for arguments. The answer is a secret. */
export function getIntegrationOutput(
  args: Inputs<GetIntegrationArgs>,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<IntegrationResult | undefined> {
  return invokeOutput(one, args, opts);
}

const integrationsArgs = z.strictObject({
  /** Default: both. */
  type,
  /** Pattern of the name: `*` is any text, `?` one character; case does not count. */
  name: z.string().min(1).optional(),
  /** At most so many. Default: all. */
  limit: limit.optional(),
});

export type GetIntegrationsArgs = z.infer<typeof integrationsArgs>;

const many: LookUp<GetIntegrationsArgs, IntegrationResult[]> = {
  name: "getIntegrations",
  args: integrationsArgs,
  secret: true,
  async find(session, { type: wanted, name, limit: most }) {
    const fits = nameMatcher(name);
    const rows = await collect(load(session, { type: wanted }), (row) => fits(row.name ?? ""), most);
    return rows.map((row) => toResult(row, session.client.url));
  },
};

/** All webhooks that fit, with their tokens: see `getIntegration`. One call per hundred. */
export function getIntegrations(
  args: GetIntegrationsArgs = {},
  opts?: pulumi.InvokeOptions,
): Promise<IntegrationResult[]> {
  return invoke(many, args, opts);
}

/** As `getIntegrations`, with outputs for arguments. The answer is a secret. */
export function getIntegrationsOutput(
  args: Inputs<GetIntegrationsArgs> = {},
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<IntegrationResult[]> {
  return invokeOutput(many, args, opts);
}
