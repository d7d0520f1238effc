/** From a live object's inputs to what a document says of it. Pure; knows a kind by its schema alone. */
import { z } from "zod";
import { inputsOf } from "../engine/check.ts";
import { isEmpty, sameField } from "../engine/compare.ts";
import type { AnyHandler, Declared } from "../engine/handler.ts";
import { rulesOf, unwrap } from "../engine/schema.ts";
import { byCodePoint } from "./model.ts";
import { partsOf } from "./names.ts";

/** Without what the kind's schema does not know (the server adds to nested objects), and without nothing. */
function known(type: z.core.$ZodType | undefined, value: unknown): unknown {
  const inner = type && unwrap(type);
  if (inner instanceof z.ZodObject && isMap(value)) {
    const { shape } = inner;
    const open = inner.def.catchall !== undefined && !(inner.def.catchall instanceof z.ZodNever);
    const kept = Object.entries(value).filter(
      ([key, part]) => part !== undefined && part !== null && (open || key in shape),
    );
    return Object.fromEntries(kept.map(([key, part]) => [key, known(shape[key], part)]));
  }
  if (inner instanceof z.ZodArray && Array.isArray(value)) return value.map((part) => known(inner.element, part));
  return value;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** Sets in code-point order; the rest as the server has it. */
export const ordered = (type: z.core.$ZodType | undefined, value: unknown): unknown =>
  rulesOf(type).set && Array.isArray(value) && value.every((part) => typeof part === "string")
    ? [...new Set(value as string[])].sort(byCodePoint)
    : value;

/**
 * What a declaration has to say, by the schema's order of fields: without defaults and without what only steers the
 * provider. `live`: as `map` gave it.
 */
export function toDeclare(handler: AnyHandler, live: Declared, common: Declared = {}): Declared {
  const { shape } = inputsOf(handler);
  const { defaults: ofKind, builtIn } = handler.schema.document.export ?? {};
  const defaults: Declared = { ...ofKind, ...builtIn?.[partsOf(handler, live).join("/")] };
  const inputs: Declared = {};
  for (const [key, type] of Object.entries(shape)) {
    const value = known(type, live[key]);
    if (value === undefined || value === null) continue;
    // Left out, it would be what the section says.
    if (type instanceof z.ZodOptional && !(key in common)) {
      if (key in defaults ? sameField(type, value, defaults[key]) : isEmpty(value)) continue;
    }
    inputs[key] = ordered(type, value);
  }
  return inputs;
}

/** How people who have to be made get a password: not at all, one from the stack's configuration, one that the server invents. */
export type Passwords = "adopt" | "secret" | "random";

export interface CommonOptions {
  readonly exported: (kind: string) => boolean;
  readonly passwords: Passwords;
}

/** What is said once for a whole section, and need not be said by each of its objects. */
export function commonOf(handler: AnyHandler, { exported, passwords }: CommonOptions): Declared {
  const { common = {}, beside, password } = handler.schema.document.export ?? {};
  return {
    // Edges are ours in any case; asked for, they are looked at before anything is written.
    ...((handler.existingIsOurs !== true || handler.uniqueKey) && { adopt: true }),
    ...common,
    ...(beside !== undefined && exported(beside.kind) && beside.inputs),
    ...(passwords === "random" && password?.random),
  };
}

/** Without what the section's defaults say already. */
export function besides(handler: AnyHandler, inputs: Declared, common: Declared): Declared {
  const { shape } = inputsOf(handler);
  return Object.fromEntries(
    Object.entries(inputs).filter(([key, value]) => !(key in common && sameField(shape[key], value, common[key]))),
  );
}

/** A map of one key "secret" or "env" with a text somewhere inside: in a document it would be taken for a reference. */
export function holdsReference(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsReference);
  if (!isMap(value)) return false;
  const [[key, inner] = []] = Object.entries(value);
  const isOne = Object.keys(value).length === 1 && (key === "secret" || key === "env") && typeof inner === "string";
  return isOne || Object.values(value).some(holdsReference);
}
