/** Integrations: incoming and outgoing webhooks. Knows no kinds. */
import { z } from "zod";
import type { Client } from "../client.ts";
import { orUndefined } from "./codes.ts";

export type IntegrationType = "webhook-incoming" | "webhook-outgoing";

const text = z.string().nullish();
const flag = z.boolean().nullish();

const integrationSchema = z.object({
  _id: z.string(),
  type: z.string(),
  name: text,
  enabled: flag,
  username: text,
  /** A list in answers, a comma-separated string in requests. */
  channel: z.union([z.array(z.string()), z.string()]).nullish(),
  alias: text,
  avatar: text,
  emoji: text,
  script: text,
  scriptEnabled: flag,
  scriptEngine: text,
  /** What the server says of a script that does not compile; kept beside the script. */
  scriptError: z.unknown().optional(),
  skipTranspile: flag,
  overrideDestinationChannelEnabled: flag,
  token: text,
  event: text,
  urls: z.array(z.string()).nullish(),
  targetRoom: text,
  triggerWords: z.array(z.string()).nullish(),
  triggerWordAnywhere: flag,
  impersonateUser: flag,
  runOnEdits: flag,
  retryFailedCalls: flag,
  retryCount: z.number().nullish(),
  retryDelay: text,
  _createdAt: text,
  _updatedAt: text,
  _createdBy: z.object({ _id: z.string() }).nullish(),
});

export type Integration = z.infer<typeof integrationSchema>;

const answer = z.object({ integration: integrationSchema });

/** From here on no message shows the token. */
function sealed(client: Client, integration: Integration): Integration {
  if (integration.token) client.hide(integration.token);
  return integration;
}

/** Name of the list below, for `Lists`. */
export const INTEGRATION_LIST = "integrations.list";

/** A page of the integrations of both types that the account may manage, secrets included. `name`: contained in the name. */
export async function listIntegrations(
  client: Client,
  offset: number,
  count: number,
  filter: { name?: string; type?: IntegrationType } = {},
): Promise<{ rows: Integration[]; total: number }> {
  const { integrations, total } = await client.call({
    name: INTEGRATION_LIST,
    method: "GET",
    path: "/api/v1/integrations.list",
    query: { offset, count, ...filter },
    repeat: "read",
    response: z.object({ integrations: z.array(integrationSchema), total: z.number() }),
  });
  return { rows: integrations.map((row) => sealed(client, row)), total };
}

export async function getIntegration(client: Client, integrationId: string): Promise<Integration | undefined> {
  const found = await orUndefined(
    client.call({
      name: "integrations.get",
      method: "GET",
      path: "/api/v1/integrations.get",
      query: { integrationId },
      repeat: "read",
      response: answer,
    }),
    "The integration does not exists.",
  );
  return found && sealed(client, found.integration);
}

/** Names need not be unique, so a repeated call makes a second one. A script that does not compile is accepted, with `scriptError`. */
export async function createIntegration(
  client: Client,
  type: IntegrationType,
  body: Readonly<Record<string, unknown>>,
): Promise<Integration> {
  const { integration } = await client.call({
    name: "integrations.create",
    method: "POST",
    path: "/api/v1/integrations.create",
    body: { type, ...body },
    repeat: "once",
    response: answer,
  });
  return sealed(client, integration);
}

/** Everything has to be sent: keys left out of an outgoing one become null, on 6.x those of an incoming one too. */
export async function updateIntegration(
  client: Client,
  type: IntegrationType,
  integrationId: string,
  body: Readonly<Record<string, unknown>>,
): Promise<Integration> {
  const { integration } = await client.call({
    name: "integrations.update",
    method: "PUT",
    path: "/api/v1/integrations.update",
    body: { type, integrationId, ...body },
    repeat: "idempotent",
    response: answer,
  });
  return sealed(client, integration);
}

/** One that is gone is no error. */
export async function removeIntegration(client: Client, type: IntegrationType, integrationId: string): Promise<void> {
  await orUndefined(
    client.call({
      name: "integrations.remove",
      method: "POST",
      path: "/api/v1/integrations.remove",
      body: { type, integrationId },
      repeat: "idempotent",
      response: z.unknown(),
    }),
    "No integration found.",
  );
}
