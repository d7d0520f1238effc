import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { InputError } from "../../../../provider/errors.ts";
import { loadDocument } from "../../../../provider/workspace/load.ts";
import { DocumentWriter } from "../../../../provider/workspace/write/document.ts";

/** The file at which the disk is full, once. */
const disk = vi.hoisted(() => ({ fullAt: "" }));

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const writeFileSync = (file: string, text: string) => {
    if (path.basename(file) !== disk.fullAt) return fs.writeFileSync(file, text);
    disk.fullAt = "";
    // A part of it is there.
    fs.writeFileSync(file, text.slice(0, 5));
    throw new Error("ENOSPC: no space left on device");
  };
  return { ...fs, writeFileSync };
});
const { writeFileSync } = await import("node:fs");

const FILES = {
  "workspace.yaml": "\uFEFFinclude: [more.yaml, last.yaml]\r\nchannels: { ops: { topic: Calm } } # ours\r\n",
  "more.yaml": "settings: { Site_Name: Acme } # theirs\n",
  "last.yaml": "channels: { quay: { topic: Low } }\n",
};

function noted() {
  const folder = mkdtempSync(path.join(tmpdir(), "writer-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(path.join(folder, name), text);
  const { entries } = loadDocument(path.join(folder, "workspace.yaml"), [], folder);
  const writer = new DocumentWriter();
  for (const { inputs, tree } of entries) {
    const key = "topic" in inputs ? "topic" : "value";
    writer.note({ how: "set", tree: tree.members.get(key)!.value, value: "Changed by somebody" });
  }
  const texts = () =>
    Object.fromEntries(Object.keys(FILES).map((name) => [name, readFileSync(path.join(folder, name), "utf8")]));
  return { writer, texts };
}

test("writes every file, and takes all of it back", () => {
  const { writer, texts } = noted();
  writer.write();
  expect(Object.values(texts()).filter((text) => text.includes("Changed by somebody"))).toHaveLength(3);
  expect(texts()["workspace.yaml"]).toMatch(/^\uFEFFinclude.*\r\n.* # ours\r\n$/);
  writer.undo();
  expect(texts()).toEqual(FILES);
});

test.each(Object.keys(FILES))("a failure at %s leaves every file as it was", (name) => {
  const { writer, texts } = noted();
  disk.fullAt = name;
  expect(() => writer.write()).toThrow(InputError);
  expect(disk.fullAt).toBe("");
  expect(texts()).toEqual(FILES);
});
