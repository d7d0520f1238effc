/** Calls around personal access tokens: always those of the account that the client logs in as. */
import { z } from "zod";
import type { Client } from "../client.ts";

const row = z.object({
  name: z.string(),
  createdAt: z.string(),
  /** Last six characters of the token. */
  lastTokenPart: z.string(),
  bypassTwoFactor: z.boolean().optional(),
});

export type TokenRow = z.infer<typeof row>;

const secret = z.object({ token: z.string() });

/** Throws ConflictError when the account has a token of that name. The value is told this once. */
export async function generateToken(client: Client, tokenName: string, bypassTwoFactor: boolean): Promise<string> {
  const { token } = await client.call({
    name: "users.generatePersonalAccessToken",
    method: "POST",
    path: "/api/v1/users.generatePersonalAccessToken",
    body: { tokenName, bypassTwoFactor },
    repeat: "once",
    response: secret,
  });
  client.hide(token);
  return token;
}

/** A new value under the same name and with the same second-factor rule; the old value stops working at once. */
export async function regenerateToken(client: Client, tokenName: string): Promise<string> {
  const { token } = await client.call({
    name: "users.regeneratePersonalAccessToken",
    method: "POST",
    path: "/api/v1/users.regeneratePersonalAccessToken",
    body: { tokenName },
    // When an answer is lost, its value is too: only another value can follow.
    repeat: "idempotent",
    response: secret,
  });
  client.hide(token);
  return token;
}

/** Throws NotFoundError. */
export async function removeToken(client: Client, tokenName: string): Promise<void> {
  await client.call({
    name: "users.removePersonalAccessToken",
    method: "POST",
    path: "/api/v1/users.removePersonalAccessToken",
    body: { tokenName },
    repeat: "idempotent",
    response: z.unknown(),
  });
}

export async function listTokens(client: Client): Promise<TokenRow[]> {
  const { tokens } = await client.call({
    name: "users.getPersonalAccessTokens",
    method: "GET",
    path: "/api/v1/users.getPersonalAccessTokens",
    repeat: "read",
    response: z.object({ tokens: z.array(row) }),
  });
  return tokens;
}
