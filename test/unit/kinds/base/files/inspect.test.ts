import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../../../provider/engine/schema.ts";
import type { FileRules } from "../../../../../provider/kinds/base/files/content.ts";
import type { FileInput } from "../../../../../provider/kinds/base/files/input.ts";
import { inspectFile } from "../../../../../provider/kinds/base/files/inspect.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const RULES: FileRules = { noun: "images", types: { "image/png": "png", "image/gif": "gif" }, maxBytes: 1_000 };
const sha256 = (content: Buffer | string) => createHash("sha256").update(content).digest("hex");
const asset = (fields: object) =>
  ({ "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", ...fields }) as FileInput;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: Buffer | string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};
const reasons = async (file: FileInput, more: object = {}, rules = RULES) =>
  (await inspectFile({ file, ...more }, rules)).failures.map(({ reason }) => reason);

describe("a file that is there", () => {
  it("is hashed, by path and as an asset", async () => {
    const file = write("a.png", PNG);
    for (const input of [file, `file://${file}`, asset({ path: file, hash: sha256(PNG) })]) {
      expect(await inspectFile({ file: input }, RULES)).toEqual({
        inputs: { file: input, contentHash: sha256(PNG) },
        failures: [],
      });
    }
    expect(await inspectFile({ file: asset({ text: "hello" }) }, { noun: "files" })).toMatchObject({
      inputs: { contentHash: sha256("hello") },
    });
  });

  it("may be held to its content", async () => {
    const file = write("a.png", PNG);
    expect(await reasons(file, { contentHash: sha256(PNG) })).toEqual([]);
    expect(await reasons(file, { contentHash: sha256("x") })).toEqual([
      `file: the SHA-256 of "${file}" is ${sha256(PNG)}, but contentHash is ${sha256("x")}`,
    ]);
  });

  it("is judged by its content, not by its name", async () => {
    expect(await reasons(write("a.txt", PNG))).toEqual([]);
    const text = write("a.png", "not a picture");
    expect(await reasons(text)).toEqual([
      `file: "${text}" is none of the images that are taken (png, gif): its content is of no known type`,
    ]);
    const pdf = write("b.png", "%PDF-1.7\n%âãÏÓ\n");
    expect(await reasons(pdf)).toEqual([expect.stringContaining("its content is application/pdf")]);
    expect(await reasons(pdf, {}, { noun: "files" })).toEqual([]);
  });
});

describe("a file that can't be used", () => {
  it("is named with the reason", async () => {
    mkdirSync(path.join(folder, "folder"));
    const at = (name: string) => path.join(folder, name);
    expect(await reasons(at("gone.png"))).toEqual([`file: "${at("gone.png")}" is not there`]);
    expect(await reasons(at("folder"))).toEqual([`file: "${at("folder")}" is a folder, not a file`]);
    expect(await reasons(write("x", ""))).toEqual([`file: "${at("x")}" is empty`]);
    expect(await reasons(`${write("y", "y")}/z`)).toEqual([`file: "${at("y/z")}" is not there`]);
    expect(await reasons(asset({ text: "" }))).toEqual(["file: the text asset is empty"]);
    expect(await reasons(write("big", Buffer.concat([PNG, Buffer.alloc(1_000)])))).toEqual([
      `file: "${at("big")}" has 1,070 bytes; images may have 1,000 bytes`,
    ]);
  });
});

describe("what is not looked at", () => {
  it("is an address: only a hash that came with it counts", async () => {
    const file = "https://127.0.0.1:1/parrot.png";
    expect(await inspectFile({ file }, RULES)).toEqual({ inputs: { file }, failures: [] });
    const remote = asset({ uri: file, hash: sha256(PNG) });
    expect(await inspectFile({ file: remote }, RULES)).toEqual({
      inputs: { file: remote, contentHash: sha256(PNG) },
      failures: [],
    });
  });

  it.each([
    ["https://", 'file: "https://" is not a valid address'],
    ["https://me:word@example.test/a?key=k", 'file: "https://example.test/a" holds a user name or password'],
  ])("but %s is refused, without its secrets", async (file, message) => {
    const [reason] = await reasons(file);
    expect(reason).toContain(message);
    expect(reason).not.toMatch(/:word|key=/);
  });

  it("is what is not known yet", async () => {
    expect(await inspectFile({ file: UNKNOWN }, RULES)).toEqual({ inputs: { file: UNKNOWN }, failures: [] });
  });
});
