/** Whose account speaks to the two servers of a clone: from the environment, else asked for on the terminal; never from the command line. */
import { type Connection, NAMES, resolveConnection } from "../../engine/connection.ts";
import { ConfigurationError } from "../../errors.ts";
import { askHidden, askLine, isInteractive } from "../engine/ask.ts";

/** What the variables of a server begin with. */
export type Prefix = "ROCKETCHAT_" | "ROCKETCHAT_FROM_";

const OWN: Prefix = "ROCKETCHAT_";

/** One value of a stack's configuration. */
export type ConfigValue = (key: string) => string | undefined;

const nothing: ConfigValue = () => undefined;

/** The variables of one server under the names that a connection is read from, the address in place. */
function variablesOf(prefix: Prefix, url: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = Object.values(NAMES).map((name) => [name, env[prefix + name.slice(OWN.length)]] as const);
  return { ...Object.fromEntries(own), [NAMES.url]: url };
}

const isWhole = (get: (name: "userId" | "authToken" | "username" | "password") => string | undefined): boolean =>
  Boolean((get("userId") && get("authToken")) || (get("username") && get("password")));

/**
 * The connection, and the variables that stand for it. Throws ConfigurationError naming the variables when there are no
 * credentials and nobody can be asked.
 */
export async function connectionTo(
  url: string,
  prefix: Prefix,
  config: ConfigValue = nothing,
): Promise<{ connection: Connection; env: NodeJS.ProcessEnv }> {
  const env = variablesOf(prefix, url, process.env);
  const isGiven = isWhole((name) => config(`rocketchat:${name}`)) || isWhole((name) => env[NAMES[name]] || undefined);
  if (!isGiven) {
    if (!isInteractive())
      throw new ConfigurationError(`No credentials for ${url}.`, {
        hint: `Set ${prefix}USER_ID and ${prefix}AUTH_TOKEN, or ${prefix}USERNAME and ${prefix}PASSWORD.`,
      });
    env[NAMES.username] ||= (await askLine(`Username at ${url}: `)).trim();
    env[NAMES.password] ||= await askHidden(`Password of ${env[NAMES.username]} at ${url}: `);
  }
  return {
    connection: resolveConnection((key) => (key === "rocketchat:url" ? url : config(key)), env),
    env,
  };
}
