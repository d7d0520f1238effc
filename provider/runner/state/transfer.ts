/** A stack's state as a deployment document, out and in: what `stack export` writes and `stack import` reads. */
import { rename, rm } from "node:fs/promises";
import { type Checkpoint, compressFor, formatCheckpoint, magicOf, parseCheckpoint } from "./checkpoint.ts";
import { noStackOf, StateError } from "./errors.ts";
import { writeFileSafely } from "./files.ts";
import { takeLock } from "./lock.ts";
import { hasJournal, journalPath, type SealedState } from "./sealed-state.ts";
import { createSealer } from "./sealing.ts";
import { isSecret, SECRET, SIGNATURE } from "./secret.ts";
import { findCheckpoint, listStacks } from "./stacks.ts";
import type { Backend, Cipher, Keyring } from "./types.ts";
import { findFault } from "./verify.ts";

export interface Place {
  readonly backend: Backend;
  readonly project: string;
  readonly stack: string;
  readonly keyring: Keyring;
}

/** The document of a state; with a cipher its secrets are in clear. */
export function exportDeployment(place: Place, state: SealedState, cipher?: Cipher): Record<string, unknown> {
  const { latest } = (state.rest.checkpoint ?? {}) as { latest?: { manifest?: { time?: string } } | null };
  const text = formatCheckpoint(state, {
    stack: place.stack,
    project: place.project,
    resources: state.resources,
    pending: state.pending,
    salt: state.salt ?? "",
    engineVersion: undefined,
    now: new Date(),
  });
  const { deployment } = toDeployment(text);
  // An export is a copy: it is as old as the state.
  if (latest?.manifest?.time) (deployment.manifest as { time?: string }).time = latest.manifest.time;
  if (state.salt === undefined) delete deployment.secrets_providers;
  const shown = cipher
    ? mapSealed(deployment, ({ ciphertext }) =>
        typeof ciphertext === "string" ? { plaintext: cipher.open(ciphertext) } : undefined,
      )
    : deployment;
  return { version: 3, deployment: shown };
}

function toDeployment(text: string): { deployment: Record<string, unknown> } {
  const { checkpoint } = JSON.parse(text) as { checkpoint: { latest: Record<string, unknown> } };
  return { deployment: checkpoint.latest };
}

/**
 * Takes a document over as the state of a stack that exists, and gives warnings. What breaks a rule is refused, or with
 * `force` said as a warning. Operations that were under way are dropped: the document can't know how they ended.
 */
export async function importDeployment(
  place: Place,
  document: {
    readonly text: string;
    readonly source: string;
    readonly force: boolean;
    readonly salt: string | undefined;
  },
): Promise<string[]> {
  const { backend, project, stack, keyring } = place;
  const { source, force } = document;
  const warnings: string[] = [];
  const complain = (fault: string) => {
    if (!force)
      throw new StateError(`${source} is not imported: ${fault}.`, {
        hint: "The stack is unchanged. Mend the document, or import it all the same with --force (not recommended).",
      });
    warnings.push(`${fault}.`);
  };
  const { checkpoint, tampered } = readDeployment(document.text, source, place);
  if (tampered) complain("its manifest's magic doesn't belong to its version: it was edited or is damaged");

  const wantsCipher = hasSecrets(checkpoint.resources);
  if (!checkpoint.salt && hasSecrets(checkpoint.resources, "ciphertext"))
    throw new StateError(
      `${source} is not imported: it has sealed secrets but no secrets_providers to open them with.`,
    );
  const salt = checkpoint.salt ?? document.salt ?? (await keyring.create()).salt;
  const cipher = wantsCipher ? await keyring.unlock(salt, source) : undefined;
  const resources = cipher
    ? (mapSealed(checkpoint.resources, ({ plaintext }) =>
        typeof plaintext === "string" ? { ciphertext: cipher.seal(plaintext) } : undefined,
      ) as Checkpoint["resources"])
    : checkpoint.resources;
  // Opened to be sure that it can be; the state keeps the sealed ones.
  const sealer = cipher && createSealer(cipher);
  const fault = findFault(sealer ? resources.map((resource) => sealer.open(resource)) : resources, stack);
  if (fault) complain(fault);
  for (const { type, resource } of checkpoint.pending)
    warnings.push(`The pending operation "${type}" on ${resource.urn} was dropped.`);

  const lock = await takeLock(backend, project, stack, new Date());
  try {
    const path = await findCheckpoint(backend, project, stack);
    if (path === undefined) throw noStackOf(stack, project, await listStacks(backend, project));
    warnings.push(...lock.warnings, ...(await setJournalAside(place)));
    const { time } = (checkpoint.rest.checkpoint as { latest: { manifest?: { time?: string } } }).latest.manifest ?? {};
    const known = new Date(time ?? "");
    const text = formatCheckpoint(checkpoint, {
      stack,
      project,
      resources,
      pending: [],
      salt,
      engineVersion: undefined,
      now: Number.isNaN(known.getTime()) ? new Date() : known,
    });
    await writeFileSafely(path, compressFor(path, text), { backup: `${path}.bak` });
    // The CLI's blob library keeps a checksum there; ours would be wrong, and none is fine.
    for (const stale of [path, `${path}.bak`]) await rm(`${stale}.attrs`, { force: true });
  } finally {
    await lock.release();
  }
  return warnings;
}

