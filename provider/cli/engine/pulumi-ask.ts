/** What the Pulumi CLI is asked before it runs: its preview, and the configuration of a stack that only it can read. */
import { z } from "zod";
import { RunnerError } from "../../runner/errors.ts";
import { loadProject, type StackConfig } from "../../runner/state/index.ts";
import type { EngineChoice } from "./choose.ts";
import type { EngineOptions } from "./options.ts";
import { askForPulumi } from "./passphrase.ts";
import { checkDocument, makeStack, type PulumiCli, pulumiArguments, withPulumi } from "./pulumi-cli.ts";

export interface PulumiPreview {
  /** Of `preview --json`, with what stays the same. */
  readonly document: unknown;
  /** Takes the stack away again, if it was made for the preview. */
  discard(): Promise<void>;
}

export interface Asked {
  /** Where the CLI writes the plan that a run can be held to. Secrets are sealed in it. */
  readonly plan?: string | undefined;
  /** The run that follows says itself what is wrong. */
  readonly quiet?: boolean;
}

/** Rejects where the CLI tells nothing; there is no stack then that was not there before. */
export function previewPulumi(
  options: EngineOptions,
  choice: EngineChoice,
  { plan, quiet = false }: Asked = {},
): Promise<PulumiPreview> {
  const { cwd, stack, file, overlay, parallel, refresh } = options;
  const given = Object.entries({ cwd, stack, file, overlay, parallel, refresh }).filter(
    ([, value]) => value !== undefined,
  );
  // What else may have been said is about the run that follows.
  const wishes: EngineOptions = { ...Object.fromEntries(given), json: true };
  checkDocument(wishes);
  return withPulumi(wishes, choice, async (cli) => {
    await askPassphrase(cli);
    const unmake = await makeStack(cli, "pipe");
    const discard = async () => (unmake === undefined ? undefined : withPulumi(wishes, choice, unmake));
    // Names of what stays the same are in no other place of a preview's document.
    const more = ["--show-sames", ...(plan === undefined ? [] : ["--save-plan", plan])];
    const args = [...pulumiArguments("preview", cli.options), ...more];
    const { code, output } = await cli.run(args, "pipe", quiet ? "ignore" : "inherit");
    const start = output.indexOf("{");
    if (start >= 0) return { document: JSON.parse(output.slice(start)) as unknown, discard };
    await unmake?.(cli);
    throw new RunnerError(`The Pulumi CLI's preview ended with ${code} and told nothing.`);
  });
}

const told = z.record(
  z.string(),
  z.looseObject({ value: z.string().optional(), secret: z.boolean().optional(), objectValue: z.unknown() }),
);

/** Undefined where the CLI can't read it either. Secrets stay out unless it is to be `open`. */
export function configFromPulumi(
  options: EngineOptions,
  choice: EngineChoice,
  open: boolean,
): Promise<StackConfig | undefined> {
  return withPulumi(options, choice, async (cli) => {
    const { cwd, stack } = cli.options;
    const place = [...(cwd === undefined ? [] : ["--cwd", cwd]), ...(stack === undefined ? [] : ["--stack", stack])];
    if (open) await askPassphrase(cli);
    const args = [...place, "config", "--json", ...(open ? ["--show-secrets"] : [])];
    const { code, output } = await cli.run(args, "pipe", "ignore");
    if (code !== 0) return undefined;
    const entries = Object.entries(told.parse(JSON.parse(output))).flatMap(
      ([key, { value, secret = false, objectValue }]) =>
        value === undefined ? [] : [[key, { value, secret, isObject: objectValue !== undefined }] as const],
    );
    return new Map(entries);
  });
}

async function askPassphrase({ options: { cwd, stack } }: PulumiCli): Promise<void> {
  if (stack !== undefined)
    await askForPulumi(await loadProject(cwd ?? process.cwd()), stack.split("/").at(-1) ?? stack);
}
