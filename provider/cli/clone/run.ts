/** One clone from beginning to end: source to document, document to stack, preview, up. What is told goes to standard error. */
import { ConfigurationError } from "../../errors.ts";
import type { Entry } from "../../workspace/entry.ts";
import { loadDocument } from "../../workspace/load.ts";
import { DocumentError } from "../../workspace/problem.ts";
import { readTree } from "../../workspace/read/files.ts";
import type { Check } from "../doctor/check.ts";
import { declaredBy, permissionChecks } from "../doctor/permissions.ts";
import { projectOf } from "../document/project.ts";
import type { EngineChoice } from "../engine/choose.ts";
import { requireAnswer } from "../engine/confirm.ts";
import { runOperation } from "../engine/run.ts";
import { Progress } from "../export/progress.ts";
import { confirmHost, isProduction } from "../review/production.ts";
import { connectionTo } from "./credentials.ts";
import { kindsToLookUp, ownPasswords, remadeLines, unknownEntries, versionLines } from "./differences.ts";
import { trailOf, writeLeftOut } from "./leave-out.ts";
import { table, writePrivately } from "./new-urls.ts";
import { type CloneOptions, type Places, placesOf, runOptionsOf, sameServer } from "./options.ts";
import { type Server, serverAt } from "./servers.ts";
import { exportSource, type Source } from "./source.ts";
import { openTargetStack, type TargetStack } from "./target-stack.ts";

/** No program is run, so there is nothing that only the Pulumi CLI could do. */
const EMBEDDED: EngineChoice = { engine: "embedded", line: "" };

/** Names that a line shows. */
const SHOWN = 5;

type Say = (line: string) => void;

/** Gives the exit code of `up`. The target is not written to before its preview was agreed to. */
export async function runClone(options: CloneOptions): Promise<number> {
  requireAnswer(options);
  const places = placesOf(options);
  const { from, to, stack, file, newUrls } = places;
  const progress = new Progress(process.stderr);
  const say: Say = (line) => progress.line(line);

  // An export may take long: what can be wrong with the overlays and the target is found out first.
  const problems = places.overlays.flatMap((overlay) => readTree(overlay).problems);
  if (problems.length > 0) throw new DocumentError(problems);
  const target = await openTargetStack(file, stack, to);
  if (options.previewOnly !== true) confirmHost(options, isProduction(target.config), to);
  const origin = from === undefined ? undefined : await connectionTo(from, "ROCKETCHAT_FROM_");
  const { connection, env } = await connectionTo(to, "ROCKETCHAT_", (key) => target.config.get(key)?.value);
  const goal = await serverAt("--to", connection, say);
  const start = origin && (await serverAt("--from", origin.connection, say));
  if (start?.workspaceId === goal.workspaceId) throw sameServer(`both answer as the workspace ${goal.workspaceId}`);

  const source = start === undefined ? { file, secrets: [] } : await exportSource(start, file, options, progress);
  const leftOut = await prepare({ source, start, goal, target }, places, options, say);
  // Where handlers look for their connection: the stack's configuration, then this process's environment.
  for (const [name, value] of Object.entries(env)) if (value !== undefined) process.env[name] = value;
  const before = newUrls === undefined ? undefined : await start?.urls();
  const overlay = leftOut === undefined ? places.overlays : [...places.overlays, leftOut];
  const run = { ...runOptionsOf(options), file, overlay: [...overlay], stack, newStack: true };
  const code = await runOperation("up", run, EMBEDDED);
  if (code === 0 && before !== undefined && newUrls !== undefined && !options.previewOnly) {
    await writePrivately(newUrls, table(before, await goal.urls()));
    say(`Old and new addresses are in ${newUrls}; whoever reads it can post there`);
  }
  return code;
}

interface Sides {
  readonly source: Source;
  /** Undefined where the source is a document. */
  readonly start: Server | undefined;
  readonly goal: Server;
  readonly target: TargetStack;
}

/** Everything that `up` needs beside the document, and what is told before it. Gives the overlay that has to come last. */
async function prepare(
  { source, start, goal, target }: Sides,
  { to, stack, overlays }: Places,
  { passwords }: CloneOptions,
  say: Say,
): Promise<string | undefined> {
  const { dir, name } = await projectOf(source.file);
  const { entries } = loadDocument(source.file, overlays, dir);
  const lacks = permissionChecks(declaredBy(entries), await goal.permissions()).filter(
    ({ verdict }) => verdict !== "ok",
  );
  refuseBlind(lacks, entries, goal);
  const unknown = unknownEntries(entries, await goal.names(kindsToLookUp(entries)));
  // A new password would end the log-in under which all this is done.
  const own = start === undefined ? [] : ownPasswords(entries, goal.username);
  const leftOut = writeLeftOut(dir, stack, [...unknown.map(trailOf), ...own]);

  await target.setUrl();
  const made = await target.seal(name, source.secrets);

  say(`${source.file} → ${to}, stack ${stack}`);
  if (start !== undefined && start.version !== goal.version) {
    say(`Rocket.Chat ${start.version} → ${goal.version}`);
    for (const line of versionLines(start.version, goal.version, entries)) say(`  ${line}`);
  }
  if (unknown.length > 0) {
    const shown = unknown.slice(0, SHOWN).map(({ path: entry }) => entry);
    const more = unknown.length > SHOWN ? ` and ${unknown.length - SHOWN} more` : "";
    say(`Left out, for the target has no such thing: ${shown.join(", ")}${more} (all in ${leftOut})`);
  }
  const remade = remadeLines(entries, start === undefined ? undefined : passwords);
  if (remade.length > 0) say("Does not travel:");
  for (const line of remade) say(`  ${line}`);
  for (const { name: section, text } of lacks) say(`warning: ${section}: ${text}`);
  if (made > 0) say(`${made} new passwords are sealed in the configuration of the stack ${stack}`);
  return leftOut;
}

/** What an account can't see would be taken for what is not there, and left out; in a later clone that takes it out of the stack. */
function refuseBlind(lacks: readonly Check[], entries: readonly Entry[], { connection, username }: Server): void {
  const looked = kindsToLookUp(entries).map(({ schema }) => schema.document.section);
  const blind = lacks.filter(({ name, verdict }) => verdict === "failed" && looked.includes(name));
  if (blind.length === 0) return;
  const list = blind.map(({ name, text }) => `  ${name}: ${text.replace("the account", username)}`).join("\n");
  throw new ConfigurationError(
    `--to ${connection.client.url}: what is there can't be told; nothing was changed.\n${list}`,
    {
      hint: "Connect as an account with these permissions, or leave the sections out (--exclude, or `null` in an overlay).",
    },
  );
}
