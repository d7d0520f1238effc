/** `config` and `config get`. */
import {
  type ConfigValue,
  openStackFile,
  parseKey,
  parsePath,
  type StackConfig,
  StateError,
  valueAt,
} from "../../runner/state/index.ts";
import type { CommonOptions } from "../engine/manage.ts";
import { chooseStack, openWorkspace } from "../engine/workspace.ts";
import { printJson, printLine, table } from "./print.ts";

interface ReadOptions extends CommonOptions {
  readonly json?: boolean;
  readonly showSecrets?: boolean;
  readonly path?: boolean;
}

export async function listConfig({ stack: wanted, json, showSecrets }: ReadOptions): Promise<void> {
  const workspace = await openWorkspace();
  const { project, keyring } = workspace;
  const { stack } = await chooseStack(workspace, wanted);
  const file = await openStackFile(project, stack);
  const config = sorted(await file.list(showSecrets ? keyring : undefined));
  if (json) {
    const visible = (entry: ConfigValue) => (entry.secret && !showSecrets ? { secret: true } : documentOf(entry));
    printJson(Object.fromEntries(config.map(([key, entry]) => [key, visible(entry)])));
    return;
  }
  const own = `${project.name}:`;
  const rows = config.map(([key, { value }]) => [key.startsWith(own) ? key.slice(own.length) : key, value]);
  printLine(table([["KEY", "VALUE"], ...rows]));
}

export async function getConfig(key: string, { stack: wanted, json, path }: ReadOptions): Promise<void> {
  const workspace = await openWorkspace();
  const { project, keyring } = workspace;
  const { stack } = await chooseStack(workspace, wanted);
  const file = await openStackFile(project, stack);
  const [first, ...inside] = path ? parsePath(key) : [key];
  const entry = (await file.list(keyring)).get(parseKey(first, project.name, file.path));
  const found = entry && (inside.length > 0 ? inner(entry, inside) : entry);
  if (!found)
    throw new StateError(`There is no configuration value ${key} for the stack ${stack}.`, {
      hint: `\`pulumi-rocketchat config --stack ${stack}\` lists those that are there.`,
    });
  if (json) printJson(documentOf(found));
  else printLine(found.value);
}

/** Keys in the order of their bytes, as the CLI lists them. */
function sorted(config: StackConfig): [string, ConfigValue][] {
  return [...config].sort(([a], [b]) => (a < b ? -1 : 1));
}

function documentOf({ value, secret, isObject }: ConfigValue): Record<string, unknown> {
  return { value, ...(isObject && { objectValue: JSON.parse(value) as unknown }), secret };
}

function inner(entry: ConfigValue, inside: readonly (string | number)[]): ConfigValue | undefined {
  if (!entry.isObject) return undefined;
  const found = valueAt(JSON.parse(entry.value), inside);
  if (found === undefined) return undefined;
  const isObject = typeof found === "object" && found !== null;
  return { value: isObject ? JSON.stringify(found) : String(found ?? ""), secret: entry.secret, isObject };
}
