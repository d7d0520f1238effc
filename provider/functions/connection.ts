/** Which server a look-up asks, and as whom. One log-in per connection and process, ended with the program. */
import * as pulumi from "@pulumi/pulumi";
import { createClient } from "../client/create-client.ts";
import { resolveConnection } from "../engine/connection.ts";
import { Session } from "../engine/session.ts";
import { ConfigurationError } from "../errors.ts";
import { settingsOf } from "../kinds/provider/resource.ts";

/** As the stack's configuration, by full key. Undefined values come from the environment. */
export type Settings = Readonly<Record<string, string | undefined>>;

/** The settings that `opts` lead to: an explicit Provider's, that of a parent, or the stack's own configuration. */
export function settingsFor(opts: pulumi.InvokeOptions): pulumi.Output<Settings> | undefined {
  const provider = opts.provider ?? opts.parent?.getProvider("pulumi-nodejs:index:Provider");
  if (provider === undefined) return undefined;
  const settings = settingsOf(provider);
  if (settings === undefined) {
    throw new ConfigurationError("The option `provider` of a look-up must be a rocketchat.Provider.");
  }
  // Registered: what the provider waits for, such as the server itself, is there.
  return pulumi.all([settings, provider.urn]).apply(([values]) => values);
}

const sessions = new Map<string, Session>();

/** Throws ConfigurationError. */
export function sessionFor(settings: Settings | undefined): Session {
  const read = settings === undefined ? pulumi.runtime.getConfig : (key: string) => settings[key];
  const connection = resolveConnection(read);
  const key = JSON.stringify(connection);
  let session = sessions.get(key);
  if (session === undefined) {
    if (sessions.size === 0) process.once("beforeExit", closeAll);
    const tell = (message: string) => void pulumi.log.info(message);
    const client = createClient({ ...connection.client, onWait: tell });
    session = new Session(client, connection.onDestroy, tell, connection.startTimeoutMs);
    sessions.set(key, session);
  }
  return session;
}

/** Logs out. A later look-up logs in again. */
export async function closeAll(): Promise<void> {
  const open = [...sessions.values()];
  sessions.clear();
  process.off("beforeExit", closeAll);
  await Promise.all(open.map(({ client }) => client.close()));
}
