/** The text of a checkpoint (version 3) to and from its parts. Keeps what it doesn't know. Opens no secret, no file. */

import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { z } from "zod";
import { damageHint, StateError } from "./errors.ts";
import { parseJson } from "./json.ts";
import { checkpointFile, issueOf, withoutNulls } from "./schema.ts";
import type { SealedResource } from "./sealing.ts";
import type { OperationType } from "./types.ts";

export interface SealedOperation {
  readonly type: OperationType;
  readonly resource: SealedResource;
}

/** A checkpoint apart. `rest` is everything as it was read, for what this module doesn't know. */
export interface Checkpoint {
  readonly resources: readonly SealedResource[];
  readonly pending: readonly SealedOperation[];
  /** Salt line of the state's secrets; undefined in a state that has none. */
  readonly salt: string | undefined;
  readonly rest: Record<string, unknown>;
}

export const emptyCheckpoint: Checkpoint = { resources: [], pending: [], salt: undefined, rest: {} };

const saltState = z.looseObject({ salt: z.string() });

/** Names the base of a journal. */
export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Reads a checkpoint's bytes, plain or compressed. Throws StateError with the path. */
export function parseCheckpoint(bytes: Uint8Array, path: string): Checkpoint {
  const refuse = (what: string, hint: string) => new StateError(`The state ${path} can't be used: ${what}.`, { hint });
  const damaged = (what: string) => refuse(what, damageHint(path));
  const json = readJson(bytes, damaged);
  const version = (json as { version?: unknown } | null)?.version;
  if (typeof version !== "number") throw damaged("it is no checkpoint of Pulumi, for it has no version");
  if (version === 1 || version === 2)
    throw refuse(
      `its version is ${version}, from an old Pulumi, and only 3 is supported`,
      "Any update with the Pulumi CLI writes it as version 3.",
    );
  if (version > 3)
    throw refuse(
      `its version is ${version}, from a newer Pulumi, and only 3 is supported`,
      "Use the Pulumi CLI for this stack, or a newer pulumi-rocketchat.",
    );
  const parsed = checkpointFile.safeParse(json);
  if (!parsed.success) throw damaged(issueOf(parsed.error));
  const { latest } = parsed.data.checkpoint;
  // The CLI leaves version 0 in a stack that was never updated.
  if (version !== 3 && !(version === 0 && !latest)) throw damaged(`its version is ${version}, and only 3 is supported`);
  const { manifest, secrets_providers: provider, snippets = [] } = latest ?? {};
  if (provider?.type && provider.type !== "passphrase")
    throw refuse(
      `its secrets are sealed by the provider "${provider.type}"`,
      "The embedded runner knows the passphrase provider only. Use the Pulumi CLI, or change it there: pulumi stack change-secrets-provider passphrase.",
    );
  const salt = provider?.type ? saltState.safeParse(provider.state).data?.salt : undefined;
  if (provider?.type && !salt) throw damaged("its secrets provider has no salt");
  if ((manifest?.magic ?? "") !== (manifest?.version ? magicOf(manifest.version) : ""))
    throw damaged("its manifest's magic doesn't belong to its version, so it was edited or is damaged");
  const uuids = snippets?.map(({ uuid }) => uuid) ?? [];
  if (new Set(uuids).size < uuids.length) throw damaged("two of its snippets have the same uuid");
  return {
    resources: (latest?.resources ?? []).map(withoutNulls),
    pending: (latest?.pending_operations ?? []).map(({ type, resource }) => ({
      type: (type ?? "") as OperationType,
      resource: withoutNulls(resource),
    })),
    salt,
    rest: parsed.data,
  };
}

function readJson(bytes: Uint8Array, damaged: (what: string) => StateError): unknown {
  let text: Uint8Array;
  try {
    text = decompress(bytes);
  } catch (error) {
    throw damaged(`it can't be unpacked (${(error as Error).message})`);
  }
  if (text.length === 0) throw damaged("it is empty");
  // Decoding would put another character in the place of what is damaged, and the next save would keep it.
  if (!isUtf8(text)) throw damaged("it is not text in UTF-8");
  try {
    return parseJson(Buffer.from(text).toString("utf8"));
  } catch {
    // What the parser says may quote the file's content.
    throw damaged("it is not a whole JSON file");
  }
}

/** What a manifest says to show that it was not edited. */
export const magicOf = (version: string) => createHash("sha256").update(version).digest("hex");

/** The text of a checkpoint: what was read, with these parts new. */
export function formatCheckpoint(
  base: Checkpoint,
  parts: {
    readonly stack: string;
    readonly project: string;
    readonly resources: readonly SealedResource[];
    readonly pending: readonly SealedOperation[];
    readonly salt: string;
    readonly engineVersion: string | undefined;
    readonly now: Date;
  },
): string {
  const checkpoint = (base.rest.checkpoint ?? {}) as Record<string, unknown>;
  const { manifest, secrets_providers, resources, pending_operations, ...others } = (checkpoint.latest ?? {}) as Record<
    string,
    unknown
  >;
  const known = manifest as { version?: string } | undefined;
  const version = parts.engineVersion ?? (known?.version || "pulumi-rocketchat");
  return JSON.stringify({
    ...base.rest,
    version: 3,
    checkpoint: {
      stack: `organization/${parts.project}/${parts.stack}`,
      ...checkpoint,
      latest: {
        manifest: { ...known, time: parts.now.toISOString(), magic: magicOf(version), version },
        secrets_providers: (secrets_providers as { type?: string } | null)?.type
          ? secrets_providers
          : { type: "passphrase", state: { salt: parts.salt } },
        ...(parts.resources.length > 0 && { resources: parts.resources }),
        ...(parts.pending.length > 0 && { pending_operations: parts.pending }),
        metadata: {},
        ...others,
      },
    },
  });
}

const startsWith = (bytes: Uint8Array, ...magic: number[]) => magic.every((byte, i) => bytes[i] === byte);

function decompress(bytes: Uint8Array): Uint8Array {
  if (startsWith(bytes, 0x1f, 0x8b)) return gunzipSync(bytes);
  if (startsWith(bytes, 0x28, 0xb5, 0x2f, 0xfd)) return zstdDecompressSync(bytes);
  return bytes;
}

/** The bytes of a checkpoint in the form that its file's ending names. */
export function compressFor(path: string, text: string): Uint8Array {
  const bytes = Buffer.from(text);
  if (path.endsWith(".gz")) return gzipSync(bytes);
  if (path.endsWith(".zst")) return zstdCompressSync(bytes);
  return bytes;
}
