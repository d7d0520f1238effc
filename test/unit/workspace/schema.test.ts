/** The JSON Schemas that editors check documents by: they take what the loader takes, and find what a schema can find. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { topLevelKeys } from "../../../provider/workspace/sections.ts";

const root = path.join(import.meta.dirname, "../../..");
const errors = path.join(root, "test/fixtures/workspace/errors");
const example = path.join(root, "examples/workspace-yaml");
const read = (...steps: string[]) => readFileSync(path.join(...steps), "utf8");

/** As editors do it: by JSON Schema's own rules, with its formats. */
function validator(name: string) {
  const schema = JSON.parse(read(root, `provider/schema/${name}.schema.json`));
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false });
  formats.default(ajv);
  const isValid = ajv.compile(schema);
  return {
    keys: Object.keys(schema.properties),
    takes: (yaml: string) => isValid(parse(yaml, { logLevel: "silent" })),
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
    "list-of-names",
    "missing-space",
    "no-secret-named",
    "number-for-text",
    "tag",
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
