/** Who talks to whom: log-in and log-out, the calling account, the server's version and identity. */
import { z } from "zod";
import type { Operation } from "../client.ts";

const me = z.object({ _id: z.string(), username: z.string(), roles: z.array(z.string()).default([]) });

export type Me = z.infer<typeof me>;

const loginReply = z.object({
  data: z.object({
    userId: z.string(),
    authToken: z.string(),
    /** Left out by 6.x. */
    me: me.optional().catch(undefined),
  }),
});

export type LoginReply = z.infer<typeof loginReply>;

/** `user`: user name or e-mail address. `code`: second factor, only where the server asked for one. */
export const loginOperation = (user: string, password: string, code?: string): Operation<LoginReply> => ({
  name: "login",
  method: "POST",
  path: "/api/v1/login",
  body: { user, password, ...(code !== undefined && { code }) },
  // A lost answer leaves a token behind that expires by itself.
  repeat: "idempotent",
  anonymous: true,
  response: loginReply,
});

/** Ends the token that the call carries: never for a personal access token. */
export const logoutOperation: Operation<unknown> = {
  name: "logout",
  method: "POST",
  path: "/api/v1/logout",
  // The token ends by itself, and the server may have been removed by the same run.
  repeat: "never",
  response: z.unknown(),
};

export const meOperation: Operation<Me> = {
  name: "me",
  method: "GET",
  path: "/api/v1/me",
  repeat: "read",
  response: me,
};

export const infoOperation: Operation<{ version: string }> = {
  name: "info",
  method: "GET",
  path: "/api/info",
  repeat: "read",
  anonymous: true,
  response: z.object({ version: z.string() }),
};

const publicSettings = z.object({
  settings: z.array(z.object({ _id: z.string(), value: z.unknown() })),
  total: z.number().optional(),
});

/** One page of the settings that everybody may read, only those with `id` where the server can filter. */
export const publicSettingsOperation = (
  id: string,
  offset: number,
  count: number,
): Operation<z.infer<typeof publicSettings>> => ({
  name: "settings.public",
  method: "GET",
  path: "/api/v1/settings.public",
  query: { _id: id, offset, count },
  repeat: "read",
  anonymous: true,
  response: publicSettings,
});
