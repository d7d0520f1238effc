import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadDocument } from "../../../provider/workspace/load.ts";
import { DocumentError } from "../../../provider/workspace/problem.ts";

const folder = mkdtempSync(path.join(tmpdir(), "problems-"));
afterAll(() => rmSync(folder, { recursive: true }));

function errorOf(text: string): DocumentError {
  const file = path.join(folder, "workspace.yaml");
  writeFileSync(file, text);
  try {
    loadDocument(file);
  } catch (error) {
    if (error instanceof DocumentError) return error;
    throw error;
  }
  throw new Error("nothing was wrong with it");
}

describe("a document with thousands of mistakes", () => {
  const rooms = Array.from({ length: 3_000 }, (_, index) => `  room${index}: { topc: x, members: [nobdy${index}] }`);

  it("is told the first hundred, and how many there are", () => {
    const { message, problems } = errorOf(`channels:\n${rooms.join("\n")}\n`);
    expect(problems).toHaveLength(6_000);
    expect(message.match(/^\S+:\d+:\d+: /gm)).toHaveLength(100);
    expect(message).toContain('room0.topc: no such argument; did you mean "topic"?');
    expect(message).toMatch(/\n6000 errors in .*; nothing was changed. These are the first 100.$/);
  });

  it("is told ten where it is no YAML, for one mistake makes many", () => {
    const broken = rooms.map((line) => line.replace("x,", '"x,'));
    expect(errorOf(`channels:\n${broken.join("\n")}\n`).problems).toHaveLength(10);
  });
});

it("repeats nothing that was made to grow: ten lines that stand for billions of values", () => {
  const lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
  for (const [from, to] of ["ab", "bc", "cd", "de", "ef", "fg", "gh", "hi", "ij"])
    lines.push(`${to}: &${to} [${Array(10).fill(`*${from}`).join(", ")}]`);
  expect(errorOf(lines.join("\n")).message).toContain("comes to more than 100000 values");
});
