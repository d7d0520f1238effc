/** `stack output`. */
import { openStack, type Resource, readSealedState, StateError, unwrap } from "../../runner/state/index.ts";
import type { CommonOptions } from "../engine/manage.ts";
import { existingStack, openWorkspace, type Workspace } from "../engine/workspace.ts";
import { printJson, printLine, table } from "./print.ts";
import { isStack, masked } from "./state-facts.ts";

interface Options extends CommonOptions {
  readonly json?: boolean;
  readonly shell?: boolean;
  readonly showSecrets?: boolean;
}

export async function showOutputs(name: string | undefined, options: Options): Promise<void> {
  const workspace = await openWorkspace();
  const stack = await existingStack(workspace, options.stack);
  const outputs = await readOutputs(workspace, stack, options.showSecrets === true);
  if (options.json && options.shell) throw new StateError("--json and --shell can't be used together.");
  if (name === undefined) {
    if (options.json) printJson(outputs);
    else if (options.shell) for (const [key, value] of Object.entries(outputs)) printLine(assignment(key, value));
    else printLine(outputsText(outputs));
    return;
  }
  if (!Object.hasOwn(outputs, name))
    throw new StateError(`The stack ${stack} has no output "${name}".`, {
      hint: `It has: ${Object.keys(outputs).join(", ") || "none"}.`,
    });
  if (options.json) printJson(outputs[name]);
  else if (options.shell) printLine(assignment(name, outputs[name]));
  else printLine(textOf(outputs[name]));
}

/** The root stack's outputs by name, sorted. Secrets are opened, or masked without the passphrase. */
export async function readOutputs(
  { backend, project, keyring }: Workspace,
  stack: string,
  showSecrets: boolean,
): Promise<Record<string, unknown>> {
  const sealed = await readSealedState(backend, project.name, stack, keyring);
  const show = showSecrets && sealed.salt !== undefined;
  let resources: readonly Resource[] = sealed.resources;
  if (show) {
    const salt = sealed.salt ?? "";
    const store = await openStack({ backend, project: project.name, stack, keyring, salt, write: false });
    resources = store.resources;
    await store.close();
  }
  const outputs = (show ? unwrap : masked)(resources.find(isStack)?.outputs ?? {}) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(outputs).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function outputsText(outputs: Record<string, unknown>): string {
  const entries = Object.entries(outputs).map(([key, value]) => [key, textOf(value)]);
  const heading = `Current stack outputs (${entries.length}):`;
  if (entries.length === 0) return `${heading}\n    No output values currently in this stack`;
  return `${heading}\n${table([["OUTPUT", "VALUE"], ...entries], "    ")}`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function assignment(name: string, value: unknown): string {
  const text = textOf(value);
  return `${name}=${/^[\w@%+:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`}`;
}
