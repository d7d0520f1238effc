/** What guards must know of the server: which account a run uses, and who is admin. Reads, never writes. */
import { ADMIN_ROLE } from "../../client/api/roles.ts";
import { listUsers } from "../../client/api/users.ts";
import { createClient } from "../../client/create-client.ts";
import { everyRow } from "../../client/paginate.ts";
import { resolveConnection } from "../../engine/connection.ts";
import { ConfigurationError, NetworkError } from "../../errors.ts";
import type { Facts } from "../../review/guards.ts";
import * as state from "../../runner/state/index.ts";
import type { EngineChoice } from "../engine/choose.ts";
import type { EngineOptions } from "../engine/options.ts";
import { configFromPulumi } from "../engine/pulumi-ask.ts";
import { chooseStack, openWorkspace } from "../engine/workspace.ts";

/**
 * The configuration of the stack that a command means. Without `open`, secrets stay sealed and no passphrase is needed. What this package can't
 * read (another backend, another secrets provider, Pulumi ESC) the Pulumi CLI may, where that is the engine.
 */
export async function configOf(
  choice: EngineChoice,
  options: EngineOptions,
  open: boolean,
): Promise<state.StackConfig> {
  try {
    const workspace = await openWorkspace(options.file);
    const { stack } = await chooseStack(workspace, options.stack, options.newStack);
    const file = await state.openStackFile(workspace.project, stack);
    return await (open ? file.config(workspace.keyring) : file.list(undefined));
  } catch (error) {
    const config = choice.engine === "pulumi" ? await configFromPulumi(options, choice, open) : undefined;
    if (config === undefined) throw error;
    return config;
  }
}

/**
 * `needed`: a limit can't be judged without it. Otherwise undefined where the program says itself which server it means, or none answers: the
 * provider then refuses in its own time.
 */
export async function factsOf(
  choice: EngineChoice,
  options: EngineOptions,
  needed: boolean,
): Promise<Facts | undefined> {
  try {
    const config = await configOf(choice, options, true);
    const { client: connection } = resolveConnection((key) => config.get(key)?.value);
    const client = createClient(connection);
    try {
      const { username } = await client.self();
      const admins: string[] = [];
      for await (const user of everyRow((offset, count) => listUsers(client, offset, count))) {
        if (user.active !== false && user.roles?.includes(ADMIN_ROLE)) admins.push(user.username ?? "");
      }
      return { account: username, admins };
    } finally {
      await client.close();
    }
  } catch (error) {
    if (!needed && (error instanceof ConfigurationError || error instanceof NetworkError)) return undefined;
    throw error;
  }
}
