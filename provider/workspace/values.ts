/** Turns an entry's tree into inputs: secret references stand as unknown values, and a secret in clear is refused. */
import { createHash } from "node:crypto";
import path from "node:path";
import { z } from "zod";
import { inputsOf } from "../engine/check.ts";
import type { AnyHandler, Declared } from "../engine/handler.ts";
import { formatPath } from "../engine/issue.ts";
import { holdsSecret, isUnknown, rulesOf, UNKNOWN, unwrap } from "../engine/schema.ts";
import type { SecretReference } from "./entry.ts";
import type { Problem } from "./problem.ts";
import { type MapTree, placeAt, type Tree, treeAt } from "./read/tree.ts";

type Path = readonly (string | number)[];

/** `{ secret: key }` or `{ env: NAME }`: a map of one key with a text. */
export function referenceIn(tree: Tree): SecretReference["source"] | undefined {
  if (tree.type !== "map" || tree.members.size !== 1) return undefined;
  const [[key, { value }]] = tree.members as unknown as [[string, { value: Tree }]];
  if (value.type !== "scalar" || typeof value.value !== "string" || value.value === "") return undefined;
  if (key === "secret") return { secret: value.value };
  return key === "env" ? { env: value.value } : undefined;
}

/** The plain values; every reference to a secret is noted and stands as a value that is not known yet. */
export function inputsOfTree(tree: MapTree): { inputs: Declared; secrets: SecretReference[] } {
  const secrets: SecretReference[] = [];
  const walk = (here: Tree, path: Path): unknown => {
    const source = path.length > 0 ? referenceIn(here) : undefined;
    if (source !== undefined) {
      secrets.push({ path, source, at: here.at });
      return UNKNOWN;
    }
    if (here.type === "scalar") return here.value;
    if (here.type === "list") return here.items.map((item, index) => walk(item, [...path, index]));
    return Object.fromEntries([...here.members].map(([key, { value }]) => [key, walk(value, [...path, key])]));
  };
  return { inputs: walk(tree, []) as Declared, secrets };
}

export const isAddress = (text: string): boolean => /^[a-z]+:\/\//i.test(text);

/** Paths of files, which start at the folder of the document that names them, as paths from `root`. */
export function rebaseFiles(handler: AnyHandler, inputs: Declared, tree: MapTree, root: string): Declared {
  const { shape } = inputsOf(handler);
  const rebase = ([key, value]: [string, unknown]): [string, unknown] => {
    if (!rulesOf(shape[key]).file || typeof value !== "string" || isUnknown(value) || isAddress(value))
      return [key, value];
    const { folder } = placeAt(tree, [key]).file;
    return [key, path.isAbsolute(value) ? value : path.relative(root, path.resolve(folder, value)) || "."];
  };
  return Object.fromEntries(Object.entries(inputs).map(rebase));
}

/**
 * An id for an object whose kind lets one choose it: worked out of its key and of what it lies in, so that a run that was
 * cut off finds what it made. Undefined where the kind has none, or the entry says one.
 */
export function ownIdOf(handler: AnyHandler, keys: readonly string[], inputs: Declared): Declared | undefined {
  const { ownId, section } = handler.schema.document;
  if (ownId === undefined || inputs[ownId] !== undefined) return undefined;
  const { shape } = inputsOf(handler);
  const places = Object.keys(shape).filter((key) => rulesOf(shape[key]).refers && typeof inputs[key] === "string");
  const text = JSON.stringify([section, ...keys, ...places.map((key) => inputs[key])]);
  return { [ownId]: createHash("sha256").update(text).digest("base64url").replaceAll(/[-_]/g, "").slice(0, 17) };
}

/** Paths at which a secret stands in clear. An empty text takes a secret away and is none. */
export function clearSecrets(handler: AnyHandler, inputs: Declared): string[][] {
  const found: string[][] = [];
  const sealed = new Set(handler.schema.document.sealed?.(inputs));
  const walk = (type: z.core.$ZodType | undefined, value: unknown, path: string[]): void => {
    if (type === undefined || value === undefined || value === null || value === "" || isUnknown(value)) return;
    const inner = unwrap(type);
    if (rulesOf(type).secret || rulesOf(inner).secret || (path.length === 1 && sealed.has(path[0] as string))) {
      found.push(path);
    } else if (typeof value !== "object") {
      return;
    } else if (inner instanceof z.ZodObject) {
      for (const [key, part] of Object.entries(value)) walk(inner.shape[key], part, [...path, key]);
    } else if (inner instanceof z.ZodArray && Array.isArray(value) && holdsSecret(inner)) {
      for (const [index, part] of value.entries()) walk(inner.element, part, [...path, String(index)]);
    }
  };
  const { shape } = inputsOf(handler);
  for (const [key, value] of Object.entries(inputs)) walk(shape[key], value, [key]);
  return found;
}

/** A configuration key that fits: `users.alice.password` → `alicePassword`. */
export const suggestKey = (keys: readonly string[], path: readonly string[]): string =>
  [...keys, ...path]
    .join(" ")
    .replace(/[^A-Za-z0-9]+(.)?/g, (_, next?: string) => (next ?? "").toUpperCase())
    .replace(/^[A-Z]+(?![a-z])|^./, (first) => first.toLowerCase());

export function refuseClearSecrets(
  handler: AnyHandler,
  keys: readonly string[],
  entryPath: string,
  inputs: Declared,
  tree: MapTree,
): Problem[] {
  return clearSecrets(handler, inputs).map((path) => {
    const isShort = path.length === 1 && path[0] === handler.schema.document.short;
    const key = suggestKey(keys, isShort ? [] : path);
    const last = (isShort ? keys : path).at(-1) as string;
    // `{ secret: }` and `{ secret: a, env: B }` were meant well.
    const isReference = treeAt(tree, path)?.type === "map";
    const fault = isReference ? "this names no secret" : "a secret can't stand in the document itself";
    return {
      message: `${entryPath}.${formatPath(path)}: ${fault}`,
      at: placeAt(tree, path),
      hidesLine: true,
      hint:
        `Write \`${last}: { secret: ${key} }\` and give it once with \`pulumi-rocketchat config set --secret ${key}\`, ` +
        `or \`${last}: { env: NAME }\` to take it from the environment.`,
    };
  });
}
