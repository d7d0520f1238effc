/** Secrets of one resource between their two forms: `value` in memory, `ciphertext` on disk. No files, no keys. */
import { StateError } from "./errors.ts";
import { isSecret, SECRET, SIGNATURE } from "./secret.ts";
import type { Cipher, Resource } from "./types.ts";

/** Pulumi's mark of a number that JSON can't hold: 16 hex digits of the IEEE 754 bits. */
const FLOAT = "8ad145fe-0d11-4827-bfd7-1abcbf086f5c";
/** The fields of a resource that may hold secrets. */
const sealedFields = ["inputs", "outputs", "replacementTrigger"] as const;

/** A resource in the form of the disk. */
export type SealedResource = Resource;

export interface Sealer {
  seal(resource: Resource): SealedResource;
  /** Throws StateError with the resource and the property when a secret can't be opened. */
  open(resource: SealedResource): Resource;
}

type Transform = (text: string, path: string) => string;

/**
 * A secret that has not changed keeps its ciphertext, so that a checkpoint changes only where the state does. It is
 * remembered by URN and property, not by value alone: equal secrets must not look equal on disk.
 */
export function createSealer(cipher: Cipher): Sealer {
  const known = new Map<string, string>();
  const each = (resource: Resource, transform: (value: unknown, path: string) => unknown): Resource => {
    const copy: Record<string, unknown> = {};
    for (const [field, value] of Object.entries(resource)) if (value !== undefined) copy[field] = value;
    for (const field of sealedFields) if (copy[field] !== undefined) copy[field] = transform(copy[field], field);
    return copy as Resource;
  };
  return {
    seal: (resource) =>
      each(resource, (value, field) =>
        sealValue(value, field, (plaintext, path) => {
          const key = `${resource.urn}\n${path}\n${plaintext}`;
          const ciphertext = known.get(key) ?? cipher.seal(plaintext);
          known.set(key, ciphertext);
          return ciphertext;
        }),
      ),
    open: (resource) =>
      each(resource, (value, field) =>
        openValue(value, field, (ciphertext, path) => {
          try {
            const plaintext = cipher.open(ciphertext);
            known.set(`${resource.urn}\n${path}\n${plaintext}`, ciphertext);
            return plaintext;
          } catch (error) {
            throw new StateError(
              `The secret ${path} of ${resource.urn} can't be opened: it is damaged, or was sealed with another salt or passphrase.`,
              {
                cause: error,
              },
            );
          }
        }),
      ),
  };
}

// Inside a secret nothing is sealed twice: an inner secret's ciphertext is its plain JSON.
const inner: Transform = (text) => text;

function sealValue(value: unknown, path: string, seal: Transform): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) return { [SIGNATURE]: FLOAT, value: bitsOf(value) };
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item, i) => sealValue(item ?? null, `${path}[${i}]`, seal));
  if (isSecret(value))
    return { [SIGNATURE]: SECRET, ciphertext: seal(JSON.stringify(sealValue(value.value ?? null, path, inner)), path) };
  return mapEntries(value, (key, item) => sealValue(item, `${path}.${key}`, seal));
}

function openValue(value: unknown, path: string, open: Transform): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item, i) => openValue(item, `${path}[${i}]`, open));
  const fields = value as Record<string, unknown>;
  if (fields[SIGNATURE] === FLOAT && typeof fields.value === "string") return numberOf(fields.value);
  if (!isSecret(value)) return mapEntries(value, (key, item) => openValue(item, `${path}.${key}`, open));
  // `plaintext` stands in exports made with --show-secrets.
  const text = typeof fields.ciphertext === "string" ? open(fields.ciphertext, path) : fields.plaintext;
  if (typeof text !== "string") throw new StateError(`The secret ${path} has no ciphertext.`);
  return { [SIGNATURE]: SECRET, value: openValue(JSON.parse(text), path, inner) };
}

function mapEntries(value: object, transform: (key: string, item: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, transform(key, item)]])),
  );
}

function bitsOf(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString("hex");
}

function numberOf(bits: string): number {
  return Buffer.from(bits.padStart(16, "0"), "hex").readDoubleBE();
}
