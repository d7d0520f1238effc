/** Assets get the hash of their content, as the engine gives it, so that a changed file shows as a change. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { messageOf, RunnerError, UnsupportedError } from "./errors.ts";
import { ARCHIVE, ASSET, isObject, type Properties, signatureOf, some } from "./values.ts";

/** `folder`: what paths are relative to. Rejects when a file can't be read, and for archives and remote assets. */
export async function hashAssets(properties: Properties, folder: string): Promise<Properties> {
  const isAsset = (value: unknown) => signatureOf(value) === ASSET || signatureOf(value) === ARCHIVE;
  return some(properties, isAsset) ? ((await hashed(properties, folder)) as Properties) : properties;
}

async function hashed(value: unknown, folder: string): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => hashed(item, folder)));
  if (!isObject(value)) return value;
  if (signatureOf(value) === ARCHIVE)
    throw new UnsupportedError("An archive (`pulumi.asset.AssetArchive`, `FileArchive`)");
  if (signatureOf(value) === ASSET) return { ...value, hash: await hashOf(value, folder) };
  const entries = Object.entries(value).map(async ([key, item]) => [key, await hashed(item, folder)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function hashOf({ path, text, uri }: Record<string, unknown>, folder: string): Promise<string> {
  if (typeof uri === "string" && uri !== "") throw new UnsupportedError(`The remote asset ${uri}`);
  return createHash("sha256")
    .update(typeof path === "string" ? await content(resolve(folder, path)) : String(text ?? ""))
    .digest("hex");
}

async function content(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new RunnerError(`The file of an asset can't be read: ${messageOf(error)}`, { cause: error });
  }
}
