/** One command asks a person for the passphrase once, whatever it opens, and tells the Pulumi CLI what was typed. */
import { expect, test, vi } from "vitest";
import { askForPulumi, passphrasePrompt, withPassphrase } from "../../../../provider/cli/engine/passphrase.ts";
import { createKeyring, loadProject } from "../../../../provider/runner/state/index.ts";
import { bench } from "../../../support/command-line.ts";

const answers: string[] = [];
vi.mock("../../../../provider/cli/engine/ask.ts", () => ({
  isInteractive: () => true,
  askHidden: async () => answers.shift() ?? Promise.reject(new Error("asked once more")),
}));

test("what was typed once is not asked for again, unless it was wrong", async () => {
  const at = bench();
  await at.run("stack", "init", "dev");
  vi.stubEnv("PULUMI_CONFIG_PASSPHRASE", undefined);
  const project = await loadProject(at.folder);
  const [, salt = ""] = /encryptionsalt: (.*)/.exec(at.read(at.stackFile)) ?? [];
  const keyring = () => createKeyring(process.env, passphrasePrompt());

  expect(withPassphrase({})).toEqual({});
  answers.push("a slip", "correct horse");
  await keyring().unlock(salt, "Pulumi.dev.yaml");
  expect(answers).toEqual([]);
  await keyring().unlock(salt, "Pulumi.dev.yaml");
  await askForPulumi(project, "dev");
  await askForPulumi(project, "new");
  expect(withPassphrase({ HOME: "/" })).toEqual({ HOME: "/", PULUMI_CONFIG_PASSPHRASE: "correct horse" });
});
