/** Finds and reads `Pulumi.yaml`. Knows nothing of stacks and state. */
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { fileError, isMissing, StateError } from "./errors.ts";

export interface Project {
  readonly name: string;
  /** Absolute path of the file. */
  readonly path: string;
  /** The folder it lies in. */
  readonly dir: string;
  /** The program's folder or file, as written; undefined means the project's folder. */
  readonly main: string | undefined;
  /** `nodejs`, … */
  readonly runtime: string;
  /** `typescript`, `nodeargs`, … */
  readonly runtimeOptions: Readonly<Record<string, unknown>>;
  readonly description: string | undefined;
  /** `backend.url` */
  readonly backendUrl: string | undefined;
  /** Where `Pulumi.<stack>.yaml` lies; absolute. */
  readonly stackConfigDir: string;
  /** Configuration that the project declares. Keys as written. */
  readonly config: Readonly<Record<string, unknown>>;
}

const fileNames = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

const schema = z.looseObject({
  name: z.string().regex(/^[A-Za-z0-9_.-]{1,100}$/, "only letters, digits, -, _ and . are allowed, 100 at most"),
  runtime: z.union([
    z.string(),
    z.looseObject({ name: z.string(), options: z.record(z.string(), z.unknown()).nullish() }),
  ]),
  main: z.string().nullish(),
  description: z.string().nullish(),
  backend: z.looseObject({ url: z.string().nullish() }).nullish(),
  config: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish(),
  stackConfigDir: z.string().nullish(),
});

/**
 * Reads the project that `cwd` belongs to: the nearest `Pulumi.yaml` there or above.
 * Rejects with StateError when there is none or it can't be used.
 */
export async function loadProject(cwd: string): Promise<Project> {
  for (let dir = resolve(cwd); ; dir = dirname(dir)) {
    for (const name of fileNames) {
      const path = join(dir, name);
      const text = await readFile(path, "utf8").catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw fileError("read", path, error);
      });
      if (text !== undefined) return parseProject(text, path);
    }
    if (dirname(dir) === dir) break;
  }
  throw new StateError(`There is no Pulumi.yaml in ${resolve(cwd)} or a folder above it.`, {
    hint: "Change to your project's folder, or name it with --cwd.",
  });
}

function parseProject(text: string, path: string): Project {
  const document = parseDocument(text);
  const [syntax] = document.errors;
  if (syntax) throw new StateError(`${path} is not valid YAML: ${syntax.message.trim()}`);
  const parsed = schema.safeParse(document.toJS() ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new StateError(`${path}: ${issue?.path.join(".") || "the file"}: ${issue?.message ?? "not valid"}.`);
  }
  const { name, runtime, main, description, backend, config, stackConfigDir } = parsed.data;
  const dir = dirname(path);
  // `config: <folder>` is the old spelling of stackConfigDir.
  const configDir = stackConfigDir ?? (typeof config === "string" ? config : undefined);
  return {
    name,
    path,
    dir,
    main: main || undefined,
    runtime: typeof runtime === "string" ? runtime : runtime.name,
    runtimeOptions: typeof runtime === "string" ? {} : (runtime.options ?? {}),
    description: description ?? undefined,
    backendUrl: backend?.url || undefined,
    stackConfigDir: configDir ? resolve(dir, configDir) : dir,
    config: typeof config === "object" && config !== null ? config : {},
  };
}

/** `Pulumi.dev.yaml` for the stack `dev`; the extension is that of the project's file. */
export function stackFileName(project: Project, stack: string): string {
  return basename(project.path).replace(/^Pulumi\./, `Pulumi.${stack}.`);
}
