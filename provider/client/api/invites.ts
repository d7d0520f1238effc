/** Invite links of rooms. Their ids are what lets people in: no message shows one. Knows no kinds. */
import { z } from "zod";
import type { Client } from "../client.ts";
import { orUndefined } from "./codes.ts";

/** The only values that the server takes. 0: never expires. */
export const INVITE_DAYS = [0, 1, 7, 15, 30] as const;
/** The only values that the server takes. 0: without limit. */
export const INVITE_USES = [0, 1, 5, 10, 25, 50, 100] as const;

const inviteSchema = z.object({
  _id: z.string(),
  rid: z.string(),
  userId: z.string(),
  days: z.number(),
  maxUses: z.number(),
  uses: z.number(),
  createdAt: z.string(),
  expires: z.string().nullish(),
  /** "" in lists. */
  url: z.string().nullish(),
});

export type ApiInvite = z.infer<typeof inviteSchema>;

function sealed(client: Client, invite: ApiInvite): ApiInvite {
  client.hide(invite._id);
  if (invite.url) client.hide(invite.url);
  return invite;
}

/** This account's invite with these values while it is valid, else a new one. */
export async function findOrCreateInvite(
  client: Client,
  body: { rid: string; days: number; maxUses: number },
): Promise<ApiInvite> {
  const invite = await client.call({
    name: "findOrCreateInvite",
    method: "POST",
    path: "/api/v1/findOrCreateInvite",
    body,
    repeat: "idempotent",
    response: inviteSchema,
  });
  return sealed(client, invite);
}

/** Name of the list below, for `Lists`. */
export const INVITE_LIST = "listInvites";

/** Those of all accounts and rooms at once; also expired ones, used up ones, and those of rooms that are gone. */
export async function listInvites(client: Client): Promise<ApiInvite[]> {
  const invites = await client.call({
    name: INVITE_LIST,
    method: "GET",
    path: "/api/v1/listInvites",
    repeat: "read",
    response: z.array(inviteSchema),
  });
  return invites.map((invite) => sealed(client, invite));
}

/** One that is gone is no error. */
export async function removeInvite(client: Client, inviteId: string): Promise<void> {
  await orUndefined(
    client.call({
      name: "removeInvite",
      method: "DELETE",
      path: `/api/v1/removeInvite/${encodeURIComponent(inviteId)}`,
      repeat: "idempotent",
      response: z.unknown(),
    }),
  );
}
