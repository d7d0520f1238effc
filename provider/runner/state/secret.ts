/** Pulumi's envelope of a secret in the wire form. Shared by the state and by the layers above. */

/** The key that marks an object as something special. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
/** The mark of a secret. */
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";

export interface Secret {
  readonly [SIGNATURE]: typeof SECRET;
  readonly value: unknown;
}

/** True for a secret's envelope, in clear or sealed. */
export function isSecret(value: unknown): value is Secret {
  return typeof value === "object" && value !== null && (value as Record<string, unknown>)[SIGNATURE] === SECRET;
}

/** Wraps a value; a secret stays as it is. */
export function secret(value: unknown): Secret {
  return isSecret(value) ? value : { [SIGNATURE]: SECRET, value };
}

/** The value with every secret in it opened, at any depth. */
export function unwrap(value: unknown): unknown {
  if (isSecret(value)) return unwrap(value.value);
  if (Array.isArray(value)) return value.map(unwrap);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrap(inner)]));
  return value;
}
