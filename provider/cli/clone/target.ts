/** Looks at the target of a clone before anything is written there: its release, what it knows, and its addresses afterwards. */
import { createClient } from "../../client/create-client.ts";
import type { Connection } from "../../engine/connection.ts";
import type { AnyHandler, Context } from "../../engine/handler.ts";
import { Session } from "../../engine/session.ts";
import { readUrls, type Urls } from "./new-urls.ts";

async function withContext<T>(
  { client: connection, onDestroy }: Connection,
  log: (line: string) => void,
  act: (context: Context) => Promise<T>,
): Promise<T> {
  const client = createClient({ ...connection, onWait: log });
  try {
    return await act(new Session(client, onDestroy, log).context);
  } finally {
    await client.close();
  }
}

export interface TargetFacts {
  readonly version: string;
  /** The account of the connection. */
  readonly username: string;
  /** Names that are there, for each of the kinds that were asked for. */
  readonly names: ReadonlyMap<string, ReadonlySet<string>>;
}

export const lookAt = (
  connection: Connection,
  kinds: readonly AnyHandler[],
  log: (line: string) => void,
): Promise<TargetFacts> =>
  withContext(connection, log, async (ctx) => {
    const names = new Map<string, Set<string>>();
    for (const handler of kinds) {
      const [key = ""] = handler.schema.document.keys;
      const found = new Set<string>();
      for await (const live of handler.list(ctx, { brief: true }))
        found.add(String(handler.map(live, ctx, {}).inputs[key]));
      names.set(handler.kind, found);
    }
    const { version } = await ctx.client.server();
    return { version, username: (await ctx.client.self()).username, names };
  });

export const urlsAt = (connection: Connection, log: (line: string) => void): Promise<Urls> =>
  withContext(connection, log, readUrls);
