/** `config set` and `config rm`. */
import { text as readAll } from "node:stream/consumers";
import { NAMES } from "../../engine/connection.ts";
import { nearest } from "../../engine/near.ts";
import { type ConfigPath, openStackFile, parsePath } from "../../runner/state/index.ts";
import { askHidden, askLine } from "../engine/ask.ts";
import type { CommonOptions } from "../engine/manage.ts";
import { chooseStack, openWorkspace } from "../engine/workspace.ts";
import { warn } from "./print.ts";

interface WriteOptions extends CommonOptions {
  readonly path?: boolean;
  readonly secret?: boolean;
  readonly plaintext?: boolean;
}

export async function setConfig(key: string, given: string | undefined, options: WriteOptions): Promise<void> {
  const { secret = false, plaintext = false } = options;
  const where = placeOf(key, options);
  const workspace = await openWorkspace();
  const { stack } = await chooseStack(workspace, options.stack);
  const file = await openStackFile(workspace.project, stack);
  const value = given ?? (await askValue(secret));
  await file.set(where, value, { secret, keyring: workspace.keyring });
  warnOfKey(where[0], { secret, plaintext });
}

export async function removeConfig(key: string, options: WriteOptions): Promise<void> {
  const workspace = await openWorkspace();
  const { stack } = await chooseStack(workspace, options.stack);
  const file = await openStackFile(workspace.project, stack);
  await file.remove(placeOf(key, options));
}

function placeOf(key: string, { path }: WriteOptions): ConfigPath {
  return path ? parsePath(key) : [key];
}

async function askValue(secret: boolean): Promise<string> {
  if (!process.stdin.isTTY) return (await readAll(process.stdin)).replace(/[\r\n]+$/, "");
  return secret ? askHidden("value: ") : askLine("value: ");
}

const secretNames = ["authToken", "password", "totpSecret"];

/** Says what is probably a slip; the value is set all the same, as with the CLI. */
function warnOfKey(key: string, { secret, plaintext }: { secret: boolean; plaintext: boolean }): void {
  const name = /^rocketchat:(?:config:)?(.*)$/.exec(key)?.[1];
  if (name === undefined) return;
  const known = [...Object.keys(NAMES), "production"];
  if (!known.includes(name)) {
    const [near] = nearest(name, known);
    const advice = near ? `did you mean rocketchat:${near}?` : `it knows ${known.join(", ")}.`;
    warn(`The provider knows no setting ${key}; ${advice}`);
  }
  if (secretNames.includes(name) && !secret && !plaintext)
    warn(`${key} now stands in clear in the stack's file. Set it again with --secret, or with --plaintext if it must.`);
}
