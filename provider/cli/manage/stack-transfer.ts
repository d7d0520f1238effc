/** `stack export` and `stack import`. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { text as readAll } from "node:stream/consumers";
import {
  exportDeployment,
  fileError,
  importDeployment,
  openStackFile,
  readSealedState,
  writeFileSafely,
} from "../../runner/state/index.ts";
import type { CommonOptions } from "../engine/manage.ts";
import { existingStack, openWorkspace } from "../engine/workspace.ts";
import { printJson, printLine, warn } from "./print.ts";

interface Options extends CommonOptions {
  readonly file?: string;
  readonly showSecrets?: boolean;
  readonly force?: boolean;
}

export async function exportStack(options: Options): Promise<void> {
  const workspace = await openWorkspace();
  const { backend, project, keyring } = workspace;
  const stack = await existingStack(workspace, options.stack);
  const place = { backend, project: project.name, stack, keyring };
  const state = await readSealedState(backend, project.name, stack, keyring);
  const cipher =
    options.showSecrets && state.salt !== undefined ? await keyring.unlock(state.salt, state.path) : undefined;
  const document = exportDeployment(place, state, cipher);
  if (options.showSecrets)
    warn("The export holds secrets in clear. Keep it as you keep them, and delete it when it is no longer needed.");
  if (options.file === undefined) return printJson(document, 4);
  await writeFileSafely(resolve(options.file), `${JSON.stringify(document, undefined, 4)}\n`);
}

export async function importStack(options: Options): Promise<void> {
  const workspace = await openWorkspace();
  const { backend, project, keyring } = workspace;
  const stack = await existingStack(workspace, options.stack);
  const source = options.file === undefined ? "standard input" : resolve(options.file);
  const text = options.file === undefined ? await readAll(process.stdin) : await read(source);
  const { salt } = await openStackFile(project, stack);
  const place = { backend, project: project.name, stack, keyring };
  const warnings = await importDeployment(place, { text, source, force: options.force === true, salt });
  for (const warning of warnings) warn(warning);
  printLine("Import complete.");
}

async function read(path: string): Promise<string> {
  return readFile(path, "utf8").catch((error: unknown) => {
    throw fileError("read", path, error);
  });
}
