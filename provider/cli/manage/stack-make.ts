/** `stack init`, `stack select` and `stack rename`. */
import { rename } from "node:fs/promises";
import {
  hasJournal,
  listStacks,
  NoStackError,
  noStackOf,
  openStack,
  openStackFile,
  parseStackName,
  readSealedState,
  readSelectedStack,
  renameStack as renameState,
  StateError,
  stackFilePath,
  writeSelectedStack,
} from "../../runner/state/index.ts";
import { askLine, isInteractive } from "../engine/ask.ts";
import type { CommonOptions } from "../engine/manage.ts";
import { oneOf } from "../engine/one-of.ts";
import { existingStack, openWorkspace, type Workspace } from "../engine/workspace.ts";
import { printLine, warn } from "./print.ts";

interface InitOptions extends CommonOptions {
  readonly secretsProvider?: string;
  readonly select?: boolean;
}

const CREATE = "<create a new stack>";

export async function initStack(given: string | undefined, options: InitOptions): Promise<void> {
  const { secretsProvider: provider } = options;
  if (provider !== undefined && provider !== "passphrase" && provider !== "default")
    throw new StateError(`The secrets provider "${provider}" is not supported by the embedded runner.`, {
      hint: "Leave out --secrets-provider, or make the stack with the Pulumi CLI.",
    });
  const workspace = await openWorkspace();
  const stack = await makeStack(workspace, given ?? options.stack ?? (await askName()));
  if (options.select !== false) await select(workspace, stack);
}

export async function selectStack(
  given: string | undefined,
  options: CommonOptions & { readonly create?: boolean },
): Promise<void> {
  const workspace = await openWorkspace();
  const { backend, project } = workspace;
  const stacks = await listStacks(backend, project.name);
  let wanted = given ?? options.stack;
  if (wanted === undefined) {
    if (!isInteractive())
      throw new NoStackError("It is not said which stack to select.", {
        hint: `Name it: pulumi-rocketchat stack select <name>. There is: ${stacks.join(", ") || "none"}.`,
      });
    wanted = await oneOf("Please choose a stack, or create a new one:", [...stacks, CREATE]);
    if (wanted === CREATE) return select(workspace, await makeStack(workspace, await askName()));
  }
  const stack = parseStackName(wanted, project.name);
  if (!stacks.includes(stack)) {
    if (!options.create) throw noStackOf(stack, project.name, stacks);
    await makeStack(workspace, stack);
  }
  await select(workspace, stack);
}

export async function renameStack(given: string, options: CommonOptions): Promise<void> {
  const workspace = await openWorkspace();
  const { backend, project, keyring, env } = workspace;
  const stack = await existingStack(workspace, options.stack);
  const next = parseStackName(given, project.name);
  await settle(workspace, stack);
  const state = await readSealedState(backend, project.name, stack, keyring);
  await renameState({ backend, project: project.name, stack }, state, next);
  const file = await openStackFile(project, stack);
  if (file.existed) await rename(file.path, stackFilePath(project, next));
  if ((await readSelectedStack(backend, project, env)) === stack) await select(workspace, next);
  printLine(`Renamed ${stack} to ${next}`);
}

/** Takes what a killed run left in its journal into the state. */
export async function settle({ backend, project, keyring }: Workspace, stack: string): Promise<void> {
  if (!(await hasJournal(backend, project.name, stack))) return;
  const { salt } = await readSealedState(backend, project.name, stack, keyring);
  const store = await openStack({ backend, project: project.name, stack, keyring, salt: salt ?? "", write: true });
  for (const warning of store.warnings) warn(warning);
  await store.close();
}

async function askName(): Promise<string> {
  if (!isInteractive())
    throw new StateError("It is not said what the new stack is called.", {
      hint: "Name it: pulumi-rocketchat stack init <name>.",
    });
  return (await askLine("stack name (dev): ")).trim() || "dev";
}

async function makeStack(workspace: Workspace, name: string): Promise<string> {
  const { backend, project, keyring } = workspace;
  const stack = parseStackName(name, project.name);
  if ((await listStacks(backend, project.name)).includes(stack))
    throw new StateError(`There is a stack "${stack}" of the project ${project.name} already.`, {
      hint: `Select it with \`pulumi-rocketchat stack select ${stack}\`, or choose another name.`,
    });
  const salt = await (await openStackFile(project, stack)).ensureSalt(keyring);
  await (await openStack({ backend, project: project.name, stack, keyring, salt, write: true })).close();
  printLine(`Created stack '${stack}'`);
  return stack;
}

async function select({ backend, project, env }: Workspace, stack: string): Promise<void> {
  if (!(await writeSelectedStack(backend, project, env, stack)))
    warn(
      "The stack can't be selected, for Pulumi's folder can't be written. Name it with --stack, or set PULUMI_STACK.",
    );
}
