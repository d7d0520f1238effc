/** Modules that are read when they are first used. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { called, compiled, loadLate } from "../../../../provider/runner/protocol/late-modules.ts";

/** A module that says when it is read. */
function module(text: string) {
  const folder = mkdtempSync(path.join(tmpdir(), "late-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "module.js");
  writeFileSync(file, `require("node:fs").appendFileSync(__dirname + "/reads", "read ");\n${text}`);
  const require = createRequire(file);
  const reads = () => {
    try {
      return require("node:fs").readFileSync(path.join(folder, "reads"), "utf8") as string;
    } catch {
      return "";
    }
  };
  return { file, require, reads };
}

it("reads a module when something of it is wanted, once", () => {
  const { file, require, reads } = module("exports.version = '6';");
  loadLate(file, require);
  const loaded = require(file) as { version: string };
  expect(reads()).toBe("");
  expect(loaded.version).toBe("6");
  expect("version" in loaded).toBe(true);
  expect({ ...loaded }).toEqual({ version: "6" });
  expect(reads()).toBe("read ");
});

it("gives what can be known before, until it is read", () => {
  const { file, require, reads } = module("exports.double = (n) => 2 * n; exports.name = 'real';");
  loadLate(file, require, (load) => ({ ...compiled, double: called(load, "double"), name: "early" }));
  const { double, name, __esModule } = require(file) as { double(n: number): number; name: string; __esModule: true };
  expect({ name, __esModule }).toEqual({ name: "early", __esModule: true });
  expect(reads()).toBe("");
  expect(double(4)).toBe(8);
  expect(require(file)).toMatchObject({ name: "real" });
  expect(reads()).toBe("read ");
});

it("leaves a module alone that isn't there", () => {
  const { file, require } = module("");
  loadLate(`${file}.missing`, require);
  expect(Object.keys(require.cache)).not.toContain(`${file}.missing`);
});
