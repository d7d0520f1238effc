/** Downloads a Pulumi CLI for a project that asked for one and has none. */
import { join, resolve } from "node:path";
import { ConfigurationError, RocketChatError } from "../../errors.ts";

/** Where a CLI is put that was not there: beside the project, ignored by git. */
const FOLDER = ".pulumi-cli";

/** Gives its path. */
export async function install(cwd = "."): Promise<string> {
  const root = resolve(cwd, FOLDER);
  const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  try {
    await PulumiCommand.get({ root }).catch(() => PulumiCommand.install({ root }));
  } catch (error) {
    if (error instanceof RocketChatError) throw error;
    const [reason] = String(error instanceof Error ? error.message : error)
      .trim()
      .split("\n");
    throw new ConfigurationError(`The Pulumi CLI could not be downloaded to ${root}: ${reason}`, {
      hint: "Install it by hand (https://www.pulumi.com/docs/install/) and put it on PATH, or use --engine embedded.",
      cause: error,
    });
  }
  return join(root, "bin", process.platform === "win32" ? "pulumi.exe" : "pulumi");
}
