/** What the Pulumi CLI is asked before it runs: its preview, what a refresh finds, and the configuration of a stack that only it can read. */
import { z } from "zod";
import { RunnerError } from "../../runner/errors.ts";
import { loadProject, NoStackError, type StackConfig } from "../../runner/state/index.ts";
import { isInteractive } from "./ask.ts";
import type { EngineChoice } from "./choose.ts";
import type { EngineOptions } from "./options.ts";
import { askForPulumi } from "./passphrase.ts";
import { checkDocument, makeStack, type PulumiCli, pulumiArguments, withPulumi } from "./pulumi-cli.ts";
import { documentOf, LINE_BY_LINE } from "./pulumi-events.ts";

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
  const { refresh } = options;
  const wishes: EngineOptions = { ...placeIn(options), ...(refresh !== undefined && { refresh }), json: true };
  checkDocument(wishes);
  return withPulumi(wishes, choice, async (cli) => {
    // A new stack's passphrase is the CLI's to ask for.
    const unmake = await makeStack(cli, isInteractive() ? "inherit" : "pipe");
    await askPassphrase(cli);
    const discard = async () => (unmake === undefined ? undefined : withPulumi(wishes, choice, unmake));
    // Names of what stays the same are in no other place of a preview's document.
    const more = ["--show-sames", ...(plan === undefined ? [] : ["--save-plan", plan])];
    const args = [...pulumiArguments("preview", cli.options), ...more];
    const { code, output } = await cli.run(args, "pipe", quiet ? "ignore" : "inherit");
    const document = documentIn(output);
    if (document !== undefined) return { document, discard };
    await unmake?.(cli);
    throw new RunnerError(`The Pulumi CLI's preview ended with ${code} and told nothing.`);
  });
}

/** The CLI's exit code for a stack that is not there. */
const NO_STACK = 6;

/** What `refresh` would record: a document like a preview's. `ok`: everything could be read. */
export function refreshPreviewPulumi(
  options: EngineOptions,
  choice: EngineChoice,
): Promise<{ readonly ok: boolean; readonly document: unknown }> {
  const wishes: EngineOptions = { ...placeIn(options), json: true, previewOnly: true };
  return withPulumi(wishes, choice, async (cli) => {
    await askPassphrase(cli);
    const { code, output } = await cli.run(pulumiArguments("refresh", cli.options), "pipe", "inherit", LINE_BY_LINE);
    const document = documentOf(output);
    if (document !== undefined) return { ok: code === 0, document };
    if (code === NO_STACK) throw new NoStackError("The Pulumi CLI finds no such stack.");
    throw new RunnerError(`The Pulumi CLI's refresh ended with ${code} and told nothing.`);
  });
}

/** Takes these objects, and no others, into the state as they are on the server. Gives the CLI's exit code. */
export function refreshPulumi(urns: readonly string[], options: EngineOptions, choice: EngineChoice): Promise<number> {
  const wishes: EngineOptions = { ...placeIn(options), yes: true, skipPreview: true };
  return withPulumi(wishes, choice, async (cli) => {
    await askPassphrase(cli);
    const targets = urns.flatMap((urn) => ["--target", urn]);
    return (await cli.run([...pulumiArguments("refresh", cli.options), ...targets], "pipe")).code;
  });
}

/** Where, on what and how fast. What else may have been said is about the run that follows. */
const placeIn = ({ cwd, stack, file, overlay, parallel }: EngineOptions): EngineOptions =>
  Object.fromEntries(
    Object.entries({ cwd, stack, file, overlay, parallel }).filter(([, value]) => value !== undefined),
  );

/** Undefined where the CLI told nothing but what is wrong. */
function documentIn(output: string): unknown {
  const start = output.indexOf("{");
  return start < 0 ? undefined : JSON.parse(output.slice(start));
}

const told = z.record(
  z.string(),
  z.looseObject({ value: z.string().optional(), secret: z.boolean().optional(), objectValue: z.unknown().optional() }),
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
    const entries = Object.entries(told.parse(JSON.parse(output))).map(
      // As the embedded runner tells of what stays sealed.
      ([key, { value = "[secret]", secret = false, objectValue }]) =>
        [key, { value, secret, isObject: objectValue !== undefined }] as const,
    );
    return new Map(entries);
  });
}

async function askPassphrase({ options: { cwd, stack } }: PulumiCli): Promise<void> {
  if (stack !== undefined)
    await askForPulumi(await loadProject(cwd ?? process.cwd()), stack.split("/").at(-1) ?? stack);
}
