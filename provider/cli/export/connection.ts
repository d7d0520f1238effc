/** Which server a command means that runs no engine: `--url`, else the stack's configuration, else the environment. */
import { type Connection, resolveConnection } from "../../engine/connection.ts";
import * as state from "../../runner/state/index.ts";
import { chooseStack, openWorkspace } from "../engine/workspace.ts";

export interface ServerOptions {
  readonly stack?: string;
  readonly url?: string;
  /** A workspace document, beside which the stack's configuration lies. Default: the folder's own. */
  readonly file?: string;
}

/** The configuration of a stack, where one is meant; undefined in a folder that is no project. */
async function stackConfig(wanted: string | undefined, file?: string): Promise<state.StackConfig | undefined> {
  const workspace = await openWorkspace(file).catch((error: unknown) => {
    if (wanted === undefined && error instanceof state.StateError) return undefined;
    throw error;
  });
  if (workspace === undefined) return undefined;
  const { stack, exists } = await chooseStack(workspace, wanted);
  if (!exists && wanted !== undefined) throw state.noStackOf(stack, workspace.project.name, []);
  return (await state.openStackFile(workspace.project, stack)).config(workspace.keyring);
}

/** With `--url` the credentials are the environment's: those of a stack belong to its own server. */
export async function connectionOf({ stack, url, file }: ServerOptions): Promise<Connection> {
  if (url !== undefined) return resolveConnection((key) => (key === "rocketchat:url" ? url : undefined));
  const config = await stackConfig(stack, file);
  return resolveConnection((key) => config?.get(key)?.value);
}
