/** Generated files are what their generator makes of the recordings today; without the recordings it says so and passes. */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

it("keeps generated files up to date", async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["tools/generate.mjs", "--check"], {
    cwd: root,
  });
  expect(`${stdout}${stderr}`).not.toContain("npm run generated");
});
