/** Which stacks a project has, and which one is meant. Doesn't open a stack's state. */
import { createHash } from "node:crypto";
import { access, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { locksDir, pulumiHome, stacksDir } from "./backend.ts";
import { fileError, isMissing, StateError } from "./errors.ts";
import { writeFileSafely } from "./files.ts";
import type { Project } from "./project.ts";
import type { Backend } from "./types.ts";

type Environment = Readonly<Record<string, string | undefined>>;

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

/** Removes a stack's checkpoint, backup and locks, not its `Pulumi.<stack>.yaml`. The caller has made sure that it is empty. */
export async function removeStack(backend: Backend, project: string, stack: string): Promise<void> {
  const dir = stacksDir(backend, project);
  for (const ending of checkpointEndings)
    for (const extra of ["", ".bak", ".attrs", ".bak.attrs", ".journal"])
      await rm(join(dir, stack + ending + extra), { force: true });
  await releaseLocks(backend, project, stack);
}

/** Removes every lock of a stack, whoever holds it: for a person who knows that no run is alive (`pulumi cancel`). */
export async function releaseLocks(backend: Backend, project: string, stack: string): Promise<void> {
  await rm(locksDir(backend, project, stack), { recursive: true, force: true });
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
 * The stack that a command means: `wanted` (`--stack`), else `PULUMI_STACK`, else the selected one, else the only one,
 * else `dev`. It need not exist. Rejects with StateError when several could be meant.
 */
export async function chooseStack(options: {
  readonly backend: Backend;
  readonly project: Project;
  readonly env: Environment;
  readonly wanted?: string | undefined;
}): Promise<string> {
  const { backend, project, env, wanted } = options;
  const named = wanted ?? env.PULUMI_STACK;
  if (named) return parseStackName(named, project.name);
  const stacks = await listStacks(backend, project.name);
  const selected = await readSelectedStack(backend, project, env);
  if (selected && stacks.includes(selected)) return selected;
  if (stacks.length > 1)
    throw new StateError(
      `The project ${project.name} has several stacks (${stacks.join(", ")}) and none is selected.`,
      {
        hint: "Name one with --stack or PULUMI_STACK.",
      },
    );
  return stacks[0] ?? "dev";
}

const selectionPath = (project: Project, env: Environment) =>
  join(
    pulumiHome(env),
    "workspaces",
    `${project.name}-${createHash("sha1").update(project.path).digest("hex")}-workspace.json`,
  );

interface Selection {
  stack?: string;
  stacks?: Record<string, string>;
}

async function readSelection(path: string): Promise<Selection> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Selection;
  } catch (error) {
    // A selection is a convenience: a file that can't be read means that nothing is selected.
    if (isMissing(error) || error instanceof SyntaxError) return {};
    throw fileError("read", path, error);
  }
}

/** What `pulumi stack select` chose for this project and backend. */
export async function readSelectedStack(
  backend: Backend,
  project: Project,
  env: Environment,
): Promise<string | undefined> {
  const selection = await readSelection(selectionPath(project, env));
  return selection.stacks?.[backend.url]?.split("/").at(-1);
}

/** Selects a stack as `pulumi stack select` does. Where Pulumi's folder can't be written nothing is selected. */
export async function writeSelectedStack(
  backend: Backend,
  project: Project,
  env: Environment,
  stack: string,
): Promise<void> {
  const path = selectionPath(project, env);
  const selection = await readSelection(path);
  const stacks = { ...selection.stacks, [backend.url]: `organization/${project.name}/${stack}` };
  const writable = await access(pulumiHome(env)).then(
    () => true,
    () => false,
  );
  if (writable) await writeFileSafely(path, JSON.stringify({ ...selection, stacks }, null, 4));
}
