/**
 * Property values in Pulumi's wire form as plain JavaScript: what is secret, unknown, equal; and how secrets are marked
 * again on values that came back from a handler, which sees none. Knows no resource.
 */
import { isDeepStrictEqual } from "node:util";
import type { Properties } from "./state/index.ts";
import { isSecret, SIGNATURE, secret } from "./state/index.ts";

export type { Properties };

/** What the SDK sends for "not known before the update" and handlers see in its place. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const RESOURCE_REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT_VALUE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
export const ASSET = "c44067f5952c0a294b673a41bacd8c17";
export const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The mark of a special object ("a secret", "an asset"), if it is one. */
export function signatureOf(value: unknown): string | undefined {
  const signature = isObject(value) ? value[SIGNATURE] : undefined;
  return typeof signature === "string" ? signature : undefined;
}

/** True when the value, or anything in it, passes the test. */
export function some(value: unknown, test: (value: unknown) => boolean): boolean {
  if (test(value)) return true;
  if (Array.isArray(value)) return value.some((item) => some(item, test));
  return isObject(value) && Object.values(value).some((item) => some(item, test));
}

export const hasUnknown = (value: unknown): boolean => some(value, (inner) => inner === UNKNOWN);
export const hasSecret = (value: unknown): boolean => some(value, isSecret);

/** As a handler gets it: secrets opened, a reference to a resource as its id, for components as its URN. */
export function forHandler<T>(value: T): T {
  return plain(value) as T;
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  if (isSecret(value)) return plain(value.value);
  if (signatureOf(value) === RESOURCE_REFERENCE) {
    if (!("id" in value)) return value.urn;
    return value.id === "" ? UNKNOWN : value.id;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/** As the state keeps it: an output value becomes what it stands for (its dependencies are in the request as well). */
export function normalize<T>(value: T): T {
  return settle(value) as T;
}

function settle(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(settle);
  if (!isObject(value)) return value;
  if (signatureOf(value) === OUTPUT_VALUE) {
    const inner = "value" in value ? settle(value.value) : UNKNOWN;
    return value.secret === true ? secret(inner) : inner;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, settle(item)]));
}

const isObjectOrList = (value: unknown): boolean => typeof value === "object" && value !== null;

/** Equal apart from what is marked secret, and from the order of keys. */
export function equal(left: unknown, right: unknown): boolean {
  const [one, other] = [plain(left), plain(right)];
  return Object.is(one, other) || (isObjectOrList(one) && isObjectOrList(other) && isDeepStrictEqual(one, other));
}

/**
 * Marks in `values` what is secret at the same place in `like`, as the engine does: objects key by key, an array that
 * holds a secret as a whole.
 */
export function markLike(values: Properties, like: Properties): Properties {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, key in like ? mark(value, like[key]) : value]),
  );
}

function mark(value: unknown, like: unknown): unknown {
  if (isSecret(value)) return value;
  if (isSecret(like)) return secret(value);
  if (isPlainObject(value) && isPlainObject(like)) return markLike(value, like);
  return hasSecret(like) ? secret(value) : value;
}

function isPlainObject(value: unknown): value is Properties {
  return isObject(value) && signatureOf(value) === undefined;
}

/** Marks whole top-level properties: `additionalSecretOutputs`. */
export function markKeys(values: Properties, keys: readonly string[]): Properties {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, keys.includes(key) ? secret(value) : value]),
  );
}

/** For display, and for a reader of `--json`: "[secret]" in a secret's place. */
export function masked(value: unknown): unknown {
  if (isSecret(value)) return "[secret]";
  if (Array.isArray(value)) return value.map(masked);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item)]));
  return value;
}

/** A handler's answer as the state can keep it, and where it could not: paths of what was left out. */
export interface Storable {
  readonly values: Properties;
  readonly refused: readonly string[];
}

/**
 * As Pulumi's wire form takes values: numbers with NaN, objects of any class by what can be enumerated in them (so nothing
 * of a Date), but no undefined, function, symbol or bigint; and nothing that holds itself.
 */
export function storable(given: object): Storable {
  const refused: string[] = [];
  const holders = new Set<object>();

  function copy(value: unknown, path: string): unknown {
    if (value === null || ["string", "boolean", "number"].includes(typeof value)) return value;
    if (typeof value !== "object" || holders.has(value)) return void refused.push(path);
    holders.add(value);
    const kept = Array.isArray(value)
      ? value.map((item, index) => copy(item, `${path}[${index}]`) ?? null)
      : fields(value, path);
    holders.delete(value);
    return kept;
  }

  function fields(value: object, path: string): Properties {
    const kept: Properties = {};
    for (const key in value) {
      const item = copy((value as Properties)[key], path ? `${path}.${key}` : key);
      if (item !== undefined) kept[key] = item;
    }
    return kept;
  }

  return { values: fields(given, ""), refused };
}
