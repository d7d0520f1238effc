/** Inputs as the official provider checks them: what is refused, and the defaults it writes into them. Calls nothing. */
import { randomBytes } from "node:crypto";
import { isObject, type Properties, UNKNOWN } from "../../values.ts";
import type { CheckFailure, CheckResult } from "../provider.ts";
import type { Field, Fields, ResourceSchema } from "./fields/field.ts";
import { normal } from "./fields/normal.ts";

const DEFAULTS = "__defaults";

/** Plain values, no marks. `resourceName`: what a name is made of where the program gives none. */
export function checkInputs(
  schema: ResourceSchema,
  resourceName: string,
  olds: Properties,
  news: Properties,
): CheckResult {
  const failures: CheckFailure[] = [];
  const fail = (property: string, reason: string) => failures.push({ property, reason });
  const inputs = checkFields(schema.fields, news, "", fail);
  const naming = Object.entries(schema.fields).find(([, field]) => field.autoname)?.[0];
  if (naming && missing(inputs[naming])) {
    const kept = listOf(olds[DEFAULTS]).includes(naming) ? olds[naming] : undefined;
    inputs[naming] = kept ?? `${resourceName}-${randomBytes(4).toString("hex").slice(0, 7)}`;
    inputs[DEFAULTS] = [...listOf(inputs[DEFAULTS]), naming].sort();
  }
  return { inputs, failures };
}

type Fail = (property: string, reason: string) => void;

const missing = (value: unknown) => value === undefined || value === null;
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The values with defaults, and their names in `__defaults`. */
function checkFields(fields: Fields, values: Properties, path: string, fail: Fail): Properties {
  const checked: Properties = {};
  for (const [key, value] of Object.entries(values)) {
    if (key === DEFAULTS || missing(value)) continue;
    const field = fields[key];
    const at = path ? `${path}.${key}` : key;
    if (!field || field.outputOnly) fail(at, `There is no such property. Allowed: ${allowedKeys(fields)}.`);
    else checked[key] = checkValue(field, value, at, fail);
  }
  const defaulted: string[] = [];
  for (const [key, field] of Object.entries(fields)) {
    if (key in checked) continue;
    if (field.required && !field.autoname) fail(path ? `${path}.${key}` : key, "It is required, but was not given.");
    // A default that means nothing is not written down.
    if (!("fallback" in field) || !field.fallback) continue;
    checked[key] = field.fallback;
    defaulted.push(key);
  }
  return { ...checked, [DEFAULTS]: defaulted.sort() };
}

const allowedKeys = (fields: Fields) =>
  Object.entries(fields)
    .filter(([, field]) => !field.outputOnly && !field.unsupported)
    .map(([key]) => key)
    .sort()
    .join(", ");

function checkValue(field: Field, value: unknown, at: string, fail: Fail): unknown {
  if (value === UNKNOWN) return value;
  if (field.unsupported) {
    if (normal(field, value) === undefined && !(isObject(value) && Object.keys(value).length > 0)) return value;
    fail(at, "The embedded runner doesn't support it; use the Pulumi CLI: https://www.pulumi.com/docs/install/");
    return value;
  }
  const wrong = (what: string) => {
    fail(at, `It has to be ${what}.`);
    return value;
  };
  switch (field.kind) {
    case "text":
      if (typeof value !== "string") return wrong("text");
      if (value !== "" && field.pattern && !field.pattern.test(value)) return wrong(field.allowed ?? "of another form");
      return value;
    case "number":
      if (typeof value !== "number" || !Number.isInteger(value)) return wrong("a whole number");
      return field.least !== undefined && value < field.least ? wrong(`${field.least} or more`) : value;
    case "flag":
      return typeof value === "boolean" ? value : wrong("true or false");
    case "texts":
      if (!Array.isArray(value) || value.some((item) => typeof item !== "string")) return wrong("a list of texts");
      return value;
    case "map":
      if (!isObject(value) || Object.values(value).some((item) => typeof item !== "string")) {
        return wrong("an object of texts");
      }
      return value;
    case "object":
      return isObject(value) ? checkFields(field.fields, value, at, fail) : wrong("an object");
    case "objects":
      if (!Array.isArray(value)) return wrong("a list of objects");
      return value.map((item, index) => {
        if (item === UNKNOWN) return item;
        if (isObject(item)) return checkFields(field.fields, item, `${at}[${index}]`, fail);
        return wrong("a list of objects");
      });
  }
}
