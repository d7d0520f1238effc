/**
 * Outputs as the official provider keeps them: every property there, empty ones in its form, sets in its order, and the note
 * by which it finds its own types again (`__pulumi_raw_state_delta`). Calls nothing.
 */
import { isObject, type Properties } from "../../values.ts";
import type { Field, Fields, ResourceSchema } from "./fields/field.ts";
import { compareObjects, sameValue } from "./fields/normal.ts";

/** `olds`: outputs whose form is kept where nothing but the form differs; the provider itself writes several. */
export function completeOutputs(
  schema: ResourceSchema,
  id: string,
  values: Properties,
  olds: Properties = {},
): Properties {
  const outputs: Properties = { id };
  for (const [key, field] of Object.entries(schema.fields)) {
    const kept = key in olds && sameValue(field, olds[key], values[key]);
    outputs[key] = kept ? olds[key] : stored(field, values[key], false);
  }
  return { ...outputs, __meta: schema.meta, __pulumi_raw_state_delta: { obj: objectDelta(schema.fields, outputs) } };
}

function stored(field: Field, value: unknown, nested: boolean): unknown {
  if (value === undefined || value === null) return empty(field, nested);
  switch (field.kind) {
    case "texts":
      return field.set && Array.isArray(value) ? [...value].sort() : value;
    case "object":
      return isObject(value) ? storedFields(field.fields, value) : value;
    case "objects": {
      const items = Array.isArray(value) ? value.filter(isObject).map((item) => storedFields(field.fields, item)) : [];
      return field.set ? items.sort((one, other) => compareObjects(field.fields, one, other)) : items;
    }
    default:
      return value;
  }
}

const storedFields = (fields: Fields, value: Properties): Properties =>
  Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, stored(field, value[key], true)]));

function empty(field: Field, nested: boolean): unknown {
  if ("fallback" in field && field.fallback !== undefined) return field.fallback;
  if (field.kind === "objects") return [];
  if (field.kind === "texts") return nested || field.computed ? [] : null;
  return field.kind === "text" && nested ? "" : null;
}

interface ObjectDelta {
  ps?: Record<string, unknown>;
  renamed?: Record<string, string>;
}

function objectDelta(fields: Fields, values: Properties): ObjectDelta {
  const parts = Object.entries(fields)
    .map(([key, field]) => [key, delta(field, values[key])] as const)
    .filter(([, part]) => part !== undefined);
  const renamed = Object.entries(fields).flatMap(([key, { stored: name }]) => (name ? [[key, name]] : []));
  return {
    ...(parts.length > 0 ? { ps: Object.fromEntries(parts) } : {}),
    ...(renamed.length > 0 ? { renamed: Object.fromEntries(renamed) } : {}),
  };
}

function delta(field: Field, value: unknown): unknown {
  if (field.kind === "object") {
    return { plu: { i: isObject(value) ? { obj: objectDelta(field.fields, value) } : {} } };
  }
  if (value === null || value === undefined) return undefined;
  if (field.kind === "map") return { map: {} };
  if (field.kind === "texts") return { arr: {} };
  if (field.kind !== "objects" || !Array.isArray(value)) return undefined;
  if (value.length === 0) return { arr: {} };
  const elements = value.map((item, index) => [index, { obj: objectDelta(field.fields, isObject(item) ? item : {}) }]);
  return { arr: { el: Object.fromEntries(elements) } };
}
