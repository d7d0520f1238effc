import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  compressFor,
  emptyCheckpoint,
  formatCheckpoint,
  parseCheckpoint,
} from "../../../../provider/runner/state/checkpoint.ts";
import { fixtures, salt } from "./workbench.ts";

const golden = await readFile(join(fixtures, "checkpoint-pending.json"), "utf8");
const parse = (value: unknown) =>
  parseCheckpoint(Buffer.from(typeof value === "string" ? value : JSON.stringify(value)), "/there/dev.json");
const parts = {
  project: "golden",
  stack: "dev",
  salt,
  engineVersion: undefined,
  now: new Date("2026-01-02T03:04:05Z"),
};

/** The fixture with one thing different. */
function edited(edit: (latest: Record<string, unknown>, file: Record<string, unknown>) => void) {
  const file = JSON.parse(golden);
  edit(file.checkpoint.latest, file);
  return file;
}

test("what the CLI wrote comes out as it came in, but for the time", () => {
  const read = parse(golden);
  expect(read.resources).toHaveLength(7);
  expect(read.pending).toMatchObject([{ type: "creating" }]);
  expect(read.salt).toBe(salt);
  const written = JSON.parse(formatCheckpoint(read, { ...parts, resources: read.resources, pending: read.pending }));
  expect(written).toEqual(
    edited((latest) => Object.assign(latest.manifest as object, { time: "2026-01-02T03:04:05.000Z" })),
  );
});

test("unknown fields are kept at every level", () => {
  const file = edited((latest, whole) => {
    whole.features2 = ["x"];
    (whole.checkpoint as Record<string, unknown>).config = { a: 1 };
    latest.snippets = [{ uuid: "u" }];
    latest.metadata = { integrity_error: { version: "1" } };
    Object.assign(latest.manifest as object, { plugins: [{ name: "nodejs" }] });
    Object.assign((latest.resources as object[])[1] ?? {}, { hideDiff: ["a"], futureField: { deep: [1] } });
  });
  const read = parse(file);
  const written = JSON.parse(formatCheckpoint(read, { ...parts, resources: read.resources, pending: read.pending }));
  expect(written.checkpoint.latest.manifest.plugins).toEqual([{ name: "nodejs" }]);
  for (const one of [written, file]) delete one.checkpoint.latest.manifest;
  expect(written).toEqual(file);
});

test("a new checkpoint has what the CLI asks for", () => {
  const written = JSON.parse(formatCheckpoint(emptyCheckpoint, { ...parts, resources: [], pending: [] }));
  expect(written).toEqual({
    version: 3,
    checkpoint: {
      stack: "organization/golden/dev",
      latest: {
        manifest: {
          time: "2026-01-02T03:04:05.000Z",
          version: "pulumi-rocketchat",
          magic: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
        secrets_providers: { type: "passphrase", state: { salt } },
        metadata: {},
      },
    },
  });
  expect(parse(written).salt).toBe(salt);
});

test.each(["dev.json", "dev.json.gz", "dev.json.zst"])("%s is read in the form its ending names", (path) => {
  const bytes = compressFor(path, golden);
  expect(parseCheckpoint(bytes, path)).toEqual(parse(golden));
});

test("a stack that was never updated is empty", () => {
  expect(parse({ version: 0, checkpoint: { stack: "organization/golden/dev" } })).toMatchObject({
    resources: [],
    pending: [],
  });
});

test.each<[string, unknown, RegExp]>([
  ["cut JSON", golden.slice(0, 500), /not a whole JSON file[\s\S]*\.bak/],
  ["no version", edited((_, file) => delete file.version), /version/],
  [
    "version 4",
    edited((_, file) => Object.assign(file, { version: 4 })),
    /version is 4, from a newer Pulumi, and only 3[\s\S]*Pulumi CLI/,
  ],
  [
    "other secrets",
    edited((l) => Object.assign(l, { secrets_providers: { type: "cloud", state: {} } })),
    /"cloud"[\s\S]*change-secrets-provider/,
  ],
  ["no salt", edited((l) => Object.assign(l, { secrets_providers: { type: "passphrase", state: {} } })), /no salt/],
  ["bad magic", edited((l) => Object.assign(l.manifest as object, { magic: "00" })), /magic/],
  ["no magic", edited((l) => Object.assign(l, { manifest: { version: "3.1.0" } })), /magic/],
  ["no urn", edited((l) => Object.assign(l, { resources: [{ type: "a" }] })), /resources\.0\.urn/],
  ["no type", edited((l) => Object.assign(l, { resources: [{ urn: "a" }] })), /resources\.0\.type/],
])("refuses %s, naming the file", (_, file, message) => {
  expect(() => parse(file)).toThrow(message);
  expect(() => parse(file)).toThrow("/there/dev.json");
});

test("no manifest, or an empty one, is fine", () => {
  expect(parse(edited((latest) => delete latest.manifest)).resources).toHaveLength(7);
  expect(parse(edited((latest) => Object.assign(latest, { manifest: {} }))).resources).toHaveLength(7);
});
