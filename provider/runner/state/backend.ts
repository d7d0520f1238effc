/** Where the state lies: the folder of a self-managed file backend, and its layout. Doesn't read a stack. */
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { fileError, isMissing, StateError } from "./errors.ts";
import { writeFileSafely } from "./files.ts";
import type { Project } from "./project.ts";
import type { Backend, Environment } from "./types.ts";

const supportedHint =
  "The embedded runner keeps state in a folder only: set PULUMI_BACKEND_URL=file://<folder> (or file://~). For other backends use the Pulumi CLI.";

/** The folder of Pulumi's own files: `PULUMI_HOME`, else `~/.pulumi`. */
export function pulumiHome(env: Environment): string {
  return env.PULUMI_HOME ? resolve(env.PULUMI_HOME) : join(homedir(), ".pulumi");
}

/**
 * Finds the backend as the Pulumi CLI does: `PULUMI_BACKEND_URL`, then the project's `backend.url`, then the backend that
 * `pulumi login` chose. Relative `file://` addresses are relative to `cwd`. Makes nothing on disk.
 */
export async function openBackend(options: {
  readonly project: Project;
  readonly env: Environment;
  /** Default: the project's folder. */
  readonly cwd?: string;
}): Promise<Backend> {
  const { project, env, cwd = project.dir } = options;
  const url = env.PULUMI_BACKEND_URL || project.backendUrl || (await currentLogin(env));
  if (!url)
    throw new StateError("It is not said where the state of this project lies.", {
      hint: "Set PULUMI_BACKEND_URL=file://<folder> (or file://~). For Pulumi Cloud or a bucket, take the Pulumi CLI and its `pulumi login`.",
    });
  if (!url.startsWith("file://"))
    throw new StateError(`The backend ${withoutPassword(url)} is not supported.`, { hint: supportedHint });
  const backend = { url, root: folderOf(url, cwd) };
  await checkLayout(backend);
  return backend;
}

function folderOf(url: string, cwd: string): string {
  const [path = ""] = url.slice("file://".length).split("?");
  if (path === "") throw new StateError(`The backend ${url} names no folder.`, { hint: supportedHint });
  if (path === "~") return homedir();
  if (path.startsWith("~")) return join(homedir(), path.slice(2));
  return resolve(cwd, path);
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^/@]*@/, "//****@").replace(/\?.*$/, "");
}

async function currentLogin(env: Environment): Promise<string | undefined> {
  const path = join(pulumiHome(env), "credentials.json");
  try {
    const { current } = JSON.parse(await readFile(path, "utf8")) as { current?: unknown };
    return typeof current === "string" && current !== "" ? current : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    if (error instanceof SyntaxError)
      throw new StateError(`${path} is not valid JSON.`, {
        hint: "Run pulumi login again, or set PULUMI_BACKEND_URL.",
      });
    throw fileError("read", path, error);
  }
}

const metaPath = (backend: Backend) => join(backend.root, ".pulumi", "meta.yaml");

/** Version 0 of the layout (no folders per project) is older than this project; the CLI's `state upgrade` lifts it. */
async function checkLayout(backend: Backend): Promise<void> {
  const path = metaPath(backend);
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw fileError("read", path, error);
  });
  if (text === undefined) return;
  const version = (parse(text) as { version?: unknown } | null)?.version;
  if (version !== 1)
    throw new StateError(`${path} says layout version ${String(version)}; only version 1 is supported.`, {
      hint: "If the folder is from an old Pulumi, run `pulumi state upgrade` with the Pulumi CLI.",
    });
}

/** Makes the folder and its `meta.yaml`, as the CLI writes them, where they are missing. */
export async function ensureLayout(backend: Backend): Promise<void> {
  const path = metaPath(backend);
  try {
    await readFile(path);
  } catch (error) {
    if (!isMissing(error)) throw fileError("read", path, error);
    await writeFileSafely(path, "version: 1\n");
  }
}

/** Folder of a project's checkpoints. */
export function stacksDir(backend: Backend, project: string): string {
  return join(backend.root, ".pulumi", "stacks", project);
}

/** Folders of what the CLI keeps of a stack's former states: one entry per update. */
export function historyDir(backend: Backend, project: string, stack: string): string {
  return join(backend.root, ".pulumi", "history", project, stack);
}

export function backupsDir(backend: Backend, project: string, stack: string): string {
  return join(backend.root, ".pulumi", "backups", project, stack);
}

/** Folder of a stack's locks. A self-managed backend has one organization, named "organization". */
export function locksDir(backend: Backend, project: string, stack: string): string {
  return join(backend.root, ".pulumi", "locks", "organization", project, stack);
}
