/** Errors of the state layer: messages for a person, with the file they are about. Never a secret's value. */
import { existsSync } from "node:fs";
import { RocketChatError } from "../../errors.ts";

/** The state, the stack file, the passphrase or the lock can't be used as they are. */
export class StateError extends RocketChatError {
  readonly code = "state";
}

/** The stack that is meant is not there, or it is not said which one is. */
export class NoStackError extends RocketChatError {
  readonly code = "no-stack";
}

/** `others`: the project's stacks. */
export function noStackOf(stack: string, project: string, others: readonly string[]): NoStackError {
  const create = `\`pulumi-rocketchat stack init ${stack}\``;
  if (others.length === 0)
    return new NoStackError(`There is no stack "${stack}" of the project ${project}; it has none yet.`, {
      hint: `Make it with ${create}.`,
    });
  return new NoStackError(`There is no stack "${stack}" of the project ${project}; there is: ${others.join(", ")}.`, {
    hint: `Name one of them with --stack, or make this one with ${create}.`,
  });
}

/** What the file system said, in words; the path is named by the caller. */
export function describeFileError(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return "the disk is full";
    case "EROFS":
      return "the file system is read-only";
    case "EACCES":
    case "EPERM":
      return "no permission";
    case "ENOENT":
      return "no such file or folder";
    case "ENOTDIR":
      return "a part of the path is not a folder";
    case "EISDIR":
      return "it is a folder";
    default:
      return code ?? (error instanceof Error ? error.message : String(error));
  }
}

/** `Can't <act> <path>: <reason>.` */
export function fileError(act: string, path: string, error: unknown, hint?: string): StateError {
  return new StateError(`Can't ${act} ${path}: ${describeFileError(error)}.`, { hint, cause: error });
}

/** True for "there is no such file", the one file error that is often an answer. */
export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === "ENOENT";
}

/** What to do about a checkpoint that can't be used: names the backup where there is one. */
export function damageHint(path: string): string {
  const backup = `${path}.bak`;
  return existsSync(backup)
    ? `The state before the last save is ${backup}: put a copy of it in this file's place, then run refresh to see what differs.`
    : `There is no ${backup} beside it. Put a copy of your own in this file's place; without one, move the file away: the stack then begins empty, and what exists has to be adopted.`;
}
