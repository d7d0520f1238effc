/** The JSON Schemas that editors check documents by: they take what the loader takes, and find what a schema can find. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { topLevelKeys } from "../../../provider/workspace/sections.ts";

const root = path.join(import.meta.dirname, "../../..");
const errors = path.join(root, "test/fixtures/workspace/errors");
const example = path.join(root, "examples/workspace-yaml");
const read = (...steps: string[]) => readFileSync(path.join(...steps), "utf8");

const ANYTHING = { type: ["string", "number", "boolean", "object", "array", "null"] };

/** The same in the words that zod reads: no `if A else B` but `A or B`, no `required` without a property of that name. */
const inZodsWords = (text: string) =>
  JSON.parse(text, (_key, value) => {
    if (value === null || typeof value !== "object") return value;
    if ("if" in value && "else" in value) return { anyOf: [value.if, value.else] };
    if (!Array.isArray(value.required)) return value;
    const named = Object.fromEntries(value.required.map((name: string) => [name, ANYTHING]));
    return { ...value, properties: { ...named, ...value.properties } };
  });

function validator(name: string) {
  const text = read(root, `provider/schema/${name}.schema.json`);
  const { allOf = [], ...schema } = inZodsWords(text);
  // A key that zod reads as JSON Schema's own.
  delete schema.properties.$schema;
  // One by one: in an intersection zod lets a key pass that one side knows.
  const types = [schema, ...allOf].map((part) => z.fromJSONSchema(part));
  return {
    keys: Object.keys(JSON.parse(text).properties),
    takes: (yaml: string) => types.every((type) => type.safeParse(parse(yaml)).success),
  };
}

const document = validator("workspace");
const overlay = validator("overlay");

describe("the schema of documents", () => {
  it("knows every section", () => {
    expect([...document.keys].sort()).toEqual([...topLevelKeys].sort());
    expect(overlay.keys).toEqual(document.keys);
  });

  it("takes the examples", () => {
    expect(document.takes(read(example, "workspace.yaml"))).toBe(true);
    expect(document.takes(read(example, "rooms.yaml"))).toBe(true);
    expect(overlay.takes(read(example, "overlay.staging.yaml"))).toBe(true);
    expect(document.takes(read(example, "overlay.staging.yaml"))).toBe(false);
  });

  it.each([
    "long-line",
    "missing-required",
    "not-a-map",
    "secret-in-clear",
    "unknown-key",
    "unknown-section",
    "wrong-type",
  ])("finds %s", (name) => {
    expect(document.takes(read(errors, name, "workspace.yaml"))).toBe(false);
  });

  it.each(["dangling", "same-object-twice", "missing-include", "bad-overlay"])(
    "leaves %s to the loader, which sees the whole",
    (name) => {
      expect(readdirSync(errors)).toContain(name);
      expect(document.takes(read(errors, name, "workspace.yaml"))).toBe(true);
    },
  );

  it.each([
    ["a secret reference wherever a text may stand", "channels: { ops: { topic: { env: TOPIC } } }", true],
    [
      "a setting in its short form",
      "settings: { Site_Name: Acme, SMTP_Port: 25, SMTP_Password: { secret: smtp } }",
      true,
    ],
    ["a setting with more to say", "settings: { Site_Name: { value: Acme, onDestroy: default } }", true],
    ["a setting without a value", "settings: { Site_Name: { onDestroy: default } }", false],
    ["two levels of names", "channelMembers: { general: { alice: { roles: [owner] }, bob: } }", true],
    ["two levels of names, one missing", "channelMembers: { general: { roles: [owner] } }", false],
    ["what the defaults say", "defaults: { users: { email: a@example.com } }\nusers: { alice: { name: A } }", true],
    ["what nobody says", "users: { alice: { name: A } }", false],
    ["a former name", "channels: { ops: { was: operations } }", true],
    ["an argument that falls back", "channels: { ops: { topic: null } }", true],
    ["an unknown member of an object", "messages: { m: { channel: general, attachments: [{ titel: A }] } }", false],
    ["names that are there", "existing: { users: [admin], channels: [random] }", true],
  ])("%s", (_what, yaml, isTaken) => {
    expect(document.takes(yaml)).toBe(isTaken);
  });
});
