/** Asks for the stack's passphrase where the environment doesn't give it: once for all that a command does. */
import * as state from "../../runner/state/index.ts";
import { askHidden, isInteractive } from "./ask.ts";

const remember = "    (set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to remember): ";

/** The last answer. A command opens its stack more than once: for what it is checked by, and to run. */
let typed: string | undefined;

const askPassphrase: state.AskPassphrase = async (why) => {
  if (why === "again") process.stderr.write("incorrect passphrase\n");
  else if (typed !== undefined) return typed;
  typed = await (why === "new" ? askTwice() : askHidden(`Enter your passphrase to unlock config/secrets\n${remember}`));
  return typed;
};

async function askTwice(): Promise<string> {
  for (;;) {
    const first = await askHidden("Enter your passphrase to protect config/secrets: ");
    if (first === (await askHidden("Re-enter your passphrase to confirm: "))) return first;
    process.stderr.write("passphrases do not match\n");
  }
}

/** For `createKeyring`; undefined where there is nobody to ask. */
export const passphrasePrompt = (): state.AskPassphrase | undefined => (isInteractive() ? askPassphrase : undefined);

/** The environment of a Pulumi CLI: what was typed here is not asked for there again. */
export const withPassphrase = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  typed === undefined ? env : { ...env, PULUMI_CONFIG_PASSPHRASE: typed };

/** A Pulumi CLI whose output is read can't ask a person: asks in its place, where the stack's secrets need a passphrase. */
export async function askForPulumi(project: state.Project, stack: string): Promise<void> {
  const { env } = process;
  if (!isInteractive() || env.PULUMI_CONFIG_PASSPHRASE !== undefined || env.PULUMI_CONFIG_PASSPHRASE_FILE) return;
  const { salt, path } = await state.openStackFile(project, stack);
  if (salt !== undefined) await state.createKeyring(env, askPassphrase).unlock(salt, path);
}
