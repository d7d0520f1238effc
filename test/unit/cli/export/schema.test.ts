import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { schemaFrom } from "../../../../provider/cli/export/schema.ts";

const folder = mkdtempSync(path.join(tmpdir(), "schema-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("finds the schema of the package that is installed above, and says where one would be", () => {
  const beside = "node_modules/pulumi-rocketchat/schema/workspace.schema.json";
  expect(schemaFrom(folder)).toBe(beside);
  mkdirSync(path.join(folder, path.dirname(beside)), { recursive: true });
  writeFileSync(path.join(folder, beside), "{}");
  expect(schemaFrom(folder)).toBe(beside);
  expect(schemaFrom(path.join(folder, "a", "b"))).toBe(`../../${beside}`);
});
