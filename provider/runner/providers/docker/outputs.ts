/**
 * Outputs as the official provider keeps them: every property there, empty ones in its form, sets in its order, and the note
 * by which it finds its own types again (`__pulumi_raw_state_delta`). Calls nothing.
 */
import { isObject, type Properties } from "../../values.ts";
import type { Field, Fields, ResourceSchema } from "./fields/field.ts";
import { compareObjects, sameValue } from "./fields/normal.ts";

/**
 * `form`: inputs or old outputs, whose form is kept where nothing but the form differs; the provider itself writes several.
 */
export function completeOutputs(schema: ResourceSchema, id: string, values: Properties, form: Properties): Properties {
  const outputs: Properties = { id };
  const noted = notesOf(form[DELTA]);
  const parts: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(schema.fields)) {
    const kept = key in form && sameValue(field, form[key], values[key]);
    outputs[key] = stored(field, kept ? form[key] : values[key], false);
    parts[key] = kept && noted ? noted[key] : delta(field, outputs[key]);
  }
  return { ...outputs, __meta: schema.meta, [DELTA]: { obj: objectDelta(schema.fields, parts) } };
}

const DELTA = "__pulumi_raw_state_delta";

/** What was noted of each property, by the provider or by us; undefined where the form is that of inputs. */
function notesOf(note: unknown): Properties | undefined {
  const { obj = undefined } = isObject(note) ? note : {};
  if (!isObject(obj)) return undefined;
  return isObject(obj.ps) ? obj.ps : {};
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

/** `notes`: of each property, where there is one. */
function objectDelta(fields: Fields, notes: Properties): ObjectDelta {
  const parts = Object.entries(notes).filter(([, part]) => part !== undefined);
  const renamed = Object.entries(fields).flatMap(([key, { stored: name }]) => (name ? [[key, name]] : []));
  return {
    ...(parts.length > 0 ? { ps: Object.fromEntries(parts) } : {}),
    ...(renamed.length > 0 ? { renamed: Object.fromEntries(renamed) } : {}),
  };
}

const deltaOf = (fields: Fields, values: Properties): ObjectDelta =>
  objectDelta(
    fields,
    Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, delta(field, values[key])])),
  );

function delta(field: Field, value: unknown): unknown {
  const missing = value === null || value === undefined;
  // No block is an empty list there; what the engine may choose is nothing at all.
  if (missing && (field.kind !== "object" || field.computed)) return undefined;
  if (field.kind === "object") {
    return { plu: { i: isObject(value) ? { obj: deltaOf(field.fields, value) } : {} } };
  }
  if (field.kind === "map") return { map: {} };
  if (field.kind === "texts") return { arr: {} };
  if (field.kind !== "objects" || !Array.isArray(value)) return undefined;
  if (value.length === 0) return { arr: {} };
  const elements = value.map((item, index) => [index, { obj: deltaOf(field.fields, isObject(item) ? item : {}) }]);
  return { arr: { el: Object.fromEntries(elements) } };
}
