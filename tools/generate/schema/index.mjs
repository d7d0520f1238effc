// Writes the JSON Schemas of workspace documents and of their overlays, for editors: sections from the kinds, texts from the comments.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { argumentsSchema, DIALECT, secretReference } from "./arguments.mjs";

const provider = (root, file) => import(pathToFileURL(path.join(root, "provider", file)).href);

const COMMON = {
  adopt: "Takes over an object that is on the server already. Default: false, such an object is a conflict.",
  onDestroy: "What becomes of the object when its entry goes. Default: the first one.",
};

const WAS = "The entry's former key: renaming it in the document keeps the object.";

function describer(rows, rules) {
  const texts = new Map(
    rows.map(({ name, text, standard }) => [
      name,
      [text, standard && `Default: ${standard}.`, rules(name).file && "In a document, paths start at its own folder."]
        .filter(Boolean)
        .join(" "),
    ]),
  );
  return (name) => COMMON[name] ?? texts.get(name) ?? "";
}

const without = (list = [], names) => list.filter((name) => !names.includes(name));
const NOTHING = { type: "null" };

function orNothing(schema) {
  if (schema.anyOf) return { ...schema, anyOf: [...schema.anyOf, NOTHING] };
  const isPlain = typeof schema.type === "string" && schema.enum === undefined && schema.const === undefined;
  return isPlain ? { ...schema, type: [schema.type, "null"] } : { anyOf: [schema, NOTHING] };
}

const map = (schema, more = {}) => ({ type: ["object", "null"], ...more, additionalProperties: schema });

/** Below as many names as the kind has keys. */
const below = (depth, schema) => (depth === 0 ? schema : map(below(depth - 1, schema)));

/** An argument that need not be said may be taken back, from the section's defaults or from the document below. */
const withNothing = ({ description, ...schema }) => ({ ...(description && { description }), ...orNothing(schema) });

/** The schemas of one kind: of an entry, of its arguments for `defaults:`, and what an entry must say. */
function kindSchemas({ handler, rows, text, inputsOf, rulesOf }, isOverlay) {
  const { keys, short, ownId, section } = handler.schema.document;
  const inputs = inputsOf(handler);
  const { required, properties, ...schema } = argumentsSchema(
    inputs,
    rulesOf,
    describer(rows, (name) => rulesOf(inputs.shape[name])),
  );
  const must = isOverlay ? [] : without(required, [...keys, ownId]);
  const named = Object.fromEntries(
    Object.entries(properties).map(([key, part]) => [key, must.includes(key) ? part : withNothing(part)]),
  );
  const body = { ...schema, properties: { ...named, was: { description: WAS, type: "string" } } };
  const purpose = text[0] ?? "";
  if (short === undefined)
    return {
      section,
      depth: Math.max(1, keys.length),
      entry: { description: purpose, ...body, type: ["object", "null"] },
      named,
      must,
    };
  const { description: _, ...value } = properties[short];
  const alternatives = (value.anyOf ?? [value]).filter(({ type }) => type !== "object");
  const whole = { ...body, ...(must.length > 0 && { required: must }) };
  const entry = { description: purpose, anyOf: [...alternatives, whole, ...(isOverlay ? [NOTHING] : [])] };
  return { section, depth: keys.length, entry, named, must: [] };
}

function documentSchema(kinds, isOverlay) {
  const sections = Object.fromEntries(
    kinds.map(({ section, depth }) => [section, below(depth, { $ref: `#/definitions/${section}` })]),
  );
  const text = { type: "string", minLength: 1 };
  return {
    $schema: DIALECT,
    title: isOverlay ? "Overlay of a Rocket.Chat workspace document" : "Rocket.Chat workspace document",
    description: isOverlay
      ? "What an environment has differently; `null` takes an entry or an argument away."
      : "A workspace of Rocket.Chat for pulumi-rocketchat: one section for each kind, objects by their natural names.",
    type: ["object", "null"],
    additionalProperties: false,
    properties: {
      $schema: { type: "string" },
      name: { description: "The workspace's name in the state. Default: the project's.", ...text },
      include: {
        description: "Files that are read as if they stood here; paths and patterns start at this file's folder.",
        anyOf: [text, { type: "array", items: text }],
      },
      defaults: {
        description: "Arguments for every entry of a section that does not say otherwise.",
        ...map(false, {
          properties: Object.fromEntries(
            kinds.map(({ section, named }) => [
              section,
              { type: ["object", "null"], properties: named, additionalProperties: false },
            ]),
          ),
        }),
      },
      existing: {
        description: "Names that are on the server already and are not managed: the document may refer to them.",
        ...map(false, {
          properties: Object.fromEntries(
            kinds.map(({ section }) => [section, { type: "array", items: { type: ["string", "number"] } }]),
          ),
        }),
      },
      ...sections,
    },
    // What an entry leaves out may stand under the section's defaults.
    ...(!isOverlay && {
      allOf: kinds
        .filter(({ must }) => must.length > 0)
        .map(({ section, depth, must }) => ({
          if: {
            type: "object",
            required: ["defaults"],
            properties: { defaults: { type: "object", required: [section] } },
          },
          else: {
            type: ["object", "null"],
            properties: { [section]: below(depth, { type: "object", required: must }) },
          },
        })),
    }),
    definitions: {
      secretReference,
      ...Object.fromEntries(kinds.map(({ section, entry }) => [section, entry])),
    },
  };
}

/** Both schemas as `{ file, text }`. `api`: what the reference is written from. */
export async function documentSchemas(root, api) {
  const { handlers } = await provider(root, "kinds/handlers.ts");
  const { inputsOf } = await provider(root, "engine/check.ts");
  const { rulesOf } = await provider(root, "engine/schema.ts");
  const sources = [...handlers.values()].map((handler) => {
    const { args = [], text = [] } = api.classes.find(({ name }) => name === handler.kind) ?? {};
    return { handler, rows: args, text, inputsOf, rulesOf };
  });
  const file = (name, isOverlay) => ({
    file: `provider/schema/${name}.schema.json`,
    text: `${JSON.stringify(
      documentSchema(
        sources.map((source) => kindSchemas(source, isOverlay)),
        isOverlay,
      ),
      undefined,
      2,
    )}\n`,
  });
  return [file("workspace", false), file("overlay", true)];
}
