/** Asks for the stack's passphrase where the environment doesn't give it. */
import type { AskPassphrase } from "../../runner/state/index.ts";
import { askHidden, isInteractive } from "./ask.ts";

const remember = "    (set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to remember): ";

const askPassphrase: AskPassphrase = async (why) => {
  if (why === "again") process.stderr.write("incorrect passphrase\n");
  if (why !== "new") return askHidden(`Enter your passphrase to unlock config/secrets\n${remember}`);
  for (;;) {
    const first = await askHidden("Enter your passphrase to protect config/secrets: ");
    if (first === (await askHidden("Re-enter your passphrase to confirm: "))) return first;
    process.stderr.write("passphrases do not match\n");
  }
};

/** For `createKeyring`; undefined where there is nobody to ask. */
export const passphrasePrompt = (): AskPassphrase | undefined => (isInteractive() ? askPassphrase : undefined);
