/** Secrets of one resource between their two forms: `value` in memory, `ciphertext` on disk. No files, no keys. */
import { parseJson } from "./json.ts";
import { isSecret, SECRET, SIGNATURE } from "./secret.ts";
import type { Cipher, Resource } from "./types.ts";

/** Pulumi's mark of a number that JSON can't hold: 16 hex digits of the IEEE 754 bits. */
const FLOAT = "8ad145fe-0d11-4827-bfd7-1abcbf086f5c";
/** Pulumi's other marks: asset, archive, resource reference. */
const REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
const otherMarks: readonly unknown[] = [
  "c44067f5952c0a294b673a41bacd8c17",
  "0def7320c3a5731c473e5ecbe6d01bc7",
  REFERENCE,
];
/** The fields of a resource that may hold secrets. */
const sealedFields = ["inputs", "outputs", "replacementTrigger"] as const;

/** A resource in the form of the disk. */
export type SealedResource = Resource;

export interface Sealer {
  seal(resource: Resource): SealedResource;
  /** Throws BadValue with the resource and the property. */
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
    const isSealed = (field: string) => (sealedFields as readonly string[]).includes(field);
    return mapEntries(resource, (field, value) => (isSealed(field) ? transform(value, field) : value)) as Resource;
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
      each(resource, (value, field) => {
        try {
          return openValue(value, field, (ciphertext, path) => {
            const plaintext = cipher.open(ciphertext);
            known.set(`${resource.urn}\n${path}\n${plaintext}`, ciphertext);
            return plaintext;
          });
        } catch (error) {
          if (error instanceof BadValue) error.message = error.message.replace(placeOfUrn, resource.urn);
          throw error;
        }
      }),
  };
}

/** Stands in a message until the resource is known. */
const placeOfUrn = "\0";

/** A value on disk that the format doesn't know or that can't be opened. The reader of the file adds which file it is. */
export class BadValue extends Error {
  constructor(what: string, path: string, fault: string) {
    super(`${what} ${path} of ${placeOfUrn} ${fault}`);
  }
}

// Inside a secret nothing is sealed twice: an inner secret's ciphertext is its plain JSON.
const inner: Transform = (text) => text;

function sealValue(value: unknown, path: string, seal: Transform): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) return { [SIGNATURE]: FLOAT, value: bitsOf(value) };
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return mapItems(value, (item, i) => sealValue(item ?? null, `${path}[${i}]`, seal));
  if (isSecret(value))
    return { [SIGNATURE]: SECRET, ciphertext: seal(JSON.stringify(sealValue(value.value ?? null, path, inner)), path) };
  return mapEntries(value, (key, item) => sealValue(item, `${path}.${key}`, seal));
}

function openValue(value: unknown, path: string, open: Transform): unknown {
  // JSON's 1e400: the CLI refuses it, and it could not be written again.
  if (typeof value === "number" && !Number.isFinite(value)) throw new BadValue("the number", path, "is too large");
  if (typeof value !== "object" || value === null) return value;
  const inside = (item: unknown, at: string) => openValue(item, at, open);
  if (Array.isArray(value)) return mapItems(value, (item, i) => inside(item, `${path}[${i}]`));
  const fields = value as Record<string, unknown>;
  const mark = Object.hasOwn(fields, SIGNATURE) ? fields[SIGNATURE] : undefined;
  if (mark === FLOAT) return numberOf(fields.value, path);
  if (mark === SECRET) return { [SIGNATURE]: SECRET, value: openSecret(fields, path, open) };
  if (mark === REFERENCE && typeof fields.urn !== "string")
    throw new BadValue("the resource reference", path, "has no urn");
  if (mark !== undefined && !otherMarks.includes(mark))
    throw new BadValue("the value", path, "has a mark that is not known");
  return mapEntries(fields, (key, item) => inside(item, `${path}.${key}`));
}

function openSecret(fields: Record<string, unknown>, path: string, open: Transform): unknown {
  const { ciphertext, plaintext } = fields;
  // `plaintext` stands in exports made with --show-secrets.
  const given = [ciphertext, plaintext].filter((text) => typeof text === "string" && text !== "");
  if (given.length !== 1)
    throw new BadValue("the secret", path, `has not one text, sealed or plain, but ${given.length}`);
  let value: unknown;
  try {
    value = parseJson(typeof ciphertext === "string" && ciphertext ? open(ciphertext, path) : String(plaintext));
  } catch {
    // The cause is left out: a parser's message quotes the text.
    throw new BadValue(
      "the secret",
      path,
      "can't be opened: it is damaged, or was sealed with another salt or passphrase",
    );
  }
  return openValue(value, path, inner);
}

/** The same list where nothing changes. */
function mapItems(value: readonly unknown[], transform: (item: unknown, index: number) => unknown): readonly unknown[] {
  const items = value.map(transform);
  return items.every((item, index) => item === value[index]) ? value : items;
}

/** Without what is undefined. The same object where nothing changes: most of a state holds no secret. */
function mapEntries(value: object, transform: (key: string, item: unknown) => unknown): Record<string, unknown> {
  const given = value as Record<string, unknown>;
  let entries: [string, unknown][] | undefined;
  const keys = Object.keys(given);
  for (const [index, key] of keys.entries()) {
    const item = given[key];
    const next = item === undefined ? undefined : transform(key, item);
    if (next === item && item !== undefined) entries?.push([key, item]);
    else {
      entries ??= keys.slice(0, index).map((former) => [former, given[former]]);
      if (item !== undefined) entries.push([key, next]);
    }
  }
  return entries === undefined ? given : Object.fromEntries(entries);
}

function bitsOf(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString("hex");
}

function numberOf(bits: unknown, path: string): number {
  if (typeof bits !== "string" || !/^[0-9a-f]{1,16}$/i.test(bits))
    throw new BadValue("the number", path, "is not 16 hex digits");
  return Buffer.from(bits.padStart(16, "0"), "hex").readDoubleBE();
}
