/** OAuth apps: other services that let people sign in with this server's accounts. Knows no kinds. */
import { z } from "zod";
import type { Client } from "../client.ts";
import { orUndefined } from "./codes.ts";

export const OAUTH_APP_LIST = "oauth-apps.list";

const app = z.object({
  _id: z.string(),
  name: z.string(),
  active: z.boolean(),
  /** Several are separated by commas. */
  redirectUri: z.string(),
  clientId: z.string(),
  /** Only for accounts that manage apps. */
  clientSecret: z.string().nullish(),
  _createdAt: z.string().nullish(),
  _updatedAt: z.string().nullish(),
  _createdBy: z.object({ _id: z.string() }).nullish(),
});

export type OAuthApp = z.infer<typeof app>;

/** What is sent of an app. The server wants all of it each time. */
export interface OAuthAppFields {
  readonly name: string;
  readonly active: boolean;
  readonly redirectUri: string;
}

/** From here on no message shows the client secret. */
function sealed(client: Client, found: OAuthApp): OAuthApp {
  if (found.clientSecret) client.hide(found.clientSecret);
  return found;
}

/** All of them: the list has no pages. */
export async function listOAuthApps(client: Client): Promise<OAuthApp[]> {
  const { oauthApps } = await client.call({
    name: OAUTH_APP_LIST,
    method: "GET",
    path: "/api/v1/oauth-apps.list",
    repeat: "read",
    response: z.object({ oauthApps: z.array(app) }),
  });
  return oauthApps.map((row) => sealed(client, row));
}

export async function getOAuthApp(client: Client, id: string): Promise<OAuthApp | undefined> {
  const found = await orUndefined(
    client.call({
      name: "oauth-apps.get",
      method: "GET",
      path: "/api/v1/oauth-apps.get",
      query: { _id: id },
      repeat: "read",
      response: z.object({ oauthApp: app }),
    }),
    "OAuth app not found.",
  );
  return found && sealed(client, found.oauthApp);
}

/** Names need not be unique, so a repeated call makes a second one. */
export async function createOAuthApp(client: Client, fields: OAuthAppFields): Promise<OAuthApp> {
  const { application } = await client.call({
    name: "oauth-apps.create",
    method: "POST",
    path: "/api/v1/oauth-apps.create",
    body: fields,
    repeat: "once",
    response: z.object({ application: app }),
  });
  return sealed(client, application);
}

/** Client id and secret stay as they are. */
export async function updateOAuthApp(client: Client, appId: string, fields: OAuthAppFields): Promise<void> {
  await client.call({
    name: "oauth-apps.update",
    method: "POST",
    path: "/api/v1/oauth-apps.update",
    body: { appId, ...fields },
    repeat: "idempotent",
    response: z.unknown(),
  });
}

/** One that is gone is no error. */
export async function deleteOAuthApp(client: Client, appId: string): Promise<void> {
  await orUndefined(
    client.call({
      name: "oauth-apps.delete",
      method: "POST",
      path: "/api/v1/oauth-apps.delete",
      body: { appId },
      repeat: "idempotent",
      response: z.unknown(),
    }),
  );
}
