/** Which stack of a project is selected: the workspace file that the CLI keeps in its own folder. A convenience, no state. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pulumiHome } from "./backend.ts";
import { fileError, isMissing } from "./errors.ts";
import { writeFileSafely } from "./files.ts";
import type { Project } from "./project.ts";
import type { Backend, Environment } from "./types.ts";

interface Selection {
  stack?: string;
  stacks?: Record<string, string>;
}

const selectionPath = (project: Project, env: Environment) =>
  join(
    pulumiHome(env),
    "workspaces",
    `${project.name}-${createHash("sha1").update(project.path).digest("hex")}-workspace.json`,
  );

async function readSelection(path: string): Promise<Selection> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Selection;
  } catch (error) {
    // A file that can't be read means that nothing is selected.
    if (isMissing(error) || error instanceof SyntaxError) return {};
    throw fileError("read", path, error);
  }
}

/** What `stack select` chose for this project and backend. */
export async function readSelectedStack(
  backend: Backend,
  project: Project,
  env: Environment,
): Promise<string | undefined> {
  const selection = await readSelection(selectionPath(project, env));
  return selection.stacks?.[backend.url]?.split("/").at(-1);
}

/**
 * Selects a stack as the CLI does, or none. False where Pulumi's folder can't be written: then nothing is selected.
 */
export async function writeSelectedStack(
  backend: Backend,
  project: Project,
  env: Environment,
  stack: string | undefined,
): Promise<boolean> {
  const path = selectionPath(project, env);
  const selection = await readSelection(path);
  const { [backend.url]: _, ...others } = selection.stacks ?? {};
  const stacks = stack === undefined ? others : { ...others, [backend.url]: `organization/${project.name}/${stack}` };
  try {
    await writeFileSafely(path, JSON.stringify({ ...selection, stacks }, null, 4));
    return true;
  } catch {
    return false;
  }
}
