/** Opens what a run needs: project, backend, stack, configuration, state. Knows no display. */

import { UnsupportedError } from "../../runner/errors.ts";
import type { ProgramOptions } from "../../runner/program.ts";
import { placeOf } from "../../runner/protocol/host.ts";
import { dockerPackage } from "../../runner/providers/docker/package.ts";
import { dynamicPackage } from "../../runner/providers/dynamic.ts";
import type { Voice } from "../../runner/providers/provider.ts";
import { createProviders, type Providers } from "../../runner/providers/registry.ts";
import * as state from "../../runner/state/index.ts";
import type { Properties } from "../../runner/values.ts";
import { loadDocument, type WorkspaceDocument } from "../../workspace/load.ts";
import { documentIn } from "../document/project.ts";
import type { EngineOptions } from "./options.ts";
import { chooseStack, openWorkspace } from "./workspace.ts";

export interface Session {
  readonly project: state.Project;
  readonly stack: string;
  readonly config: state.StackConfig;
  readonly store: state.StackStore;
  /** Notes an update for `pulumi stack history`. */
  recordUpdate(update: state.UpdateRecord): Promise<void>;
  /** What is declared, where that is a document and no program. */
  readonly document: WorkspaceDocument | undefined;
  /** Where the program and the provider's code run. */
  readonly workingFolder: string;
  /** True when the stack was made by this command. */
  readonly created: boolean;
  /** Fresh providers: one set for the preview, another for the update, as the CLI has. */
  providers(voice: Voice): Providers;
  /** What the program's start needs, beyond the run's own. */
  readonly host: Pick<ProgramOptions, "folder" | "main" | "typescript" | "nodeArguments" | "config" | "env">;
  /** Inputs of a package's default provider. */
  defaultInputs(packageName: string): Properties;
}

/** `declares`: the operation is told what there shall be; the others go by the state alone. */
export async function openSession(options: EngineOptions, write: boolean, declares: boolean): Promise<Session> {
  const file = options.file ?? documentIn(process.cwd());
  const workspace = await openWorkspace(file);
  const { project, backend, keyring, env } = workspace;
  const workingFolder = placeOf(project.dir, project.main ?? ".")?.cwd ?? project.dir;
  // Before anything is written: a faulty document leaves no stack behind.
  const document = file === undefined || !declares ? undefined : loadDocument(file, options.overlay, workingFolder);
  if (project.runtime !== "nodejs") throw new UnsupportedError(`The runtime "${project.runtime}" (in ${project.path})`);
  const { stack, exists } = await chooseStack(workspace, options.stack, options.newStack);
  const stackFile = await state.openStackFile(project, stack);
  // A preview leaves no trace: a new salt would be written to the stack's file.
  const salt = write ? await stackFile.ensureSalt(keyring) : (stackFile.salt ?? (await keyring.create()).salt);
  const config = await stackFile.config(keyring);
  const store = await state.openStack({ backend, project: project.name, stack, keyring, salt, write });
  const { typescript, nodeargs } = project.runtimeOptions;
  return {
    project,
    stack,
    config,
    store,
    recordUpdate: (update) => state.recordUpdate(backend, project.name, stack, update),
    created: !exists,
    document,
    workingFolder,
    providers: (voice) =>
      createProviders({
        "pulumi-nodejs": (inputs) =>
          dynamicPackage({ config: inputs, folder: workingFolder, project: project.name, waiting: voice.waiting }),
        docker: (inputs) => dockerPackage({ config: inputs, ...voice }),
      }),
    host: {
      folder: project.dir,
      main: project.main ?? ".",
      typescript: typescript !== false,
      nodeArguments: typeof nodeargs === "string" ? nodeargs.split(/\s+/).filter(Boolean) : [],
      config,
      env,
    },
    defaultInputs: (packageName) => defaultInputs(config, packageName),
  };
}

/** Dynamic providers get the whole configuration with its namespaces; any other package that of its own namespace. */
function defaultInputs(config: state.StackConfig, packageName: string): Properties {
  const entries = [...config].map(([key, { value, secret }]) => [key, secret ? state.secret(value) : value] as const);
  if (packageName === "pulumi-nodejs") return Object.fromEntries(entries);
  const own = `${packageName}:`;
  return Object.fromEntries(
    entries.filter(([key]) => key.startsWith(own)).map(([key, value]) => [key.slice(own.length), value]),
  );
}
