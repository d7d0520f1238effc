/** One clone from beginning to end: source to document, document to stack, preview, up. What is told goes to standard error. */
import { existsSync } from "node:fs";
import path from "node:path";
import { checkServerUrl } from "../../client/server-url.ts";
import type { Connection } from "../../engine/connection.ts";
import { InputError } from "../../errors.ts";
import { loadDocument } from "../../workspace/load.ts";
import { projectOf } from "../document/project.ts";
import { requireAnswer } from "../engine/confirm.ts";
import { runEmbedded } from "../engine/embedded.ts";
import { Progress } from "../export/progress.ts";
import { connectionTo } from "./credentials.ts";
import { kindsToLookUp, ownPasswords, remadeLines, unknownEntries, versionLines } from "./differences.ts";
import { trailOf, writeLeftOut } from "./leave-out.ts";
import { table, writePrivately } from "./new-urls.ts";
import { documentSource, exportSource, isAddress, type Source, type SourceOptions } from "./source.ts";
import { lookAt, urlsAt } from "./target.ts";
import { openTargetStack, stackNameOf } from "./target-stack.ts";

export interface CloneOptions extends SourceOptions {
  readonly cwd?: string;
  readonly from: string;
  readonly to: string;
  readonly overlay?: readonly string[];
  readonly stack?: string;
  readonly out?: string;
  readonly newUrls?: string;
  readonly parallel?: number;
  readonly yes?: boolean;
  readonly previewOnly?: boolean;
}

/** Names that a line shows. */
const SHOWN = 5;

type Say = (line: string) => void;

/** Gives the exit code of `up`. The target is not written to before its preview was agreed to. */
export async function runClone(options: CloneOptions): Promise<number> {
  requireAnswer(options);
  const { from, to, newUrls } = addressesOf(options);
  const stack = options.stack ?? stackNameOf(to);
  const overlays = (options.overlay ?? []).map((file) => path.resolve(file));
  const progress = new Progress(process.stderr);
  const say = (line: string) => progress.line(line);

  const origin = from === undefined ? undefined : (await connectionTo(from, "ROCKETCHAT_FROM_")).connection;
  const source =
    origin === undefined
      ? documentSource(options.from)
      : await exportSource(origin, path.resolve(options.out ?? `clone-${stack}`), options, progress);
  const { connection, leftOut } = await prepare(source, to, stack, overlays, options, say);
  const before = newUrls === undefined || origin === undefined ? undefined : await urlsAt(origin, say);
  const code = await runEmbedded("up", {
    file: source.file,
    overlay: leftOut === undefined ? overlays : [...overlays, leftOut],
    stack,
    newStack: true,
    ...(options.yes && { yes: true }),
    ...(options.previewOnly && { previewOnly: true }),
    ...(options.parallel !== undefined && { parallel: options.parallel }),
  });
  if (code === 0 && before !== undefined && newUrls !== undefined && !options.previewOnly) {
    writePrivately(newUrls, table(before, await urlsAt(connection, say)));
    say(`Old and new addresses are in ${newUrls}; whoever reads it can post there`);
  }
  return code;
}

/** Throws InputError for what does not go together, before any server is asked. */
function addressesOf(options: CloneOptions): { from?: string; to: string; newUrls?: string } {
  const to = checkServerUrl(options.to, true);
  const newUrls = options.newUrls === undefined ? {} : { newUrls: path.resolve(options.newUrls) };
  if (newUrls.newUrls !== undefined && !existsSync(path.dirname(newUrls.newUrls)))
    throw new InputError(`--new-urls: there is no folder ${path.dirname(newUrls.newUrls)}.`);
  if (isAddress(options.from)) {
    const from = checkServerUrl(options.from, true);
    if (from === to) throw new InputError(`--from and --to are the same server: ${to}.`);
    return { from, to, ...newUrls };
  }
  for (const option of ["out", "include", "exclude", "details", "newUrls"] as const)
    if (options[option] !== undefined)
      throw new InputError(
        `--${option.replace("newUrls", "new-urls")} needs a server as --from; ${options.from} is a document.`,
        { hint: "A document is used as it is, where it is." },
      );
  return { to, ...newUrls };
}

/** Everything that `up` needs beside the document, and what is told before it. */
async function prepare(
  source: Source,
  to: string,
  stack: string,
  overlays: readonly string[],
  { passwords }: CloneOptions,
  say: Say,
): Promise<{ connection: Connection; leftOut: string | undefined }> {
  const { dir } = await projectOf(source.file);
  const target = await openTargetStack(source.file, stack, to);
  const { connection, env } = await connectionTo(to, "ROCKETCHAT_", target.config);
  const { entries } = loadDocument(source.file, overlays, dir);
  const { version, username, names } = await lookAt(connection, kindsToLookUp(entries), say);
  const unknown = unknownEntries(entries, names);
  // A new password would end the log-in under which all this is done.
  const own = source.version === undefined ? [] : ownPasswords(entries, username);
  const leftOut = writeLeftOut(dir, stack, [...unknown.map(trailOf), ...own]);

  await target.setUrl();
  const made = await target.seal(source.secrets);
  // Where handlers look for their connection: the stack's configuration, then this process's environment.
  for (const [name, value] of Object.entries(env)) if (value !== undefined) process.env[name] = value;

  say(`${source.file} → ${to}, stack ${stack}`);
  if (source.version !== undefined && source.version !== version) {
    say(`Rocket.Chat ${source.version} → ${version}`);
    for (const line of versionLines(source.version, version, entries)) say(`  ${line}`);
  }
  if (unknown.length > 0) {
    const shown = unknown.slice(0, SHOWN).map(({ path: entry }) => entry);
    const more = unknown.length > SHOWN ? ` and ${unknown.length - SHOWN} more` : "";
    say(`Left out, for the target has no such thing: ${shown.join(", ")}${more} (all in ${leftOut})`);
  }
  const remade = remadeLines(entries, source.version === undefined ? undefined : passwords);
  if (remade.length > 0) say("Does not travel:");
  for (const line of remade) say(`  ${line}`);
  if (made > 0) say(`${made} new passwords are sealed in the configuration of the stack ${stack}`);
  return { connection, leftOut };
}
