/** Writes an export as the file that `pulumi import --file` takes: resources with all that a state holds of them. Pure. */

import { secretOutputs } from "../../engine/schema.ts";
import type { ServerIdentity } from "../../engine/session.ts";
import { loader, typeToken } from "../../kinds/base/loader.ts";
import { put } from "../../workspace/put.ts";
import type { DeclaredObject } from "./declared.ts";

/** How Pulumi marks a secret in data that it reads. */
const SIGNATURE = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

const sealed = (value: unknown): unknown => ({ ...SIGNATURE, plaintext: JSON.stringify(value) });

interface ImportEntry {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
}

/** Secrets that the server does not tell are not in it: the next `up` sets them. */
export function importEntry(
  { handler, name, id, declared, outputs, secrets }: DeclaredObject,
  identity: ServerIdentity,
): ImportEntry {
  let inputs: Record<string, unknown> = { ...declared };
  for (const { path, value } of secrets) {
    if (value !== undefined) inputs = put(inputs, path, sealed(value)) as Record<string, unknown>;
    else delete inputs[path[0] ?? ""];
  }
  const secret = new Set(secretOutputs(handler.schema));
  const computed = Object.entries(outputs)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, secret.has(key) ? sealed(value) : value]);
  const all = { ...inputs, __provider: loader(handler.kind) };
  return {
    type: typeToken(handler.kind),
    name,
    id,
    inputs: all,
    outputs: { ...all, ...Object.fromEntries(computed), ...identity },
  };
}

export const importText = (objects: readonly DeclaredObject[], identity: ServerIdentity): string =>
  `${JSON.stringify({ resources: objects.map((object) => importEntry(object, identity)) }, undefined, 2)}\n`;
