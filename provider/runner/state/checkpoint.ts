/** The text of a checkpoint (version 3) to and from its parts. Keeps what it doesn't know. Opens no secret, no file. */
import { createHash } from "node:crypto";
import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { z } from "zod";
import { StateError } from "./errors.ts";
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

const resource = z.looseObject({
  urn: z.string().min(1),
  type: z.string().min(1),
  custom: z.boolean().default(false),
  id: z.string().optional(),
  parent: z.string().optional(),
  provider: z.string().optional(),
  dependencies: z.array(z.string()).nullish(),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).nullish(),
  deletedWith: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).nullish(),
  outputs: z.record(z.string(), z.unknown()).nullish(),
});

const file = z.looseObject({
  version: z.number(),
  checkpoint: z.looseObject({
    latest: z
      .looseObject({
        manifest: z.looseObject({ version: z.string().optional(), magic: z.string().optional() }).optional(),
        secrets_providers: z.looseObject({ type: z.string(), state: z.unknown() }).nullish(),
        resources: z.array(resource).nullish(),
        pending_operations: z.array(z.looseObject({ type: z.string(), resource })).nullish(),
      })
      .nullish(),
  }),
});

const saltState = z.looseObject({ salt: z.string() });

/** Names the base of a journal. */
export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Reads a checkpoint's bytes, plain or compressed. Throws StateError with the path. */
export function parseCheckpoint(bytes: Uint8Array, path: string): Checkpoint {
  const refuse = (what: string, hint?: string) => new StateError(`The state ${path} can't be used: ${what}.`, { hint });
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(decompress(bytes)).toString("utf8"));
  } catch (error) {
    throw refuse(
      `it is not a whole JSON file (${error instanceof Error ? error.message : String(error)})`,
      "The state before the last save lies beside it, with .bak at the end of its name.",
    );
  }
  const parsed = file.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refuse(`${issue?.path.join(".") || "the file"}: ${issue?.message ?? "not valid"}`);
  }
  const { version, checkpoint } = parsed.data;
  // The CLI leaves version 0 in a stack that was never updated.
  if (version !== 3 && !(version === 0 && !checkpoint.latest))
    throw refuse(`its version is ${version}, and only 3 is supported`, "Use the Pulumi CLI for this stack.");
  const latest = checkpoint.latest;
  const provider = latest?.secrets_providers;
  if (provider && provider.type !== "passphrase")
    throw refuse(
      `its secrets are sealed by the provider "${provider.type}"`,
      "The embedded runner knows the passphrase provider only. Use the Pulumi CLI, or change it there: pulumi stack change-secrets-provider passphrase.",
    );
  const salt = provider ? saltState.safeParse(provider.state).data?.salt : undefined;
  if (provider && !salt) throw refuse("its secrets provider has no salt");
  const manifest = latest?.manifest;
  const magic = manifest?.version ? magicOf(manifest.version) : "";
  if (manifest && (manifest.magic ?? "") !== magic)
    throw refuse("its manifest's magic doesn't belong to its version: it was edited or is damaged");
  return {
    resources: (latest?.resources ?? []) as readonly SealedResource[],
    pending: (latest?.pending_operations ?? []) as readonly SealedOperation[],
    salt,
    rest: parsed.data,
  };
}

const magicOf = (version: string) => createHash("sha256").update(version).digest("hex");

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
        secrets_providers: secrets_providers ?? { type: "passphrase", state: { salt: parts.salt } },
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
