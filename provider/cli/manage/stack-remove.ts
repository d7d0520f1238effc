/** `stack rm`. */
import { rm } from "node:fs/promises";
import {
  hasJournal,
  readSealedState,
  readSelectedStack,
  removeStack as removeState,
  StateError,
  stackFilePath,
  writeSelectedStack,
} from "../../runner/state/index.ts";
import { confirmByName } from "../engine/confirm.ts";
import type { CommonOptions } from "../engine/manage.ts";
import { existingStack, openWorkspace } from "../engine/workspace.ts";
import { printLine } from "./print.ts";
import { settle } from "./stack-make.ts";

interface Options extends CommonOptions {
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly preserveConfig?: boolean;
  readonly removeBackups?: boolean;
}

export async function removeStack(given: string | undefined, options: Options): Promise<void> {
  const workspace = await openWorkspace();
  const { backend, project, keyring, env } = workspace;
  const stack = await existingStack(workspace, given ?? options.stack);
  await confirmByName(options, `This will permanently remove the '${stack}' stack!`, stack);
  if (!options.force) {
    // What a killed run made stands in its journal only.
    if (await hasJournal(backend, project.name, stack)) await settle(workspace, stack);
    const { resources, pending } = await readSealedState(backend, project.name, stack, keyring);
    const left = resources.length + pending.length;
    if (left > 0)
      throw new StateError(`The stack ${stack} still has ${left} resources; it is not removed.`, {
        hint: `Delete them with \`pulumi-rocketchat destroy --stack ${stack}\` first, or leave them on the server with --force.`,
      });
  }
  await removeState({ backend, project: project.name, stack }, { backups: options.removeBackups === true });
  if (!options.preserveConfig) await rm(stackFilePath(project, stack), { force: true });
  if ((await readSelectedStack(backend, project, env)) === stack)
    await writeSelectedStack(backend, project, env, undefined);
  printLine(`Stack '${stack}' has been removed!`);
}