interface Incoming {
  readonly checkpoint: Checkpoint;
  /** The manifest doesn't prove that the document is as it was written. */
  readonly tampered: boolean;
}

function readDeployment(text: string, source: string, { project, stack }: Place): Incoming {
  let document: { version?: unknown; deployment?: unknown };
  try {
    document = JSON.parse(text) as typeof document;
  } catch (error) {
    throw new StateError(`${source} is not a whole JSON document: ${(error as Error).message}`, {
      hint: "Give what `pulumi-rocketchat stack export` or `pulumi stack export` wrote.",
    });
  }
  const { version, deployment } = document ?? {};
  if (typeof deployment !== "object" || deployment === null || Array.isArray(deployment))
    throw new StateError(`${source} is not an exported stack: it has no "deployment".`, {
      hint: "Give what `pulumi-rocketchat stack export` or `pulumi stack export` wrote.",
    });
  const manifest = (deployment as { manifest?: { version?: unknown; magic?: unknown } }).manifest;
  const magic = typeof manifest?.version === "string" && manifest.version !== "" ? magicOf(manifest.version) : "";
  const tampered = manifest !== undefined && (manifest.magic ?? "") !== magic;
  const latest = tampered ? { ...deployment, manifest: { ...manifest, magic } } : deployment;
  const wrapped = JSON.stringify({ version, checkpoint: { stack: `organization/${project}/${stack}`, latest } });
  try {
    return { checkpoint: parseCheckpoint(Buffer.from(wrapped), source), tampered };
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    // Its hint is about a damaged file of the backend, which this is not.
    const [what = ""] = error.message.split("\n");
    throw new StateError(what.replace(`The state ${source} can't be used`, `${source} is not imported`), {
      hint: "The stack is unchanged.",
      cause: error,
    });
  }
}

/** What a killed run left belongs to the state that is replaced now: it is kept, not applied. */
async function setJournalAside({ backend, project, stack }: Place): Promise<string[]> {
  if (!(await hasJournal(backend, project, stack))) return [];
  const path = journalPath(backend, project, stack);
  const aside = `${path}.${new Date().toISOString().replaceAll(":", "")}`;
  await rename(path, aside);
  return [`A killed run had left a journal; it is not part of what was imported, and was kept as ${aside}.`];
}

type Envelope = Readonly<Record<string, unknown>>;

/** The same with every secret's envelope changed; undefined leaves it as it is. */
function mapSealed(value: unknown, change: (envelope: Envelope) => Envelope | undefined): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => mapSealed(item, change));
  if (isSecret(value)) {
    const changed = change(value as unknown as Envelope);
    return changed ? { [SIGNATURE]: SECRET, ...changed } : value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapSealed(item, change)]));
}

function hasSecrets(value: unknown, field?: "ciphertext"): boolean {
  let found = false;
  mapSealed(value, (envelope) => {
    found ||= field === undefined || field in envelope;
    return undefined;
  });
  return found;
}
