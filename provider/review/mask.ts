/** Takes secrets out of inputs by what the kinds' schemas say, also where a saved plan holds them in clear. */
import { z } from "zod";
import { rulesOf, unwrap } from "../engine/schema.ts";
import { handlers } from "../kinds/handlers.ts";
import { SECRET, type Values } from "./change.ts";

/** Pulumi's mark of a secret in its wire form. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

const isObject = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function masked(kind: string, inputs: Values): Values {
  const schema = handlers.get(kind)?.schema;
  const sealed = schema?.document.sealed?.(inputs) ?? [];
  const entries = Object.entries(inputs)
    // What the engine and the loader note for themselves.
    .filter(([key]) => !key.startsWith("__"))
    .map(([key, value]) => [key, sealed.includes(key) ? SECRET : mask(value, schema?.inputs.shape[key])]);
  return Object.fromEntries(entries) as Values;
}

function mask(value: unknown, type: z.core.$ZodType | undefined): unknown {
  if (type !== undefined && (rulesOf(type).secret || rulesOf(unwrap(type)).secret)) return SECRET;
  const inner = type && unwrap(type);
  if (Array.isArray(value))
    return value.map((item) => mask(item, inner instanceof z.ZodArray ? inner.element : undefined));
  if (!isObject(value)) return value;
  if (SIGNATURE in value) return SECRET;
  const shape = inner instanceof z.ZodObject ? inner.shape : {};
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mask(item, shape[key])]));
}

/** True when a secret stands anywhere in it. */
export function holdsMask(value: unknown): boolean {
  if (value === SECRET) return true;
  if (Array.isArray(value)) return value.some(holdsMask);
  return isObject(value) && Object.values(value).some(holdsMask);
}
