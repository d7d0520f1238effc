/** One side of a clone, as it is before anything is written: its release, its account, what it knows, its addresses. */
import { createClient } from "../../client/create-client.ts";
import type { Connection } from "../../engine/connection.ts";
import type { AnyHandler, Context } from "../../engine/handler.ts";
import { Session } from "../../engine/session.ts";
import { ConfigurationError, RocketChatError } from "../../errors.ts";
import { permissionsHeld } from "../doctor/permissions.ts";
import { readUrls, type Urls } from "./new-urls.ts";

export interface Server {
  readonly connection: Connection;
  readonly version: string;
  /** The server's own id, whatever address it is reached by. */
  readonly workspaceId: string;
  /** The account of the connection. */
  readonly username: string;
  /** Of the account, in the whole workspace. */
  permissions(): Promise<ReadonlySet<string>>;
  /** Names that are there, for each of the kinds. */
  names(kinds: readonly AnyHandler[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /** Addresses that the server has made, as they are by then. */
  urls(): Promise<Urls>;
}

/** `option`: which side it is. Rejects where the server can't be reached or does not take the credentials. */
export async function serverAt(
  option: "--from" | "--to",
  connection: Connection,
  log: (line: string) => void,
): Promise<Server> {
  const within = async <T>(act: (context: Context) => Promise<T>): Promise<T> => {
    const client = createClient({ ...connection.client, onWait: log });
    try {
      return await act(new Session(client, connection.onDestroy, log).context);
    } finally {
      await client.close();
    }
  };
  const known = await within(async ({ client }) => ({
    version: (await client.server()).version,
    workspaceId: await client.workspaceId(),
    username: (await client.self()).username,
  })).catch((error: unknown) => {
    // There are two servers, and most errors name none.
    if (!(error instanceof RocketChatError)) throw error;
    throw new ConfigurationError(`${option} ${connection.client.url}: ${error.message}`, { cause: error });
  });
  return {
    connection,
    ...known,
    names: (kinds) => (kinds.length === 0 ? Promise.resolve(new Map()) : within((ctx) => namesIn(ctx, kinds))),
    permissions: () => within(({ client }) => permissionsHeld(client)),
    urls: () => within(readUrls),
  };
}

async function namesIn(ctx: Context, kinds: readonly AnyHandler[]): Promise<Map<string, Set<string>>> {
  const names = new Map<string, Set<string>>();
  for (const handler of kinds) {
    const [key = ""] = handler.schema.document.keys;
    const found = new Set<string>();
    for await (const live of handler.list(ctx, { brief: true }))
      found.add(String(handler.map(live, ctx, {}).inputs[key]));
    names.set(handler.kind, found);
  }
  return names;
}
