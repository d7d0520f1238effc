// The JSON Schema of a kind's arguments as they stand in a workspace document, out of the kind's zod schema. Knows no sections.
import { z } from "zod";

/** JSON Schema's dialect: the one that every editor's YAML support knows. */
export const DIALECT = "http://json-schema.org/draft-07/schema#";

/** Pulumi's mark of an asset inside inputs: no document can hold one. */
const MARK = "4dabf18193072939515e22adb298388d";

export const REFERENCE = { $ref: "#/definitions/secretReference" };

export const secretReference = {
  title: "secret reference",
  description:
    "Where the value comes from: `{ secret: key }` is the stack's configuration (`pulumi-rocketchat config set --secret key`), `{ env: NAME }` the environment.",
  type: "object",
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
  properties: {
    secret: { description: "A key of the stack's configuration.", type: "string", minLength: 1 },
    env: { description: "A variable of the environment.", type: "string", minLength: 1 },
  },
};

const isText = ({ type, enum: values, const: value }) =>
  [type].flat().includes("string") && values === undefined && value === undefined;

/** What zod says and no editor needs. */
function tidied({ propertyNames: _, $schema: _dialect, ...schema }) {
  if (schema.format !== undefined) delete schema.pattern;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  return schema;
}

/** `describe(name)`: the text of an argument, by names as `attachments[].title`. */
function inDocument(schema, name, describe) {
  const { isSecret, ...tidy } = tidied(schema);
  // Emptied, a secret is taken away.
  if (isSecret) return { anyOf: [REFERENCE, { type: "string", const: "" }] };
  const at = (part) => inDocument(part, name, describe);
  const inner = { ...tidy };
  if (inner.anyOf) {
    inner.anyOf = inner.anyOf.filter(({ properties }) => properties?.[MARK] === undefined).map(at);
    const texts = inner.anyOf.filter(({ anyOf }) => anyOf?.includes(REFERENCE));
    // One reference for all alternatives.
    if (texts.length > 0)
      inner.anyOf = [
        ...inner.anyOf.flatMap((part) => (part.anyOf?.includes(REFERENCE) ? part.anyOf.slice(0, -1) : [part])),
        REFERENCE,
      ];
  }
  if (inner.items) inner.items = inDocument(inner.items, `${name}[]`, describe);
  if (typeof inner.additionalProperties === "object" && Object.keys(inner.additionalProperties).length > 0)
    inner.additionalProperties = at(inner.additionalProperties);
  if (inner.properties)
    inner.properties = Object.fromEntries(
      Object.entries(inner.properties).map(([key, part]) => {
        const path = name === "" ? key : `${name}.${key}`;
        return [key, described(inDocument(part, path, describe), describe(path))];
      }),
    );
  return isText(inner) ? { anyOf: [inner, REFERENCE] } : inner;
}

const described = (schema, text) => (text === "" ? schema : { description: text, ...schema });

/** `rulesOf`: of a zod type. The schema of all arguments, `required` as the kind has it. */
export function argumentsSchema(inputs, rulesOf, describe) {
  const schema = z.toJSONSchema(inputs, {
    target: "draft-7",
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      if (rulesOf(zodSchema).secret) jsonSchema.isSecret = true;
    },
  });
  return inDocument(schema, "", describe);
}
