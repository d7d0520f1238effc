/** `cancel`. */
import { readLocks, releaseLocks, StateError } from "../../runner/state/index.ts";
import { isInteractive } from "../engine/ask.ts";
import { confirmByName } from "../engine/confirm.ts";
import type { CommonOptions } from "../engine/manage.ts";
import { existingStack, openWorkspace } from "../engine/workspace.ts";
import { printLine } from "./print.ts";

export async function cancel(
  given: string | undefined,
  options: CommonOptions & { readonly yes?: boolean },
): Promise<void> {
  const workspace = await openWorkspace();
  const { backend, project } = workspace;
  const stack = await existingStack(workspace, given ?? options.stack);
  const locks = await readLocks(backend, project.name, stack);
  if (locks.length === 0) return printLine(`No run holds a lock of '${stack}'; there is nothing to cancel.`);
  const holders = locks.map(({ holder, alive }) => `  * ${holder}${note(alive)}`).join("\n");
  const alive = locks.filter((lock) => lock.alive);
  if (alive.length > 0 && !options.yes && !isInteractive())
    throw new StateError(`The run that holds the lock of ${stack} is still alive:\n${holders}`, {
      hint: "Stop it first: one SIGINT lets it end in order. To release its lock all the same, pass --yes.",
    });
  const question = `This will irreversibly cancel the currently running update for '${stack}'!\n${holders}`;
  // As with the CLI, a machine needs no --yes: only a living holder is worth an objection.
  if (isInteractive()) await confirmByName(options, question, stack);
  await releaseLocks(backend, project.name, stack);
  printLine(`The currently running update for '${stack}' has been canceled!`);
}

function note(alive: boolean | undefined): string {
  if (alive === undefined) return " (on another host: whether it runs can't be told from here)";
  return alive ? " (still running)" : " (no longer running)";
}
