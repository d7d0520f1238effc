/** The project that a workspace document stands for where no `Pulumi.yaml` lies beside it. Knows no sections. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ConfigurationError } from "../../errors.ts";
import { loadProject, type Project } from "../../runner/state/index.ts";

/** What a document is called when nothing is said. */
export const DOCUMENT = "workspace.yaml";

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];
const NAME = /^[A-Za-z0-9_.-]{1,100}$/;

const hasProject = (folder: string): boolean => PROJECT_FILES.some((name) => existsSync(path.join(folder, name)));

/** The document of a folder without a program: what a command means that names none. */
export function documentIn(folder: string): string | undefined {
  const file = path.join(folder, DOCUMENT);
  return !hasProject(folder) && existsSync(file) ? file : undefined;
}

/** The `name:` of a document, which stands in a line of its own: a big document is not read whole for it. */
export const nameIn = (file: string): string | undefined =>
  existsSync(file)
    ? /^name:[ \t]*(["']?)([A-Za-z0-9_.-]+)\1[ \t]*(?:#.*)?$/m.exec(readFileSync(file, "utf8"))?.[2]
    : undefined;

/**
 * The project beside a document, else one of the document's own name, else of its folder's. Its stacks' configuration lies
 * beside the document, as `Pulumi.<stack>.yaml`.
 */
export async function projectOf(file: string): Promise<Project> {
  const dir = path.dirname(path.resolve(file));
  if (hasProject(dir)) return loadProject(dir);
  const named = nameIn(file);
  const name = named ?? path.basename(dir).replaceAll(/[^A-Za-z0-9_.-]+/g, "-");
  if (!NAME.test(name)) {
    throw new ConfigurationError(
      `${file}: the name "${name}" can't be a project's: letters, digits, -, _ and . only.`,
      {
        hint: "Give the document another `name:`.",
      },
    );
  }
  return {
    name,
    path: path.join(dir, "Pulumi.yaml"),
    dir,
    main: undefined,
    runtime: "nodejs",
    runtimeOptions: {},
    description: undefined,
    backendUrl: undefined,
    stackConfigDir: dir,
    config: {},
  };
}
