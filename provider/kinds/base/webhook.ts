/** What incoming and outgoing webhooks have in common. Imports no Pulumi; knows neither kind's own fields. */
import { setTimeout as wait } from "node:timers/promises";
import { hasCode } from "../../client/api/codes.ts";
import {
  getIntegration,
  INTEGRATION_LIST,
  type Integration,
  type IntegrationType,
  listIntegrations,
} from "../../client/api/integrations.ts";
import { findAccount } from "../../client/api/members.ts";
import type { Client } from "../../client/client.ts";
import { everyRow } from "../../client/paginate.ts";
import type { Context } from "../../engine/handler.ts";
import { isUnknown } from "../../engine/schema.ts";
import { InputError, PermissionError } from "../../errors.ts";
import { onlyOne } from "./only-one.ts";

/** Targets as a list: the server takes "#a, @b" and gives back ["#a", "@b"]. */
export function targetsOf(channel: string | readonly string[] | null | undefined): string[] {
  const parts = typeof channel === "string" ? [channel] : (channel ?? []);
  const split = parts.flatMap((part) => (isUnknown(part) ? [part] : part.split(",").map((target) => target.trim())));
  return [...new Set(split.filter((target) => target !== ""))];
}

/** The fields that both kinds read alike. */
export const readCommon = (live: Integration) => ({
  name: live.name ?? "",
  enabled: live.enabled ?? false,
  username: live.username ?? "",
  channel: targetsOf(live.channel),
  alias: live.alias ?? "",
  avatar: live.avatar ?? "",
  emoji: live.emoji ?? "",
  script: live.script ?? "",
  scriptEnabled: live.scriptEnabled ?? false,
  scriptEngine: live.scriptEngine === "vm2" ? ("vm2" as const) : ("isolated-vm" as const),
  skipTranspile: live.skipTranspile ?? false,
});

const sharedList = ({ client, lists }: Context) =>
  lists.of<Integration>(
    INTEGRATION_LIST,
    (offset, count) => listIntegrations(client, offset, count),
    ({ _id }) => _id,
  );

export const forgetList = ({ lists }: Context): void => lists.forget(INTEGRATION_LIST);

export async function* listOfType(ctx: Context, type: IntegrationType): AsyncIterable<Integration> {
  for (const row of (await sharedList(ctx).rows()).values()) if (row.type === type) yield row;
}

export async function readOne(
  ctx: Context,
  id: string,
  type: IntegrationType,
  fresh: boolean,
): Promise<Integration | undefined> {
  const row = fresh ? undefined : await sharedList(ctx).row(id);
  const live = row ?? (await getIntegration(ctx.client, id));
  return live?.type === type ? live : undefined;
}

/** The one that matches, among those that may have the same name. ConflictError when several do: the server keeps no key. */
export async function findOne(
  client: Client,
  type: IntegrationType,
  name: string,
  what: string,
  matches: (live: Integration) => boolean,
): Promise<Integration | undefined> {
  const hits: Integration[] = [];
  for await (const row of everyRow((offset, count) => listIntegrations(client, offset, count, { name, type }))) {
    if (row.type === type && row.name === name && matches(row)) hits.push(row);
  }
  return onlyOne(client, hits, { what, noun: "integrations", operation: INTEGRATION_LIST });
}

/** The server stores a script that does not compile, and the hook then does nothing: that is the author's mistake to see. */
export function refuseBrokenScript(what: string, live: Integration): void {
  if (live.scriptEnabled !== true || live.scriptError === undefined || live.scriptError === null) return;
  const { message } = live.scriptError as { message?: unknown };
  throw new InputError(
    `${what}: the script does not compile on the server${typeof message === "string" && message ? `: ${message}` : ""}.`,
    { hint: "Correct `script`, or set `scriptEnabled: false`." },
  );
}

/** Rocket.Chat caches a user's roles for about a second, so a role given just now may not count yet. */
const ROLE_CACHE_MS = 1_200;
const ROLE_CACHE_TRIES = 3;

const LACKS_IMPERSONATE = "error-user-lacks-message-impersonate-permission";

/** Runs a write and turns the server's refusals into messages that name the argument. */
export async function explained<T>(
  client: Client,
  what: string,
  { username, channel }: { username: string; channel: readonly string[] },
  write: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await write();
    } catch (error) {
      if (hasCode(error, LACKS_IMPERSONATE)) {
        const roles = (await findAccount(client, { username }))?.roles ?? [];
        if (tries < ROLE_CACHE_TRIES && (roles.includes("bot") || roles.includes("app"))) {
          await wait(ROLE_CACHE_MS);
          continue;
        }
        throw new PermissionError(
          `${what}: the server lets an incoming webhook post only as somebody with the permission message-impersonate, which "${username}" lacks.`,
          error.call,
          {
            hint: `Give "${username}" the role "bot" (an admin does not have this permission by itself), or name another username.`,
            cause: error,
          },
        );
      }
      if (hasCode(error, "error-invalid-user", "error-invalid-post-as-user", "error-invalid-username")) {
        throw new InputError(`${what}: username: there is no user "${username}" at ${client.url}.`, {
          hint: "If the program makes this user, use its `username` output, so that it comes first.",
          cause: error,
        });
      }
      if (hasCode(error, "error-invalid-room")) {
        throw new InputError(
          `${what}: channel: not all of ${channel.map((target) => `"${target}"`).join(", ")} exist at ${client.url}, or the account may not use them.`,
          {
            hint: "Rooms are named with #, people with @. If the program makes the room, build the value from its `name` output.",
            cause: error,
          },
        );
      }
      throw error;
    }
  }
}
