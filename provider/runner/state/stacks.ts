/** Which stacks a project has, and which one is meant. Doesn't open a stack's state. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { stacksDir } from "./backend.ts";
import { fileError, isMissing, StateError } from "./errors.ts";
import type { Project } from "./project.ts";
import { readSelectedStack } from "./selection.ts";
import type { Backend, Environment } from "./types.ts";

/** A checkpoint's endings: plain, and as the CLI writes it with PULUMI_DIY_BACKEND_GZIP or _ZSTD. */
export const checkpointEndings = [".json", ".json.gz", ".json.zst"] as const;

/** The project's stacks by name, sorted. */
export async function listStacks(backend: Backend, project: string): Promise<string[]> {
  const dir = stacksDir(backend, project);
  const names = await readdir(dir).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw fileError("list", dir, error);
  });
  const found = names.flatMap((name) => {
    const ending = checkpointEndings.find((candidate) => name.endsWith(candidate));
    return ending ? [name.slice(0, -ending.length)] : [];
  });
  return [...new Set(found)].sort();
}

/** The projects that have stacks in this backend, sorted. */
export async function listProjects(backend: Backend): Promise<string[]> {
  const dir = stacksDir(backend, ".");
  const entries = await readdir(dir, { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw fileError("list", dir, error);
  });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** The path of a stack's checkpoint: of several forms the newest, as the CLI chooses; undefined when there is none. */
export async function findCheckpoint(backend: Backend, project: string, stack: string): Promise<string | undefined> {
  let newest: { path: string; time: number } | undefined;
  for (const ending of checkpointEndings) {
    const path = join(stacksDir(backend, project), `${stack}${ending}`);
    try {
      const time = (await stat(path)).mtimeMs;
      if (!newest || time >= newest.time) newest = { path, time };
    } catch (error) {
      if (!isMissing(error)) throw fileError("read", path, error);
    }
  }
  return newest?.path;
}

export async function stackExists(backend: Backend, project: string, stack: string): Promise<boolean> {
  return (await findCheckpoint(backend, project, stack)) !== undefined;
}

/** Checks a stack's name, and takes `organization/<project>/<stack>` and `organization/<stack>` apart. Throws StateError. */
export function parseStackName(name: string, project: string): string {
  const parts = name.split("/");
  const stack = parts.at(-1) ?? "";
  const foreign =
    parts.length > 3 ||
    (parts.length > 1 && parts[0] !== "organization") ||
    (parts.length === 3 && parts[1] !== project);
  if (foreign)
    throw new StateError(`The stack "${name}" is not one of this project.`, {
      hint: `Give its name alone, or organization/${project}/<stack>.`,
    });
  if (!/^[A-Za-z0-9_.-]{1,100}$/.test(stack))
    throw new StateError(`"${stack}" can't be a stack's name.`, {
      hint: "Use letters, digits, -, _ and ., 100 at most.",
    });
  return stack;
}

/**
 * The stack that a command means: `wanted` (`--stack`), else `PULUMI_STACK`, else the selected one, else the only one.
 * It need not exist. An array when several could be meant, or none is there.
 */
export async function findStack(options: {
  readonly backend: Backend;
  readonly project: Project;
  readonly env: Environment;
  readonly wanted?: string | undefined;
}): Promise<string | readonly string[]> {
  const { backend, project, env, wanted } = options;
  const named = wanted ?? env.PULUMI_STACK;
  if (named) return parseStackName(named, project.name);
  const stacks = await listStacks(backend, project.name);
  const selected = await readSelectedStack(backend, project, env);
  if (selected && stacks.includes(selected)) return selected;
  const [only] = stacks;
  return stacks.length === 1 && only !== undefined ? only : stacks;
}

export function severalStacks(project: Project, stacks: readonly string[]): StateError {
  return new StateError(`The project ${project.name} has several stacks (${stacks.join(", ")}) and none is selected.`, {
    hint: "Name one with --stack or PULUMI_STACK, or select it with `pulumi-rocketchat stack select <name>`.",
  });
}
