/** What every command about a stack starts from: project, backend, passphrase, and which stack is meant. */
import * as state from "../../runner/state/index.ts";
import { documentIn, projectOf } from "../document/project.ts";
import { isInteractive } from "./ask.ts";
import { oneOf } from "./one-of.ts";
import { passphrasePrompt } from "./passphrase.ts";

export interface Workspace {
  readonly project: state.Project;
  readonly backend: state.Backend;
  readonly keyring: state.Keyring;
  readonly env: state.Environment;
}

/** The project of a workspace document, or of the current folder. */
export async function openWorkspace(document = documentIn(process.cwd())): Promise<Workspace> {
  const { env } = process;
  const project = await (document === undefined ? state.loadProject(process.cwd()) : projectOf(document));
  const backend = await state.openBackend({ project, env });
  return { project, backend, env, keyring: state.createKeyring(env, passphrasePrompt()) };
}

export interface ChosenStack {
  readonly stack: string;
  readonly exists: boolean;
}

/**
 * The stack that is meant; on a terminal a person is asked when several could be. A project without stacks means the one
 * that was named, else "dev". Rejects with NoStackError: a name beside others is more likely a slip of the pen, unless
 * it `mayBeNew`.
 */
export async function chooseStack(
  workspace: Workspace,
  wanted: string | undefined,
  mayBeNew = false,
): Promise<ChosenStack> {
  const { backend, project, env } = workspace;
  const found = await state.findStack({ backend, project, env, wanted });
  if (typeof found !== "string" && found.length > 1 && isInteractive())
    return { stack: await oneOf("Please choose a stack:", found), exists: true };
  if (typeof found !== "string" && found.length > 1) throw state.severalStacks(project, found);
  const stack = typeof found === "string" ? found : "dev";
  const stacks = await state.listStacks(backend, project.name);
  const exists = stacks.includes(stack);
  if (stacks.length > 0 && !exists && !mayBeNew) throw state.noStackOf(stack, project.name, stacks);
  return { stack, exists };
}

/** The same for commands that need a stack to be there. */
export async function existingStack(workspace: Workspace, wanted: string | undefined): Promise<string> {
  const { stack, exists } = await chooseStack(workspace, wanted);
  if (!exists) throw state.noStackOf(stack, workspace.project.name, []);
  return stack;
}
